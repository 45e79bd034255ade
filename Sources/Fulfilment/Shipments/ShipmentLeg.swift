public import LogisticsModel

/// Two moments of a leg.
public struct LegTimes: Hashable, Sendable {
  /// When it begins; nil: not known.
  public var departure: Instant?
  /// When it ends; nil: not known.
  public var arrival: Instant?

  /// Times known so far.
  public init(departure: Instant? = nil, arrival: Instant? = nil) {
    self.departure = departure
    self.arrival = arrival
  }

  /// The same with a time that may be earlier: reports of one passage agree on the earliest, in whatever order they come.
  mutating func note(_ time: Instant, _ passage: TransportStatus.Passage) {
    switch passage {
    case .begins: departure = departure.map { min($0, time) } ?? time
    case .ends: arrival = arrival.map { min($0, time) } ?? time
    }
  }
}

/// One leg of a shipment: what was planned, what is expected, what happened, each by itself.
public struct ShipmentLeg: Hashable, Sendable {
  /// Name of the network's leg.
  public let name: String
  /// Node it begins at.
  public let from: String
  /// Node it ends at.
  public let to: String
  /// What is done on it.
  public let role: LegRole
  /// The departure on which a place is reserved; nil: the leg has none.
  public let departs: Instant?
  /// As promised; never changed.
  public let planned: LegTimes
  /// As expected now; empty where nobody said anything else than planned.
  public internal(set) var estimated = LegTimes()
  /// As it was.
  public internal(set) var actual = LegTimes()
  /// How far it has come.
  public internal(set) var state = LegState.planned

  /// A leg of which nothing has happened.
  public init(
    name: String, from: String, to: String, role: LegRole, departs: Instant?, planned: LegTimes
  ) {
    self.name = name
    self.from = from
    self.to = to
    self.role = role
    self.departs = departs
    self.planned = planned
  }
}
