/// A disruption that cannot be, or not on this network: coded, with the word it stands in and what to do.
public struct DisruptionFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable code such as `TW-DIS-002`.
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

  /// The word has not the form of its kind.
  public static let malformed = "TW-DIS-001"
  /// The network has no such leg.
  public static let unknownLeg = "TW-DIS-002"
  /// The network has no such node.
  public static let unknownNode = "TW-DIS-003"
  /// Nothing departs, or opens, when it is said to.
  public static let nothingDeparts = "TW-DIS-004"
  /// The date lies outside the days written out.
  public static let outsideTimetable = "TW-DIS-005"
  /// The leg has open hours, no departures.
  public static let notScheduled = "TW-DIS-006"
  /// A UN/LOCODE that several nodes share.
  public static let ambiguousNode = "TW-DIS-007"
}
