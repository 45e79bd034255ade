public import LogisticsModel

/// The working calendars of a bundle by name, each spelled out only when asked for.
public struct CalendarBook: Sendable {
  /// Names, ascending.
  let names: TextColumn
  /// Each calendar's ``CalendarCoding`` bytes, in the order of names.
  let encoded: BytesColumn

  /// Copies calendars.
  init(_ calendars: [WorkingCalendar]) {
    let ordered = calendars.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    names = TextColumn(ordered.map(\.name))
    encoded = BytesColumn(ordered.map(CalendarCoding.encode))
  }

  init(names: TextColumn, encoded: BytesColumn) {
    self.names = names
    self.encoded = encoded
  }

  /// Number of calendars.
  public var count: Int { names.count }

  /// Every name, ascending by bytes.
  public var all: [String] { (0..<count).map { names[$0] } }

  /// The calendar with this name.
  ///
  /// - Complexity: O(log calendars + days of its date set)
  public func calendar(named name: String) -> WorkingCalendar? {
    let place = names.lowerBound(of: name.utf8, in: nil)
    guard place < count, names[place] == name else { return nil }
    return CalendarCoding.decode(Array(encoded.bytes(place)), name: name)
  }
}

/// A calendar as bytes: what a snapshot holds of it.
enum CalendarCoding {
  static func encode(_ calendar: WorkingCalendar) -> [UInt8] {
    var writer = ByteWriter()
    for windows in calendar.week {
      writer.append(UInt32(windows.count))
      for window in windows {
        writer.append(UInt32(window.opens.minutes))
        writer.append(UInt32(window.closes.minutes))
      }
    }
    writer.append(calendar.dates.name)
    writer.append(UInt32(calendar.dates.days.count))
    for day in calendar.dates.days {
      writer.append(UInt32(bitPattern: day.date.days))
      switch day.kind {
      case .closed: writer.append(UInt32.max)
      case .open: writer.append(UInt32.max - 1)
      case .half(let closes): writer.append(UInt32(closes.minutes))
      }
      writer.append(day.name)
    }
    return writer.bytes
  }

  /// Nil when the bytes are none of ``encode(_:)``'s.
  static func decode(_ bytes: [UInt8], name: String) -> WorkingCalendar? {
    var reader = ByteReader(bytes)
    var rows: [(days: WeekdaySet, window: ClockWindow)] = []
    for day in Weekday.allCases {
      guard let count = reader.word() else { return nil }
      for _ in 0..<count {
        guard let opens = reader.word().flatMap({ ClockTime(minutes: Int($0)) }),
          let closes = reader.word().flatMap({ ClockTime(minutes: Int($0)) }),
          let window = ClockWindow(opens: opens, closes: closes)
        else { return nil }
        rows.append((WeekdaySet([day]), window))
      }
    }
    guard let set = reader.text(), let count = reader.word() else { return nil }
    var days: [DateSet.Day] = []
    for _ in 0..<count {
      guard let date = reader.word(), let kind = reader.word(), let title = reader.text() else {
        return nil
      }
      let meaning: DateSet.Kind
      switch kind {
      case .max: meaning = .closed
      case .max - 1: meaning = .open
      default:
        guard let closes = ClockTime(minutes: Int(kind)) else { return nil }
        meaning = .half(closes: closes)
      }
      days.append(
        DateSet.Day(
          date: CivilDate(days: Int(Int32(bitPattern: date))), kind: meaning, name: title))
    }
    return WorkingCalendar(name: name, rows: rows, dates: DateSet(name: set, days: days))
  }
}
