/// A minute on the clock on the wall, without a zone: which moment that is, the server says.
struct CivilMinute: Hashable, Sendable, Comparable, LosslessStringConvertible {
  let year: Int
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int

  /// - Precondition: the parts are those of a date and a time.
  init(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
  }

  /// Reads `2026-11-22 09:30`.
  init?(_ text: String) {
    let parts = text.split(whereSeparator: { " -:T".contains($0) }).map { Int($0) }
    guard parts.count == 5, let year = parts[0], let month = parts[1], let day = parts[2],
      let hour = parts[3], let minute = parts[4], (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day), (0...23).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    self.init(year, month, day, hour, minute)
  }

  var description: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let four = String(String(10_000 + year).dropFirst())
    return "\(four)-\(two(month))-\(two(day)) \(two(hour)):\(two(minute))"
  }

  static func < (left: CivilMinute, right: CivilMinute) -> Bool {
    (left.year, left.month, left.day, left.hour, left.minute)
      < (right.year, right.month, right.day, right.hour, right.minute)
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 0 is Sunday (Sakamoto's rule).
  var weekday: Int {
    let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
    let shifted = month < 3 ? year - 1 : year
    return (shifted + shifted / 4 - shifted / 100 + shifted / 400 + offsets[month - 1] + day) % 7
  }

  /// The first minute of the next day.
  var nextDay: CivilMinute {
    if day < Self.days(inMonth: month, of: year) { return CivilMinute(year, month, day + 1) }
    return nextMonth
  }

  /// The first minute of the next month.
  var nextMonth: CivilMinute {
    month == 12 ? CivilMinute(year + 1, 1, 1) : CivilMinute(year, month + 1, 1)
  }
}
