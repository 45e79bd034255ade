/// A date and a clock time as a wall clock shows them; which instant that is only a ``ZoneTable`` knows.
public struct LocalTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Minutes a wall clock that never changed would have counted since 1970-01-01T00:00.
  public let minutes: Int64

  /// Wraps a count of wall-clock minutes.
  @inlinable public init(minutes: Int64) { self.minutes = minutes }

  /// Joins a date and a clock time; 24:00 is midnight of the next day.
  public init(_ date: CivilDate, _ clock: ClockTime) {
    minutes = Int64(date.days) * 1440 + Int64(clock.minutes)
  }

  /// Reads `YYYY-MM-DDTHH:MM` (a blank instead of `T` is accepted, seconds are not); nil when malformed.
  public init?(text: some StringProtocol) {
    let bytes = text.utf8
    guard bytes.count == 16,
      let mark = text.utf8.dropFirst(10).first,
      mark == UInt8(ascii: "T") || mark == UInt8(ascii: " "),
      let date = CivilDate(iso: String(decoding: bytes.prefix(10), as: UTF8.self)),
      let clock = ClockTime(text: String(decoding: bytes.dropFirst(11), as: UTF8.self)),
      clock < .endOfDay
    else { return nil }
    self.init(date, clock)
  }

  /// The date.
  public var date: CivilDate { CivilDate(days: Int(minutes.flooredDivision(by: 1440).quotient)) }

  /// The clock time, before 24:00.
  public var clock: ClockTime {
    ClockTime(minutes: Int(minutes.flooredDivision(by: 1440).remainder)) ?? .midnight
  }

  /// Orders as the wall clock counts.
  @inlinable public static func < (left: LocalTime, right: LocalTime) -> Bool {
    left.minutes < right.minutes
  }

  /// `YYYY-MM-DDTHH:MM`.
  public var description: String { "\(date)T\(clock)" }
}

extension Int64 {
  /// Quotient rounded towards minus infinity, and the remainder, never negative.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
