public import LogisticsModel
public import TransitTimes

/// Where promises and what became of them are kept: the history calibration learns from.
public protocol PromiseOutcomes: Sendable {
  /// Every promise made up to a moment, by time of booking.
  func promiseOutcomes(asOf now: Instant) async throws -> [PromiseOutcome]
}

/// A promise and what became of it, on the clock of the place it was promised for.
public struct PromiseOutcome: Hashable, Sendable {
  /// The shipment's id.
  public let shipment: String
  /// Whose it is.
  public let merchant: String
  /// Node the goods leave from.
  public let origin: String
  /// Node they go to.
  public let destination: String
  /// Country of the destination.
  public let country: String
  /// The promised date.
  public let deliverBy: CivilDate
  /// When it was promised.
  public let made: LocalTime
  /// When the first leg departed; nil: not yet.
  public let handedOver: LocalTime?
  /// When it was delivered; nil: not yet.
  public let delivered: LocalTime?
  /// How the shipment stands.
  public let state: ShipmentState
  /// When it was cancelled, lost or sent back; nil: it was not.
  public let ended: LocalTime?
  /// When the plan had it there, at the promise's level.
  public let planned: LocalTime

  /// An outcome as read.
  public init(
    shipment: String, merchant: String, origin: String, destination: String, country: String,
    deliverBy: CivilDate, made: LocalTime, handedOver: LocalTime?, delivered: LocalTime?,
    state: ShipmentState, ended: LocalTime?, planned: LocalTime
  ) {
    self.shipment = shipment
    self.merchant = merchant
    self.origin = origin
    self.destination = destination
    self.country = country
    self.deliverBy = deliverBy
    self.made = made
    self.handedOver = handedOver
    self.delivered = delivered
    self.state = state
    self.ended = ended
    self.planned = planned
  }

  /// The same as an order of a history, named as `simulate` names places: merchants are its sellers.
  public var order: HistoryOrder {
    HistoryOrder(
      name: shipment, placed: made, handedOver: handedOver, delivered: delivered,
      cancelled: state == .cancelled || state == .returned ? ended : nil,
      lost: state == .lost ? ended : nil, promised: deliverBy,
      traits: OrderTraits(
        origin: origin, destination: country, zone: destination, seller: merchant,
        planned: Int32(clamping: planned.minutes - made.minutes)))
  }
}
