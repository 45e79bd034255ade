/// A yearly rule for the clock, as the POSIX TZ text at the end of a zone file states it, such as
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Extended as RFC 8536 allows: times of day from -167:59 to 167:59.
struct ZoneRule: Hashable, Sendable {
  /// A day of the year.
  enum Day: Hashable, Sendable {
    /// `Jn`: 1...365, 29 February never counted.
    case ofYearWithoutLeapDay(Int)
    /// `n`: 0...365, 29 February counted.
    case ofYear(Int)
    /// `Mm.w.d`: weekday d (0 = Sunday) of week w of month m; week 5 means the last.
    case ofMonth(month: Int, week: Int, weekday: Int)
  }

  /// When one of the two yearly changes happens: seconds after local midnight of a day.
  struct Change: Hashable, Sendable {
    var day: Day
    var second: Int
  }

  /// Seconds east of UTC in standard time.
  let standardOffset: Int
  /// Summer time, if the zone has it.
  let summer: Summer?

  /// Summer time: seconds east of UTC, when it begins and when it ends.
  struct Summer: Hashable, Sendable {
    var offset: Int
    var begins: Change
    var ends: Change
  }

  /// Every change of these years in UTC seconds, ascending, with the offset that follows.
  func changes(years: ClosedRange<Int>) -> [(second: Int64, offset: Int)] {
    guard let summer else { return [] }
    var found: [(second: Int64, offset: Int)] = []
    for year in years {
      found.append(
        (instant(summer.begins, year: year, offset: standardOffset), summer.offset))
      found.append((instant(summer.ends, year: year, offset: summer.offset), standardOffset))
    }
    // Where an end and the next beginning coincide (summer time all year) the later year's rule wins.
    let ordered = found.enumerated().sorted {
      ($0.element.second, $0.offset) < ($1.element.second, $1.offset)
    }
    var kept: [(second: Int64, offset: Int)] = []
    for (_, change) in ordered {
      if kept.last?.second == change.second { kept.removeLast() }
      kept.append(change)
    }
    return kept
  }

  private func instant(_ change: Change, year: Int, offset: Int) -> Int64 {
    Int64(ZoneRule.date(change.day, year: year).days) * 86_400 + Int64(change.second - offset)
  }

  static func date(_ day: Day, year: Int) -> CivilDate {
    let newYear = CivilDate(year: year, month: 1, day: 1) ?? .first
    switch day {
    case .ofYear(let number):
      return newYear.adding(days: number)
    case .ofYearWithoutLeapDay(let number):
      let leap = CivilDate.isLeap(year: year) && number >= 60
      return newYear.adding(days: number - 1 + (leap ? 1 : 0))
    case .ofMonth(let month, let week, let weekday):
      let first = CivilDate(year: year, month: month, day: 1) ?? .first
      // POSIX counts Sunday as 0, Weekday counts Monday as 0.
      let wanted = (weekday + 6) % 7
      let offset = (wanted - first.weekday.rawValue + 7) % 7 + (week - 1) * 7
      let length = CivilDate.length(ofMonth: month, year: year)
      return first.adding(days: offset >= length ? offset - 7 : offset)
    }
  }
}

extension ZoneRule {
  /// Reads the POSIX text; nil when malformed.
  init?(posix text: [UInt8]) {
    var scanner = PosixZoneScanner(text: text)
    guard scanner.name(), let standard = scanner.time(limit: 24) else { return nil }
    standardOffset = -standard
    if scanner.isAtEnd {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    var offset = -standard + 3600
    if !scanner.isNext(",") {
      guard let given = scanner.time(limit: 24) else { return nil }
      offset = -given
    }
    guard scanner.skip(","), let begins = scanner.change(), scanner.skip(","),
      let ends = scanner.change(), scanner.isAtEnd
    else { return nil }
    summer = Summer(offset: offset, begins: begins, ends: ends)
  }
}

/// Reads the parts of a POSIX TZ text from left to right.
struct PosixZoneScanner {
  let text: [UInt8]
  private var position = 0

  init(text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { position == text.count }

  func isNext(_ character: Character) -> Bool {
    position < text.count && text[position] == character.asciiValue
  }

  mutating func skip(_ character: Character) -> Bool {
    guard isNext(character) else { return false }
    position += 1
    return true
  }

  /// An abbreviation: letters, or anything but `>` between angle brackets.
  mutating func name() -> Bool {
    let start = position
    if skip("<") {
      while position < text.count, !isNext(">") { position += 1 }
      return position > start + 1 && skip(">")
    }
    while position < text.count,
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[position] | 0x20)
    {
      position += 1
    }
    return position >= start + 3
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let value = DecimalDigits.number(digits), range.contains(value) else { return nil }
    position += digits.count
    return value
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func time(limit hours: Int) -> Int? {
    let negative = skip("-")
    if !negative { _ = skip("+") }
    guard let hour = number(0...hours) else { return nil }
    var seconds = hour * 3600
    if skip(":") {
      guard let minute = number(0...59) else { return nil }
      seconds += minute * 60
      if skip(":") {
        guard let second = number(0...59) else { return nil }
        seconds += second
      }
    }
    return negative ? -seconds : seconds
  }

  mutating func change() -> ZoneRule.Change? {
    let day: ZoneRule.Day
    if skip("J") {
      guard let number = number(1...365) else { return nil }
      day = .ofYearWithoutLeapDay(number)
    } else if skip("M") {
      guard let month = number(1...12), skip("."), let week = number(1...5), skip("."),
        let weekday = number(0...6)
      else { return nil }
      day = .ofMonth(month: month, week: week, weekday: weekday)
    } else {
      guard let number = number(0...365) else { return nil }
      day = .ofYear(number)
    }
    var second = 7200
    if skip("/") {
      guard let given = time(limit: 167) else { return nil }
      second = given
    }
    return ZoneRule.Change(day: day, second: second)
  }
}
