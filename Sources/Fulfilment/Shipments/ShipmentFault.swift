/// An event, a booking or a stock figure that cannot be taken as it was given: coded, with what to do.
///
/// Bad data, where ``RequestFault`` is a question put wrongly and ``BookingFault`` a good question whose answer is no: the
/// type decides the exit status.
public struct ShipmentFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable code such as `TW-SHP-003`.
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

  /// The event names a leg the shipment has not, or none where one is needed.
  public static let noSuchLeg = "TW-SHP-001"
  /// The event cannot happen on that leg, whatever came before.
  public static let doesNotFit = "TW-SHP-002"
  /// The key was used for another event.
  public static let keyReused = "TW-SHP-003"
  /// A text is empty, too long, or holds a NUL.
  public static let malformedText = "TW-SHP-004"
  /// No shipment of that id.
  public static let unknownShipment = "TW-SHP-005"
}
