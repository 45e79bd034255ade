/// A problem with every cost multiplied by a power of two, so that multipliers have fractions and stay whole.
///
/// Bounds are reckoned in these fine units; a plan costs less than `limit` only if its bound is at most
/// `(limit - 1) * scale`, since plans cost whole units.
struct ScaledProblem: Sendable {
  let problem: PlacementProblem
  /// Who can serve whom, as far as the search still cares.
  private(set) var lists: ServiceLists
  /// Fine units in one unit.
  let scale: Int64
  /// Opening costs in fine units.
  let opening: [Int64]
  /// What leaving a client unserved costs, in fine units; `Int64.max` where it must be served.
  let leaving: [Int64]
  /// The greatest cost of serving each client, in fine units.
  let farthest: [Int64]
  /// Least and greatest number of open sites, tightened by what capacities need.
  let count: ClosedRange<Int>
  /// Costs by site; nil where there are too many, or nobody asks for them.
  let columns: ChosenColumns?
  /// What may be done to be quicker.
  let shortcuts: SearchShortcuts
  /// Whether more sites are needed than may be open.
  let isOvercommitted: Bool

  /// What stands for a site that cannot be open, in fine units: more than anything costs.
  static let never: Int64 = 1 << 56

  init(
    _ problem: PlacementProblem, scale given: Int64? = nil,
    shortcuts: SearchShortcuts = SearchShortcuts()
  ) {
    self.problem = problem
    self.shortcuts = shortcuts
    lists = problem.service
    let dearest = problem.opening.max() ?? 0
    let reach = problem.greatestTotalCost + dearest * Int64(problem.clientCount + 1)
    let finest: Int64 = problem.sharing == .split ? 1 << 20 : 1 << 10
    var scale: Int64 = 1
    while scale < finest, scale * 2 <= (1 << 60) / max(reach, 1) { scale *= 2 }
    scale = given ?? scale
    self.scale = scale
    let fine = self.scale
    opening = problem.opening.map { $0 * fine }
    leaving = problem.leaving.map { cost in cost.map { $0 * fine } ?? .max }
    let lists = problem.service
    farthest = (0..<problem.clientCount).map { client in
      let entries = lists.entries(of: client)
      return entries.isEmpty ? 0 : lists.cost[entries.upperBound - 1] * fine
    }
    let least = problem.fewestSites
    isOvercommitted = least > problem.count.upperBound
    count = least...max(least, problem.count.upperBound)
    let isWalked = shortcuts.keepsColumns && problem.sharing == .unlimited && problem.stock == nil
    columns = isWalked ? ChosenColumns(problem, scale: fine) : nil
  }

  /// The same without closed sites, and without entries at or above a client's limit in fine units.
  func reduced(
    _ standing: [PlacementProblem.Standing], limits: [Int64]
  ) -> ScaledProblem {
    var result = self
    let scale = self.scale
    result.lists = lists.filtered { client, site, cost in
      if standing[site] == .closed { return nil }
      return !limits.isEmpty && cost * scale >= limits[client] ? nil : cost
    }
    return result
  }

  /// Bounds between which a client's multiplier is of use where sites have capacities; a client whom no site is
  /// left to serve, if there is one.
  func range(
    _ standing: [PlacementProblem.Standing]
  ) -> (floor: [Int64], ceiling: [Int64], unserved: Int?) {
    let dearest = opening.max() ?? 0
    let ceiling = farthest.map { $0 + dearest }
    var floor: [Int64] = []
    floor.reserveCapacity(ceiling.count)
    for client in ceiling.indices {
      guard
        let entry = lists.entries(of: client).first(where: {
          standing[Int(lists.site[$0])] != .closed
        })
      else { return ([], [], client) }
      // Whoever must hand out something may pay its clients to come.
      floor.append(problem.least.isEmpty ? lists.cost[entry] * scale : -ceiling[client])
    }
    return (floor, ceiling, nil)
  }

  /// Total demand, where capacities count.
  var demand: Int64 { problem.sharing == .unlimited ? 0 : problem.demand.reduce(0, +) }
}

extension PlacementProblem {
  /// As many sites as every plan has at least: what capacities, forced sites and the count need.
  var fewestSites: Int {
    var least = max(count.lowerBound, standing.count { $0 == .open })
    if let places { least = max(least, places.isWanted.count { $0 }) }
    if leaving.contains(where: { $0 == nil }) { least = max(least, min(1, siteCount)) }
    if sharing != .unlimited {
      var missing = demand.reduce(0, +)
      var needed = 0
      let usable = oneLevelEach((0..<siteCount).filter { standing[$0] != .closed })
        .map { capacity[$0] }
      for room in usable.sorted(by: >) where missing > 0 {
        missing -= room
        needed += 1
      }
      least = max(least, needed)
    }
    return least
  }
}
