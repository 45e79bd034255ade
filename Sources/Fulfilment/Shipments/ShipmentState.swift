/// How far a shipment has come, as its legs say.
public enum ShipmentState: String, CaseIterable, Sendable {
  /// Promised, with its places reserved; nothing has been collected.
  case booked
  /// With us, on the first leg.
  case collected
  /// On its way.
  case inTransit = "in_transit"
  /// Customs are at it.
  case inClearance = "in_clearance"
  /// Customs have refused it.
  case held
  /// On the last leg.
  case outForDelivery = "out_for_delivery"
  /// With the consignee.
  case delivered
  /// Called off before it was collected.
  case cancelled
  /// Cannot be found.
  case lost
  /// Back with the shipper.
  case returned

  /// Whether nothing can change any more.
  public var isFinal: Bool {
    switch self {
    case .delivered, .cancelled, .lost, .returned: true
    default: false
    }
  }

  /// The states one event can lead to; the CHECK constraints of the database say the same.
  public var successors: Set<ShipmentState> {
    switch self {
    case .booked: [.booked, .collected, .inTransit, .inClearance, .held, .delivered, .cancelled]
    case .collected: [.inTransit, .delivered, .lost, .returned]
    case .inTransit:
      [.inTransit, .inClearance, .held, .outForDelivery, .delivered, .lost, .returned]
    case .inClearance: [.inTransit, .held, .delivered, .lost, .returned]
    case .held: [.inTransit, .delivered, .lost, .returned]
    case .outForDelivery: [.delivered, .lost, .returned]
    case .delivered, .cancelled, .lost, .returned: []
    }
  }

  /// The event that ends a shipment before it is delivered; nil for other states.
  static func ending(_ status: TransportStatus) -> ShipmentState? {
    switch status {
    case .cancelled: .cancelled
    case .lost: .lost
    case .returned: .returned
    default: nil
    }
  }
}
