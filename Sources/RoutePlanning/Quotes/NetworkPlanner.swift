public import LogisticsModel
public import RouteGraph
public import Tariffs

/// A bundle and its tariff joined: the planner's view of one version of the world.
///
/// Immutable and `Sendable`; every thread brings its own ``ExactPlanner`` as scratch.
public struct NetworkPlanner: Sendable {
  /// The network.
  public let bundle: NetworkBundle
  /// What legs cost.
  public let tariff: Tariff
  /// Of the files the network was made from; 0: unknown, so that nothing derived from it may be kept.
  public let fingerprint: UInt64
  /// Most legs of an itinerary where a question does not say.
  public static let usualGreatestLegs = 10

  /// The network as the exact search reads it.
  public let search: SearchNetwork<DatedTimetable>
  /// Legs grouped by price: what a ``FreightSheet`` is made for.
  public let classes: PriceClassTable

  /// One parcel from one node to another.
  public struct Question: Hashable, Sendable {
    /// Where the parcel is.
    public var origin: NodeID
    /// Where it shall go.
    public var destination: NodeID
    /// What is sent.
    public var parcel: Parcel
    /// When it is ready.
    public var ready: Instant
    /// How sure the promise shall be.
    public var level: ServiceLevel
    /// Currency of all charges.
    public var currency: Currency
    /// Most legs of an itinerary.
    public var greatestLegs: Int

    /// Asks with the usual bound on legs unless told otherwise.
    public init(
      origin: NodeID, destination: NodeID, parcel: Parcel, ready: Instant, level: ServiceLevel,
      currency: Currency, greatestLegs: Int = NetworkPlanner.usualGreatestLegs
    ) {
      self.origin = origin
      self.destination = destination
      self.parcel = parcel
      self.ready = ready
      self.level = level
      self.currency = currency
      self.greatestLegs = greatestLegs
    }

    var request: SearchRequest {
      SearchRequest(
        origin: origin, destination: destination, ready: ready.minutes, level: level.q1024,
        greatestLegs: greatestLegs)
    }
  }

  /// Joins a bundle with the tariff read from the same folder.
  ///
  /// - Complexity: O(legs); legs that are charged alike share one price class.
  public init(bundle: NetworkBundle, tariff: Tariff, fingerprint: UInt64 = 0) {
    self.bundle = bundle
    self.fingerprint = fingerprint
    self.tariff = tariff
    search = SearchNetwork(
      topology: bundle.topology, timetable: bundle.timetable, laws: bundle.laws)
    let names = LegKeyNames(
      cards: bundle.cardNames, services: bundle.legs.serviceNames,
      modes: LegMode.allCases.map(\.word), stages: LegStage.allCases.map(\.word))
    let legs = bundle.legs
    let topology = bundle.topology
    classes = PriceClassTable(
      tariff, legCount: topology.legCount, names: names,
      nodePosition: { bundle.nodeID(named: $0)?.rawValue },
      key: { position in
        let leg = LegID(Int32(position))
        return LegKey(
          card: topology.card[position], service: legs.servicePosition(of: leg),
          mode: Int32(legs.mode(of: leg).rawValue), stage: Int32(legs.stage(of: leg).rawValue),
          node: topology.head[position])
      })
  }

  /// The same tariff over another state of the same network: one whose nodes and legs are these, in this order.
  ///
  /// Its fingerprint is unknown: the files tell nothing of the state.
  /// - Complexity: O(delay laws); the price classes of the legs are shared.
  init(_ planner: NetworkPlanner, over bundle: NetworkBundle) {
    self.bundle = bundle
    tariff = planner.tariff
    search = SearchNetwork(
      topology: bundle.topology, timetable: bundle.timetable, laws: bundle.laws)
    classes = planner.classes
    fingerprint = 0
  }

  /// The civil date at the origin on which the parcel is tendered: it selects cards, surcharges and rates.
  public func tenderDate(_ question: Question) -> CivilDate {
    bundle.zone(of: question.origin).date(question.ready)
  }

  /// What an hour is worth where a tier balances money and time, in minor units of a currency; 0 without a rate, or
  /// where no tier does.
  public func valueOfHour(in currency: Currency, on date: CivilDate) -> Int64 {
    guard let rule = bundle.tiers.last(where: { $0.objective == .balance }),
      let own = Currency(code: rule.currency), let value = try? Money(rule.valueOfHour, own),
      case .success(let rate) = tariff.rates.rate(from: own, to: currency, on: date)
    else { return 0 }
    return rate.convert(minorUnits: value.minorUnits) ?? 0
  }

  /// What every leg charges, or why it does not take the parcel.
  public func priceList(_ question: Question) -> PriceList {
    PriceList(
      tariff, classes, parcel: question.parcel, on: tenderDate(question), in: question.currency)
  }

