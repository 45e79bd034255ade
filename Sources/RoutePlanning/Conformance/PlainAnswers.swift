import LogisticsModel
public import RouteGraph

/// Answers plain queries with the product's own planner and prints them in the conformance form.
public struct PlainAnswers {
  /// Header of the answer file.
  public static let header = "query,price_cents,promise_min,co2_mg,legs,tiers"
  /// The plain network values an hour at 60 cents.
  static let valueOfHour: Int64 = 60

  /// Why a query has no exact answer.
  public enum Obstacle: Error, Sendable, CustomStringConvertible {
    /// A price, an emission or a probability leaves the range of exact arithmetic.
    case outOfRange(query: String, what: String)

    /// Code, query and what to do.
    public var description: String {
      switch self {
      case .outOfRange(let query, let what):
        "error TW-PLN-007: query \(query): \(what) leaves the range of exact arithmetic; use smaller figures"
      }
    }
  }

  /// Counts over all queries answered.
  public private(set) var statistics = SearchStatistics()

  /// Queries of the fast engine that no block answered and the exact search did.
  public private(set) var fallbacks = 0

  private let network: PlainNetwork
  private let search: SearchNetwork<PeriodicTimetable>
  private let costs: PlainCosts
  private var planner: ExactPlanner<PeriodicTimetable>
  private var profiles: PlainProfiles?
  /// Weights, goods and leg counts whose sums are known to stay exact.
  private var checked = Set<Bounds>()

  /// Costs of the last query searched: the next one is often of the same parcel.
  private var kept: (bounds: Bounds, costs: LegCosts)?

  /// What the costs of a query and their range depend on.
  private struct Bounds: Hashable {
    var weight: Int64
    var goods: Int
    var legs: Int

    init(_ query: PlainQuery, _ network: PlainNetwork) {
      weight = query.weight
      goods = query.goods
      legs = min(query.greatestLegs, network.topology.nodeCount)
    }
  }

  /// Prepares a loaded network for the exact engine.
  public init(_ network: PlainNetwork, options: SearchOptions = SearchOptions()) {
    self.network = network
    search = SearchNetwork(
      topology: network.topology, timetable: network.timetable, laws: network.laws)
    costs = PlainCosts(network)
    var options = options
    // Where arriving later can help, no partial itinerary may be dropped for another.
    if !network.timetable.isMonotone { options.dropsDominated = false }
    planner = ExactPlanner(options: options)
  }

  /// Prepares a loaded network for the fast engine: builds blocks for the queries given.
  ///
  /// - Complexity: one profile search for each origin among the queries
  public init(_ network: PlainNetwork, blocksFor queries: [PlainQuery]) {
    self.init(network)
    profiles = PlainProfiles(queries, network: network, search: search, costs: costs)
  }

  /// Blocks built, candidates in them and groups of queries without one; nil for the exact engine.
  public var build: (blocks: Int, candidates: Int, refused: Int, statistics: SearchStatistics)? {
    profiles.map {
      ($0.account.blocks, $0.account.candidates, $0.account.refused, $0.account.build)
    }
  }

  /// The front of one query, ascending by (price, promise, CO2e).
  public mutating func front(_ query: PlainQuery) throws(Obstacle) -> [PlannedItinerary] {
    if query.origin == query.destination {
      let here = PlanVector(price: 0, promise: query.ready, emission: 0)
      return [PlannedItinerary(vector: here, legs: [])]
    }
    guard let origin = network.node(named: query.origin),
      let destination = network.node(named: query.destination)
    else { return [] }
    let request = SearchRequest(
      origin: origin, destination: destination, ready: query.ready, level: query.level,
      greatestLegs: query.greatestLegs)
    if let profiles {
      try check(query)
      if let front = profiles.front(query, request) { return front }
      fallbacks += 1
    }
    let legCosts = try legCosts(query)
    kept = (Bounds(query, network), legCosts)
    do throws(ExactPlanner<PeriodicTimetable>.Obstacle) {
      let front = try planner.front(request, costs: legCosts, on: search)
      statistics += planner.statistics
      return front
    } catch {
      throw .outOfRange(
        query: query.name, what: "the law of an itinerary with over 51 uncertain legs")
    }
  }

  /// Refuses what the exact engine would refuse; asked once for all queries alike.
  private mutating func check(_ query: PlainQuery) throws(Obstacle) {
    let bounds = Bounds(query, network)
    if checked.contains(bounds) { return }
    _ = try legCosts(query)
    checked.insert(bounds)
  }

  private func legCosts(_ query: PlainQuery) throws(Obstacle) -> LegCosts {
    if let kept, kept.bounds == Bounds(query, network) { return kept.costs }
    do throws(PlainCosts.Overflow) {
      return try costs.legCosts(
        weight: query.weight, goods: query.goods, greatestLegs: query.greatestLegs)
    } catch {
      throw .outOfRange(
        query: query.name,
        what: error == .price ? "a price" : "the price or CO2 of an itinerary")
    }
  }

  /// The answer lines of one query, each ended by a line feed.
  public mutating func lines(_ query: PlainQuery) throws(Obstacle) -> String {
    let front = try front(query)
    guard
      let winners = TierWinners(
        front.map(\.vector), ready: query.ready, valueOfHour: PlainAnswers.valueOfHour)
    else { return "" }
    var text = ""
    for (index, member) in front.enumerated() {
      var tiers: [String] = []
      if winners.economy == index { tiers.append("economy") }
      if winners.standard == index { tiers.append("standard") }
      if winners.premium == index { tiers.append("premium") }
      let legs = member.legs.map { network.legNames[$0.position] }
      text +=
        "\(query.name),\(member.vector.price),\(member.vector.promise),\(member.vector.emission),"
        + "\(legs.joined(separator: " ")),\(tiers.joined(separator: "+"))\n"
    }
    return text
  }
}
