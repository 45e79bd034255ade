/// What a site is worth to a plan: the question solved again with the site decided the other way.
public struct SiteWorth: Sendable {
  /// The site, from 0.
  public let site: Int
  /// Whether the plan opens it.
  public let isOpen: Bool
  /// The least cost found with the site closed, if it is open, or open, if it is closed; nil: no plan is left, or
  /// none was found in time.
  public let cost: Int64?
  /// No plan with the site decided so costs less; nil where it is proved that there is none.
  public let bound: Int64?

  /// Solves again for every site that is not forced.
  ///
  /// - Complexity: a full search for each site, shared out to all cores.
  public static func all(
    _ problem: PlacementProblem, _ plan: PlacementPlan, limits: SearchLimits
  ) -> [SiteWorth] {
    let open = Set(plan.open)
    let sites = problem.standing.indices.filter { problem.standing[$0] == .free }
    var alone = SearchLimits(seed: limits.seed, warmStart: plan.open, isOver: limits.isOver)
    alone.enough = nil
    let each = alone
    return limits.spread.map(sites.count) { index in
      let site = sites[index]
      var forced = problem
      forced.standing[site] = open.contains(site) ? .closed : .open
      let answer = PlacementSolver.solve(forced, limits: each)
      return SiteWorth(
        site: site, isOpen: open.contains(site), cost: answer.plan?.cost, bound: answer.bound)
    }
  }
}
