/// An order that is not booked: coded, with what to do.
///
/// A valid question whose answer is no.
public struct BookingFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why, as a stable code.
  public enum Code: String, Sendable {
    /// No quote of that id was saved.
    case unknownQuote = "TW-BKG-001"
    /// The quote has ended.
    case expired = "TW-BKG-002"
    /// The network, its rules or its calendars are not those the quote was made from.
    case versionsChanged = "TW-BKG-003"
    /// The quote has no option of that tier.
    case tierNotOffered = "TW-BKG-004"
    /// The key stands for another order.
    case keyReused = "TW-BKG-005"
    /// Pieces are not there, or kept back from the channel.
    case stockShort = "TW-BKG-006"
    /// No departure with a place is left.
    case noDepartureLeft = "TW-BKG-007"
  }

  /// Why.
  public let code: Code
  /// What, which value.
  public let message: String
  /// What to try.
  public let advice: String

  /// Makes a fault.
  public init(_ code: Code, _ message: String, advice: String = "") {
    self.code = code
    self.message = message
    self.advice = advice
  }

  /// The lines shown to people.
  public var description: String {
    "error \(code.rawValue): \(message)" + (advice.isEmpty ? "" : "\n  \(advice)")
  }
}