  /// Price and emission of every leg for the question's parcel.
  ///
  /// - Complexity: O(legs), plus one evaluation per price class.
  public func costs(_ question: Question) -> LegCosts {
    var list = priceList(question)
    return costs(question, prices: list.column())
  }

  private func costs(_ question: Question, prices column: [Int64]) -> LegCosts {
    var price = column
    let topology = bundle.topology
    let weight = question.parcel.weight.value
    let goods = question.parcel.goods.rawValue
    var emission = [Int64](repeating: 0, count: topology.legCount)
    for leg in 0..<topology.legCount {
      if topology.goods[leg] >> UInt64(goods) & 1 == 0 || weight > topology.greatestWeight[leg] {
        price[leg] = -1
      }
      emission[leg] = weight * topology.emission[leg]
    }
    return LegCosts(price: price, emission: emission)
  }

  /// The non-dominated itineraries of a question, ascending by (price, promise, CO2e).
  ///
  /// - Throws: only where an itinerary has more uncertain legs than exact arithmetic carries.
  public func front(
    _ question: Question, with planner: inout ExactPlanner<DatedTimetable>
  ) throws(ExactPlanner<DatedTimetable>.Obstacle) -> [PlannedItinerary] {
    try planner.front(question.request, costs: costs(question), on: search)
  }

  /// The same for many questions about one parcel, day and currency, whose prices were worked out once.
  ///
  /// - Parameters:
  ///   - question: the question.
  ///   - costs: what ``costs(_:)`` gives for a question with the same parcel, tender date and currency.
  ///   - planner: scratch of the search.
  /// - Returns: the non-dominated itineraries.
  /// - Throws: where exact arithmetic ends.
  public func front(
    _ question: Question, costs: LegCosts, with planner: inout ExactPlanner<DatedTimetable>
  ) throws(ExactPlanner<DatedTimetable>.Obstacle) -> [PlannedItinerary] {
    try planner.front(question.request, costs: costs, on: search)
  }

  /// When the parcel passes each leg of an itinerary; nil when it cannot be booked at the question's ready.
  public func timing(_ legs: [LegID], _ question: Question) -> ItineraryTiming? {
    let request = question.request
    return ItineraryTiming(
      legs, ready: request.ready, level: request.level, horizon: request.horizon, on: search)
  }

  /// How long the parcel may wait before the itinerary misses a civil date at the destination.
  public func readyWindow(
    _ legs: [LegID], _ question: Question, keeping date: CivilDate
  ) -> ReadyWindow {
    let request = question.request
    return ReadyWindow(
      legs, ready: request.ready, level: request.level, horizon: request.horizon, on: search,
      before: end(of: date, at: question.destination))
  }

  /// The first minute after a civil date at a node.
  public func end(of date: CivilDate, at node: NodeID) -> Int64 {
    let midnight = LocalTime(date.adding(days: 1), .midnight)
    return bundle.zone(of: node).instants(of: midnight).earliest.minutes
  }

  /// When and where an itinerary's goods clear customs; nil where none is crossed.
  public func clearance(
    _ legs: [LegID], timing: ItineraryTiming, _ question: Question
  ) -> ClearanceWindow? {
    let territory = tariff.unions.territory(of: bundle.nodes.country(of: question.destination))
    return ClearanceWindow(of: legs, timing: timing, on: bundle) { territory.contains($0) }
  }

  /// The channel by which an itinerary's goods enter, as the legs up to the one that clears say.
  public func channel(_ legs: [LegID], _ window: ClearanceWindow) -> ImportChannel {
    tariff.channels.channel(
      services: legs[...window.step].map { bundle.legs.service(of: $0) })
  }

  /// The time between ready and promise, piece by piece.
  public func waterfall(_ timing: ItineraryTiming) -> Waterfall {
    Waterfall(
      timing, on: search, isScheduled: { bundle.legs.kind(of: $0) == .scheduled },
      isHandling: { bundle.legs.mode(of: $0) == .handling })
  }

  /// What one leg charges the question's parcel, with every line; the slow twin of the price list.
  public func outcome(_ leg: LegID, _ question: Question) -> LegOutcome {
    let card = bundle.topology.card[leg.position]
    let node = bundle.nodes.name(of: NodeID(bundle.topology.head[leg.position]))
    let named = NamedLeg(
      card: card < 0 ? nil : bundle.cardNames[Int(card)], service: bundle.legs.service(of: leg),
      mode: bundle.legs.mode(of: leg).word, stage: bundle.legs.stage(of: leg).word, node: node)
    return tariff.outcome(
      for: named, parcel: question.parcel, on: tenderDate(question), in: question.currency)
  }
}
