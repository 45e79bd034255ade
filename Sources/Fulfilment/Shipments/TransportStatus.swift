/// What an event says of a shipment: codes of UN/ECE Recommendation 24, revision 6 (2017), with a friendly name.
///
/// The list has some four hundred codes; these are the ones a parcel's life is told in. Every raw value and the English
/// name beside it stand in the code list that UN/CEFACT publishes.
public enum TransportStatus: Int16, CaseIterable, Sendable {
  /// Arrival, completed.
  case arrived = 1
  /// Process, begun: work at one place, such as sorting.
  case begun = 5
  /// Booking, cancelled.
  case cancelled = 7
  /// Cleared, by customs.
  case cleared = 12
  /// Collection/pick-up, completed.
  case collected = 13
  /// Process, completed.
  case completed = 14
  /// Customs clearance, refused.
  case clearanceRefused = 17
  /// Damaged in the course of transportation.
  case damaged = 18
  /// Delayed, in the course of transportation.
  case delayed = 20
  /// Delivery, completed.
  case delivered = 21
  /// Delivery, not completed.
  case deliveryNotCompleted = 23
  /// Departure, completed.
  case departed = 24
  /// Handed over under continued responsibility.
  case handedOver = 41
  /// Lost.
  case lost = 49
  /// Returned.
  case returned = 82
  /// Delivery, in progress.
  case outForDelivery = 113
  /// Customs clearance, in progress.
  case inClearance = 126

  /// The friendly name, as in commands, JSON and SQL.
  public var word: String {
    switch self {
    case .arrived: "arrived"
    case .begun: "begun"
    case .cancelled: "cancelled"
    case .cleared: "cleared"
    case .collected: "collected"
    case .completed: "completed"
    case .clearanceRefused: "clearance_refused"
    case .damaged: "damaged"
    case .delayed: "delayed"
    case .delivered: "delivered"
    case .deliveryNotCompleted: "delivery_not_completed"
    case .departed: "departed"
    case .handedOver: "handed_over"
    case .lost: "lost"
    case .returned: "returned"
    case .outForDelivery: "out_for_delivery"
    case .inClearance: "in_clearance"
    }
  }

  /// Reads the friendly name or the number of the code; nil for anything else.
  public init?(text: some StringProtocol) {
    let number = Int16(text)
    guard
      let found = TransportStatus.allCases.first(where: {
        $0.word == text || $0.rawValue == number
      })
    else { return nil }
    self = found
  }

  /// Which leg the event belongs to.
  public var subject: Subject {
    switch self {
    case .collected: .firstLeg
    case .delivered, .deliveryNotCompleted, .outForDelivery: .lastLeg
    case .cancelled, .lost, .returned: .shipment
    case .damaged, .delayed: .anyLegOrShipment
    case .arrived, .begun, .cleared, .completed, .clearanceRefused, .departed, .handedOver,
      .inClearance:
      .namedLeg
    }
  }

  /// What an event is about.
  public enum Subject: Sendable {
    /// The first leg; it need not be named.
    case firstLeg
    /// The last leg; it need not be named.
    case lastLeg
    /// The leg that is named.
    case namedLeg
    /// A leg where one is named, else the shipment.
    case anyLegOrShipment
    /// The shipment; no leg may be named.
    case shipment
  }

  /// Whether its time is when a leg began, or ended; nil: neither.
  var passage: Passage? {
    switch self {
    case .collected, .departed, .outForDelivery, .inClearance, .begun: .begins
    case .arrived, .delivered, .cleared, .completed: .ends
    default: nil
    }
  }

  /// The two ends of a leg.
  enum Passage { case begins, ends }
}
