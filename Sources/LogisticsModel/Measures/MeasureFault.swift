/// A value in a request that cannot be read: coded, with what was meant, the value, and what to do next.
///
/// Printed as `error TW-REQ-002: weight "480" has no unit: write it with kg, g, lb or oz, for example 0.48kg`.
public struct MeasureFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable codes of this module.
  public enum Code {
    /// Not a number, or not in the form expected.
    public static let malformed = "TW-REQ-001"
    /// A number without a unit.
    public static let unitMissing = "TW-REQ-002"
    /// A unit that is not known.
    public static let unitUnknown = "TW-REQ-003"
    /// Zero or less.
    public static let notPositive = "TW-REQ-004"
    /// More than any vehicle takes.
    public static let tooLarge = "TW-REQ-005"
    /// Other than three edges.
    public static let edgeCount = "TW-REQ-006"
    /// A service level outside 0...1.
    public static let levelOutOfRange = "TW-REQ-007"
    /// An HS code that is not six, eight or ten digits.
    public static let hsCodeMalformed = "TW-REQ-030"
    /// A quantity below one, or beyond belief.
    public static let quantityOutOfRange = "TW-REQ-031"
    /// A negative value, or one beyond belief.
    public static let valueOutOfRange = "TW-REQ-032"
    /// An order without lines, with too many, or in no parcel.
    public static let orderMalformed = "TW-REQ-033"
  }

  /// Stable code.
  public let code: String
  /// What was meant: `weight`, `size`, `service level`.
  public let subject: String
  /// The value as written, shortened.
  public let value: String
  /// What is wrong with it.
  public let reason: String
  /// What to do.
  public let advice: String

  /// Makes a fault; a long value is cut.
  public init(
    code: String, subject: String, value: some StringProtocol, reason: String, advice: String
  ) {
    self.code = code
    self.subject = subject
    self.value = value.count > 40 ? value.prefix(40) + "..." : String(value)
    self.reason = reason
    self.advice = advice
  }

  /// The line shown to people.
  public var description: String {
    "error \(code): \(subject) \"\(value)\" \(reason): \(advice)"
  }
}
