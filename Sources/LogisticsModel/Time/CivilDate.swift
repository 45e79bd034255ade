/// A day on the wall calendar (proleptic Gregorian), with no zone and no clock.
///
/// Held as days since 1970-01-01, so that arithmetic is addition. Years 1 to 9999 are valid; arithmetic
/// that would leave them stops at the first or last valid day.
///
/// The conversions count days from 1 March of year 0 in eras of 400 years, after H. Hinnant,
/// *chrono-Compatible Low-Level Date Algorithms* (2013).
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01; negative before.
  public let days: Int32

  /// The first valid day, 0001-01-01.
  public static let first = CivilDate(unchecked: -719_162)
  /// The last valid day, 9999-12-31.
  public static let last = CivilDate(unchecked: 2_932_896)

  private init(unchecked days: Int32) { self.days = days }

  /// The day so many days after 1970-01-01, kept between the first and the last valid day.
  public init(days: Int) {
    let kept = Swift.min(Swift.max(days, Int(CivilDate.first.days)), Int(CivilDate.last.days))
    self.init(unchecked: Int32(kept))
  }

  /// The day with this year, month and day of month; nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(unchecked: Int32(era * 146_097 + dayOfEra - 719_468))
  }

  /// Reads `YYYY-MM-DD`, exactly ten characters; nil when malformed or no such day.
  public init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = DecimalDigits.number(bytes[0..<4]),
      let month = DecimalDigits.number(bytes[5..<7]),
      let day = DecimalDigits.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month (1...12) and day of month (1...31).
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The year.
  public var year: Int { components.year }
  /// The month, 1...12.
  public var month: Int { components.month }
  /// The day of the month, 1...31.
  public var day: Int { components.day }

  /// The day of the week.
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday (number 3).
    let number = ((Int(days) + 3) % 7 + 7) % 7
    return Weekday.allCases[number]
  }

  /// The Monday of this day's week; the day itself on a Monday.
  public var monday: CivilDate { adding(days: -weekday.rawValue) }

  /// The day so many days later (earlier when negative).
  public func adding(days count: Int) -> CivilDate {
    let (sum, overflow) = Int(days).addingReportingOverflow(count)
    return overflow ? (count < 0 ? .first : .last) : CivilDate(days: sum)
  }

  /// Days from `other` to this day.
  public func days(since other: CivilDate) -> Int { Int(days) - Int(other.days) }

  /// Number of days of a month.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year: year) ? 29 : 28
    default: 31
    }
  }

  /// Whether a year has a 29 February.
  public static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Orders by time.
  @inlinable public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.days < right.days
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = components
    return "\(DecimalDigits.padded(year, 4))-\(DecimalDigits.padded(month, 2))"
      + "-\(DecimalDigits.padded(day, 2))"
  }

  /// The day for people: `Thu 3 Dec 2026`.
  public var spoken: String {
    let (year, month, day) = components
    return "\(weekday.abbreviation) \(day) \(CivilDate.monthAbbreviations[month - 1]) \(year)"
  }

  /// The day for people, with the city of its zone: `Thu 3 Dec 2026 (Madrid)`.
  public func spoken(zone name: String) -> String {
    let city = name.split(separator: "/").last.map(String.init) ?? name
    return "\(spoken) (\(String(city.map { $0 == "_" ? " " : $0 })))"
  }

  private static let monthAbbreviations = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

/// Unsigned decimal digits in ASCII: what every date and clock text is made of.
enum DecimalDigits {
  /// The number written by at most nine digits; nil when empty, longer, or not digits only.
  static func number(_ bytes: some Collection<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var value = 0
    for byte in bytes {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// The number with leading zeros up to `width` digits.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
