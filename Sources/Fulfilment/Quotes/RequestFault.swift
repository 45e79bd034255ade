/// A request that cannot be answered because it is itself at fault: coded, with what to do.
public struct RequestFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable code such as `TW-REQ-101`.
  public let code: String
  /// What, which value, why.
  public let message: String
  /// What to try; empty where there is nothing to say.
  public let advice: String

  /// Makes a fault.
  public init(code: String, message: String, advice: String = "") {
    self.code = code
    self.message = message
    self.advice = advice
  }

  /// The lines shown to people.
  public var description: String {
    "error \(code): \(message)" + (advice.isEmpty ? "" : "\n  \(advice)")
  }

  /// The place is not in the network.
  public static let unknownPlace = "TW-REQ-101"
  /// The name stands for several places.
  public static let ambiguousPlace = "TW-REQ-102"
  /// The local time is skipped or comes twice at a change of clocks.
  public static let ambiguousTime = "TW-REQ-103"
  /// The time lies outside the timetable's window.
  public static let timeOutsideWindow = "TW-REQ-104"
  /// The currency is unknown or has no rate.
  public static let currency = "TW-REQ-105"
  /// The text of a place has no form a place can have.
  public static let malformedPlace = "TW-REQ-106"
  /// A programme that no rule of the bundle knows.
  public static let programme = "TW-REQ-111"
  /// Orders that do not make a pool: too few, too many, two of one name, some without lines.
  public static let poolMalformed = "TW-REQ-112"
  /// Orders to pool that go to different addresses.
  public static let poolAddresses = "TW-REQ-113"
}
