import LogisticsModel
import RouteGraph
import TransitTimes

/// The fast engine on a plain network: blocks built for a list of queries, then one look-up per query.
///
/// Queries are grouped by origin; a group whose ready minutes lie far apart, or that has more than 64 different
/// parcels, is split. A group that would take too many labels, or more uncertain legs than exact arithmetic
/// carries, has no block: its queries are left to the exact search, and counted.
struct PlainProfiles {
  /// How many queries blocks answer, and what building them took.
  struct Account: Sendable {
    /// Blocks built.
    var blocks = 0
    /// Candidates in all blocks.
    var candidates = 0
    /// Groups given up, to be answered by the exact search.
    var refused = 0
    /// Work of all builds.
    var build = SearchStatistics()
  }

  /// What a query is looked up by.
  private struct Place: Hashable {
    var block: Int
    var cell: Int
  }

  private enum Block {
    case narrow(PlainBlock<UInt64>)
    case medium(PlainBlock<UInt128>)
    case wide(PlainBlock<WideMass>)
  }

  /// Ready minutes of one block lie at most this far apart: relative minutes then fit 32 bits.
  private static let greatestSpan: Int64 = 1 << 20

  private(set) var account = Account()

  private let network: PlainNetwork
  private let search: SearchNetwork<PeriodicTimetable>
  private let costs: PlainCosts
  private var blocks: [Block] = []
  private var places: [PlainQuery: Place] = [:]

  init(
    _ queries: [PlainQuery], network: PlainNetwork, search: SearchNetwork<PeriodicTimetable>,
    costs: PlainCosts
  ) {
    self.network = network
    self.search = search
    self.costs = costs
    // Where arriving later can help, no partial itinerary may be dropped for another.
    guard network.timetable.isMonotone else { return }
    var byOrigin: [NodeID: [PlainQuery]] = [:]
    for query in queries {
      guard let origin = network.node(named: query.origin),
        network.node(named: query.destination) != nil, query.origin != query.destination
      else { continue }
      byOrigin[origin, default: []].append(query)
    }
    for origin in byOrigin.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      let ascending = (byOrigin[origin] ?? []).sorted { $0.ready < $1.ready }
      var group: [PlainQuery] = []
      var cells = Set<PlainChargeScope.Cell>()
      for query in ascending {
        let cell = PlainChargeScope.Cell(weight: query.weight, goods: query.goods)
        let isFull =
          cells.count == PlainChargeScope.greatestCells && !cells.contains(cell)
          || query.ready - (group.first?.ready ?? query.ready) > PlainProfiles.greatestSpan
        if isFull {
          build(group, origin)
          group = []
          cells = []
        }
        group.append(query)
        cells.insert(cell)
      }
      build(group, origin)
    }
  }

  /// The front of a query that a block answers; nil where none does.
  func front(_ query: PlainQuery, _ request: SearchRequest) -> [PlannedItinerary]? {
    guard let place = places[query] else { return nil }
    return switch blocks[place.block] {
    case .narrow(let block): block.front(request, cell: place.cell, weight: query.weight)
    case .medium(let block): block.front(request, cell: place.cell, weight: query.weight)
    case .wide(let block): block.front(request, cell: place.cell, weight: query.weight)
    }
  }

  private mutating func build(_ group: [PlainQuery], _ origin: NodeID) {
    guard !group.isEmpty else { return }
    var cells: [PlainChargeScope.Cell] = []
    var positions: [PlainChargeScope.Cell: Int] = [:]
    var prices: [Int64: [Int64]] = [:]
    for query in group {
      let cell = PlainChargeScope.Cell(weight: query.weight, goods: query.goods)
      guard positions[cell] == nil else { continue }
      positions[cell] = cells.count
      cells.append(cell)
      // A weight some card cannot price within 64 bits is refused by the exact engine, query by query.
      guard let found = try? costs.cardPrices(weight: query.weight) else {
        account.refused += 1
        return
      }
      prices[query.weight] = found
    }
    let longest = group.map(\.greatestLegs).max() ?? 0
    let greatest = costs.greatest(legs: longest)
    let scope = PlainChargeScope(
      cells, topology: network.topology, cardCount: network.cards.count
    ) { card, weight in
      // What is beyond the range of exact sums is never bought: the exact engine refuses such a query.
      (prices[weight]?[card]).flatMap { 0...greatest ~= $0 ? $0 : nil }
    }
    let plan = ProfilePlan(
      origin: origin, destinations: group.compactMap { network.node(named: $0.destination) },
      classes: ReadyClass.classes(of: group.map(\.ready), at: origin, on: search),
      greatestLegs: longest)
    guard let block = block(plan, scope) else {
      account.refused += 1
      return
    }
    account.blocks += 1
    for query in group {
      let cell = PlainChargeScope.Cell(weight: query.weight, goods: query.goods)
      places[query] = positions[cell].map { Place(block: blocks.count, cell: $0) }
    }
    blocks.append(block)
  }

  /// A block in the narrowest exact arithmetic that holds it; nil where there is none.
  private mutating func block(_ plan: ProfilePlan, _ scope: PlainChargeScope) -> Block? {
    if let found = run(plan, scope, UInt64.self) { return found.map(Block.narrow) }
    if let found = run(plan, scope, UInt128.self) { return found.map(Block.medium) }
    if let found = run(plan, scope, WideMass.self) { return found.map(Block.wide) }
    return nil
  }

  /// A block in one arithmetic; nil: too narrow; a nil inside: too many labels in whatever arithmetic.
  private mutating func run<Mass: ProbabilityMass>(
    _ plan: ProfilePlan, _ scope: PlainChargeScope, _: Mass.Type
  ) -> PlainBlock<Mass>?? {
    var profile = ProfileSearch<Mass, PeriodicTimetable, PlainChargeScope>(
      plan, scope: scope, on: search)
    do throws(ProfileSearch<Mass, PeriodicTimetable, PlainChargeScope>.Obstacle) {
      try profile.run()
    } catch {
      switch error {
      case .massExhausted: return nil
      case .tooManyLabels: return .some(nil)
      }
    }
    let block = PlainBlock(profile, plan: plan, scope: scope)
    account.candidates += block.count
    account.build += profile.statistics
    return block
  }
}
