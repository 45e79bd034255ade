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

  init(_ problem: PlacementProblem) {
    self.problem = problem
    lists = problem.service
    let dearest = problem.opening.max() ?? 0
    let reach = problem.greatestTotalCost + dearest * Int64(problem.clientCount + 1)
    let finest: Int64 = problem.sharing == .split ? 1 << 20 : 1 << 10
    var scale: Int64 = 1
    while scale < finest, scale * 2 <= (1 << 60) / max(reach, 1) { scale *= 2 }
    self.scale = scale
    let fine = scale
    opening = problem.opening.map { $0 * fine }
    leaving = problem.leaving.map { cost in cost.map { $0 * fine } ?? .max }
    let lists = problem.service
    farthest = (0..<problem.clientCount).map { client in
      let entries = lists.entries(of: client)
      return entries.isEmpty ? 0 : lists.cost[entries.upperBound - 1] * fine
    }
    count = problem.tightenedCount
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

  /// Total demand, where capacities count.
  var demand: Int64 { problem.sharing == .unlimited ? 0 : problem.demand.reduce(0, +) }
}

extension PlacementProblem {
  /// The range of open sites without numbers that cannot be: fewer than capacities or forced sites need.
  var tightenedCount: ClosedRange<Int> {
    var least = max(count.lowerBound, standing.count { $0 == .open })
    if leaving.contains(where: { $0 == nil }) { least = max(least, min(1, siteCount)) }
    if sharing != .unlimited {
      var missing = demand.reduce(0, +)
      var needed = 0
      let usable = (0..<siteCount).filter { standing[$0] != .closed }.map { capacity[$0] }
      for room in usable.sorted(by: >) where missing > 0 {
        missing -= room
        needed += 1
      }
      least = max(least, needed)
    }
    return least...max(least, count.upperBound)
  }
}
