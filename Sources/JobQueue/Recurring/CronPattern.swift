/// When something recurs: minute, hour, day of month, month, day of week, as cron writes them.
///
/// Each field is `*`, a number, a range `a-b`, any of these with a step `/n`, or a list of them with commas; months and weekdays also by
/// their English short names, Sunday is 0 or 7. Where both days are restricted, either suffices, as in cron. Shorthands: `@hourly`,
/// `@daily`, `@weekly`, `@monthly`, `@yearly`.
///
/// Times are those of the clock on the wall of a zone. One that the clock skips in spring fires as many minutes later; one that it
/// shows twice in autumn fires once. Whatever must come at even distances is scheduled in UTC.
public struct CronPattern: Hashable, Sendable, LosslessStringConvertible {
  /// As it was written.
  public let description: String
  private let minutes: Set<Int>
  private let hours: Set<Int>
  private let days: Set<Int>
  private let months: Set<Int>
  private let weekdays: Set<Int>
  private let eitherDay: Bool

  private static let shorthands = [
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *",
  ]
  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// Reads a pattern; nil where it is none, or never comes (30 February).
  public init?(_ text: String) {
    let fields = (Self.shorthands[text] ?? text).lowercased().split(separator: " ").map(String.init)
    guard fields.count == 5,
      let minutes = Self.values(fields[0], 0...59), let hours = Self.values(fields[1], 0...23),
      let days = Self.values(fields[2], 1...31),
      let months = Self.values(fields[3], 1...12, names: Self.monthNames, from: 1),
      let weekdays = Self.values(fields[4], 0...7, names: Self.weekdayNames, from: 0)
    else { return nil }
    description = text
    self.minutes = minutes
    self.hours = hours
    self.days = days
    self.months = months
    self.weekdays = Set(weekdays.map { $0 % 7 })
    eitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    guard next(after: CivilMinute(2000, 1, 1)) != nil else { return nil }
  }

  private static func values(
    _ field: String, _ range: ClosedRange<Int>, names: [String] = [], from first: Int = 0
  ) -> Set<Int>? {
    var values: Set<Int> = []
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count <= 2, let span = parts.first else { return nil }
      let step = parts.count == 2 ? Int(parts[1]) : 1
      guard let step, step >= 1 else { return nil }
      let bounds: ClosedRange<Int>
      if span == "*" {
        bounds = range
      } else {
        let ends = span.split(separator: "-", omittingEmptySubsequences: false).map { end in
          names.firstIndex(of: String(end)).map { $0 + first } ?? Int(end)
        }
        guard (1...2).contains(ends.count), let low = ends[0],
          let high = ends.count == 2 ? ends[1] : (parts.count == 2 ? range.upperBound : low),
          low <= high, range.contains(low), range.contains(high)
        else { return nil }
        bounds = low...high
      }
      values.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
    }
    return values
  }

  private func holds(_ day: CivilMinute) -> Bool {
    let byDay = days.contains(day.day)
    let byWeekday = weekdays.contains(day.weekday)
    return eitherDay ? byDay || byWeekday : byDay && byWeekday
  }

  /// The first time after another; nil where there is none within eight years and a bit, in which every date comes.
  func next(after time: CivilMinute) -> CivilMinute? {
    var day = CivilMinute(time.year, time.month, time.day)
    var isFirst = true
    while day.year <= time.year + 9 {
      guard months.contains(day.month) else {
        day = day.nextMonth
        isFirst = false
        continue
      }
      if holds(day) {
        for hour in hours.sorted() where !isFirst || hour >= time.hour {
          for minute in minutes.sorted()
          where !isFirst || (hour, minute) > (time.hour, time.minute) {
            return CivilMinute(day.year, day.month, day.day, hour, minute)
          }
        }
      }
      day = day.nextDay
      isFirst = false
    }
    return nil
  }
}
