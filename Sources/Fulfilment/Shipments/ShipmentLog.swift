import LogisticsModel

/// A change of a shipment's state that one event made.
public struct ShipmentStep: Hashable, Sendable {
  /// The event.
  public let key: String
  /// What it said.
  public let status: TransportStatus
  /// The leg it changed; nil: the shipment as a whole.
  public let leg: Int?
  /// The leg's state before and after; nil without a leg.
  public let legChange: LegTransition?
  /// The shipment's state before.
  public let from: ShipmentState
  /// The shipment's state after.
  public let to: ShipmentState
}

/// What became of an event.
public enum EventStanding: Hashable, Sendable {
  /// It changed the state, and with it so many events that had waited for it.
  case applied(released: Int)
  /// It is kept and changes no state: a time, an estimate, or news that came late.
  case noted
  /// It is kept until what must have happened before is reported.
  case parked
  /// It was there already, word for word.
  case repeated

  /// The word in tables and JSON.
  public var word: String {
    switch self {
    case .applied: "applied"
    case .noted: "noted"
    case .parked: "parked"
    case .repeated: "repeated"
    }
  }
}

/// The events of a shipment, and the shipment they add up to.
///
/// An event for which something is missing (a departure before the arrival of the leg before, an arrival without a
/// departure) is parked and applied when the gap closes. So any order of the same events ends in the same shipment, as
/// long as none of them ends it early; and events told twice count once.
public struct ShipmentLog: Sendable {
  /// The shipment as the events say.
  public private(set) var shipment: Shipment
  /// All events, in the order they were recorded.
  public private(set) var events: [ShipmentEvent] = []
  /// Changes of state, in the order they were made.
  public private(set) var steps: [ShipmentStep] = []
  /// Events that wait, in the order they were recorded.
  public private(set) var parked: [ShipmentEvent] = []
  private var known: [String: Int] = [:]
  /// Whose word on an arrival stands: the latest, by key where two are of one minute.
  private var newest: [Int?: (occurred: Instant, key: String)] = [:]

  /// A shipment of which nothing has been reported.
  public init(_ shipment: Shipment) { self.shipment = shipment }

  /// Records an event.
  ///
  /// - Returns: what became of it.
  /// - Throws: a ``ShipmentFault`` where it cannot happen on this shipment, or its key stands for another event.
  /// - Complexity: O(parked events), each time one of them can be applied.
  @discardableResult
  public mutating func record(_ event: ShipmentEvent) throws(ShipmentFault) -> EventStanding {
    if let position = known[event.key] {
      guard events[position] == event else {
        throw ShipmentFault(
          code: ShipmentFault.keyReused,
          message: "event key \"\(event.key.prefix(60))\" was recorded with other contents",
          advice: "give every event a key of its own; repeat one only word for word")
      }
      return .repeated
    }
    try shipment.check(event)
    known[event.key] = events.count
    events.append(event)
    learn(event)
    switch verdict(event) {
    case .tooEarly:
      parked.append(event)
      return .parked
    case .noChange:
      note(event)
      return .noted
    case .change(let change):
      apply(event, change)
      return .applied(released: releaseParked())
    }
  }

  /// What an event can do now.
  private enum Verdict {
    case tooEarly
    case noChange
    case change(LegTransition?)
  }

  private func verdict(_ event: ShipmentEvent) -> Verdict {
    guard !shipment.state.isFinal else { return .noChange }
    if let ending = ShipmentState.ending(event.status) {
      if shipment.state.successors.contains(ending) { return .change(nil) }
      // A loss or a return of what nobody has collected yet: the collection is still to be reported.
      return shipment.state == .booked ? .tooEarly : .noChange
    }
    guard let number = event.subject(among: shipment.legs.count) else { return .noChange }
    let leg = shipment.legs[number]
    var transitions = LegTransition.of(leg.role, event.status)
    if event.status == .arrived, number == shipment.legs.count - 1 {
      // At the pick-up point, not with the consignee.
      transitions = []
    }
    guard !transitions.isEmpty else {
      return event.status == .deliveryNotCompleted && leg.state.rank < LegState.departed.rank
        ? .tooEarly : .noChange
    }
    guard shipment.legs[..<number].allSatisfy(\.state.isEnded) else { return .tooEarly }
    if let found = transitions.first(where: { $0.from == leg.state }) { return .change(found) }
    return transitions.allSatisfy { $0.from.rank > leg.state.rank } ? .tooEarly : .noChange
  }

  private mutating func apply(_ event: ShipmentEvent, _ change: LegTransition?) {
    let before = shipment.state
    let number = change == nil ? nil : event.subject(among: shipment.legs.count)
    if let number, let change {
      shipment.legs[number].state = change.to
    } else {
      shipment.ending = ShipmentState.ending(event.status)
      for index in shipment.legs.indices where shipment.legs[index].state.rank < 2 {
        shipment.legs[index].state = .released
      }
    }
    note(event)
    steps.append(
      ShipmentStep(
        key: event.key, status: event.status, leg: number, legChange: change, from: before,
        to: shipment.state))
  }

  /// Takes an event's time where it is the beginning or the end of a leg that has come that far.
  private mutating func note(_ event: ShipmentEvent) {
    guard let passage = event.status.passage,
      let number = event.subject(among: shipment.legs.count)
    else { return }
    let leg = shipment.legs[number]
    guard
      LegTransition.of(leg.role, event.status).contains(where: { $0.to.rank <= leg.state.rank }),
      leg.state != .released, event.status != .arrived || number < shipment.legs.count - 1
    else { return }
    shipment.legs[number].actual.note(event.occurred, passage)
  }

  /// Takes what an event says of the future; it need not wait for anything.
  private mutating func learn(_ event: ShipmentEvent) {
    guard let expected = event.expected else { return }
    let subject = event.subject(among: shipment.legs.count)
    if let last = newest[subject], last >= (event.occurred, event.key) { return }
    newest[subject] = (event.occurred, event.key)
    if let subject { shipment.legs[subject].estimated.arrival = expected }
    guard subject == nil || subject == shipment.legs.count - 1 else { return }
    // Of the two ways to speak of the end, the later word stands.
    let rival = newest[subject == nil ? shipment.legs.count - 1 : nil]
    if rival.map({ $0 < (event.occurred, event.key) }) ?? true { shipment.expected = expected }
  }

  private mutating func releaseParked() -> Int {
    var count = 0
    var index = 0
    while index < parked.count {
      let event = parked[index]
      switch verdict(event) {
      case .tooEarly:
        index += 1
        continue
      case .noChange: note(event)
      case .change(let change): apply(event, change)
      }
      parked.remove(at: index)
      count += 1
      // What was passed over may be next now.
      index = 0
    }
    return count
  }
}
