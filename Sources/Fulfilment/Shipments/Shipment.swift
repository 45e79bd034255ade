public import LogisticsModel

/// The legs of a shipment and how far they have come: a value that only events change.
public struct Shipment: Hashable, Sendable {
  /// The legs in order.
  public internal(set) var legs: [ShipmentLeg]
  /// When the consignee is expected to have it, as last reported; nil: nobody said.
  public internal(set) var expected: Instant?
  /// How it ended, where it was not delivered.
  var ending: ShipmentState?

  /// A shipment just booked.
  ///
  /// - Precondition: it has a leg.
  public init(legs: [ShipmentLeg]) {
    precondition(!legs.isEmpty, "a shipment has a leg")
    self.legs = legs
  }

  /// The number of the leg that is under way or next; nil when all have ended.
  public var currentLeg: Int? { legs.firstIndex { !$0.state.isEnded } }

  /// When it was delivered; nil: not yet.
  public var delivered: Instant? { state == .delivered ? legs[legs.count - 1].actual.arrival : nil }

  /// How far it has come.
  public var state: ShipmentState {
    if let ending { return ending }
    guard let current = currentLeg else { return .delivered }
    switch legs[current].state {
    case .inClearance: return .inClearance
    case .refused: return .held
    case .departed, .begun:
      if current == 0 { return .collected }
      return current == legs.count - 1 ? .outForDelivery : .inTransit
    default: return current == 0 ? .booked : .inTransit
    }
  }

  /// Whether an event can happen on this shipment at all, whatever came before.
  ///
  /// - Throws: a ``ShipmentFault`` that says why not.
  public func check(_ event: ShipmentEvent) throws(ShipmentFault) {
    let number = event.subject(among: legs.count)
    if event.status.subject == .shipment, event.leg != nil {
      throw ShipmentFault(
        code: ShipmentFault.noSuchLeg,
        message: "\(event.status.word) is said of a shipment, not of leg \(event.leg ?? 0)",
        advice: "leave the leg out")
    }
    if let named = event.leg, named != number || !legs.indices.contains(named) {
      throw ShipmentFault(
        code: ShipmentFault.noSuchLeg,
        message: "\(event.status.word) cannot be said of leg \(named) of \(legs.count)",
        advice: "legs count from 0 to \(legs.count - 1)"
          + (number.map { "; \(event.status.word) is said of leg \($0)" } ?? ""))
    }
    guard let number else {
      guard event.status.subject != .namedLeg else {
        throw ShipmentFault(
          code: ShipmentFault.noSuchLeg, message: "\(event.status.word) needs a leg",
          advice: "name one from 0 to \(legs.count - 1)")
      }
      return
    }
    guard !fits(event.status, legs[number].role) else { return }
    throw ShipmentFault(
      code: ShipmentFault.doesNotFit,
      message: "leg \(number) (\(legs[number].name)) is \(legs[number].role.rawValue), "
        + "which cannot be \(event.status.word)",
      advice: "a leg of that kind takes "
        + TransportStatus.allCases.filter { fits($0, legs[number].role) }.map(\.word)
        .joined(separator: ", "))
  }

  private func fits(_ status: TransportStatus, _ role: LegRole) -> Bool {
    switch status {
    case .damaged, .delayed, .deliveryNotCompleted: true
    // A carrier that clears on the way (the post) reports it of the leg it carries on.
    case .inClearance, .cleared, .clearanceRefused: role != .handling
    default: !LegTransition.of(role, status).isEmpty
    }
  }
}
