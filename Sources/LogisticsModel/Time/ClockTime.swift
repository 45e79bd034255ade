/// A time on the wall clock, in whole minutes from midnight; 24:00 is legal as an end.
public struct ClockTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Minutes since midnight, 0...1440.
  public let minutes: Int32

  /// 00:00.
  public static let midnight = ClockTime(unchecked: 0)
  /// 24:00, the end of a day.
  public static let endOfDay = ClockTime(unchecked: 1440)

  private init(unchecked minutes: Int32) { self.minutes = minutes }

  /// The time so many minutes after midnight; nil outside 0...1440.
  public init?(minutes: Int) {
    guard (0...1440).contains(minutes) else { return nil }
    self.init(unchecked: Int32(minutes))
  }

  /// Reads `HH:MM`, 00:00 to 24:00, exactly five characters; nil for anything else.
  public init?(text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
      let hour = DecimalDigits.number(bytes[0..<2]),
      let minute = DecimalDigits.number(bytes[3..<5]), minute < 60
    else { return nil }
    self.init(minutes: hour * 60 + minute)
  }

  /// Orders by time.
  @inlinable public static func < (left: ClockTime, right: ClockTime) -> Bool {
    left.minutes < right.minutes
  }

  /// `HH:MM`.
  public var description: String {
    "\(DecimalDigits.padded(Int(minutes) / 60, 2)):\(DecimalDigits.padded(Int(minutes) % 60, 2))"
  }
}
