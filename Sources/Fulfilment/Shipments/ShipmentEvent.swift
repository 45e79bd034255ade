public import LogisticsModel

/// Something that was reported of a shipment; recorded once, never changed.
public struct ShipmentEvent: Hashable, Sendable {
  /// The reporter's name for it, unique in the shipment: the same report sent again has the same key.
  public let key: String
  /// What happened.
  public let status: TransportStatus
  /// The number of the leg, counted from 0; nil where the status says which, or the whole shipment is meant.
  public let leg: Int?
  /// When it happened.
  public let occurred: Instant
  /// When the leg (or, without one, the shipment) is now expected to arrive; nil: nothing is said of it.
  public let expected: Instant?
  /// For people, as reported.
  public let note: String

  /// Most bytes of a key.
  public static let greatestKey = 200

  /// An event as reported.
  public init(
    key: String, status: TransportStatus, leg: Int? = nil, occurred: Instant,
    expected: Instant? = nil, note: String = ""
  ) {
    self.key = key
    self.status = status
    self.leg = leg
    self.occurred = occurred
    self.expected = expected
    self.note = note
  }

  /// The number of the leg it is about on a shipment of some legs; nil: the shipment.
  func subject(among count: Int) -> Int? {
    switch status.subject {
    case .firstLeg: 0
    case .lastLeg: count - 1
    case .namedLeg, .anyLegOrShipment: leg
    case .shipment: nil
    }
  }
}
