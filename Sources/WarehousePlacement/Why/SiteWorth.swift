/// What a site is worth to a plan: the question solved again with the site decided the other way.
public struct SiteWorth: Sendable {
  /// The site, from 0.
  public let site: Int
  /// Whether the plan opens it.
  public let isOpen: Bool
  /// The least value found with the site closed, if it is open, or open, if it is closed; nil: no plan is left, or
  /// none was found in time.
  public let cost: Int64?
  /// No plan with the site decided so has a lower value; nil where it is proved that there is none.
  public let bound: Int64?

  /// Solves again for every site that is not forced.
  ///
  /// - Complexity: a full search for each site, shared out to all cores.
  public static func all(
    _ question: PlacementQuestion, on table: SiteTable, _ plan: PlacementPlan,
    across scenarios: DemandScenarios? = nil, limits: SearchLimits
  ) -> [SiteWorth] {
    let opened = question.opened(plan, on: table).map(\.site)
    let forced = Set(question.forcedOpen + question.forcedClosed)
    let sites = (0..<table.siteCount).filter { !forced.contains($0 + 1) }
    var alone = SearchLimits(seed: limits.seed, isOver: limits.isOver)
    if question.levels(of: table).isEmpty { alone.warmStart = plan.open }
    let each = alone
    return limits.spread.map(sites.count) { index in
      let site = sites[index]
      let isOpen = opened.contains(site)
      var changed = question
      if isOpen {
        changed.forcedClosed.append(site + 1)
      } else {
        changed.forcedOpen.append(site + 1)
      }
      let (cost, bound) = solve(changed, on: table, scenarios, limits: each)
      return SiteWorth(site: site, isOpen: isOpen, cost: cost, bound: bound)
    }
  }

  /// The value and the bound of a question of any kind.
  private static func solve(
    _ question: PlacementQuestion, on table: SiteTable, _ scenarios: DemandScenarios?,
    limits: SearchLimits
  ) -> (Int64?, Int64?) {
    if question.kind == .center {
      let answer = CenterSearch.solve(table, question: question, limits: limits)
      return (answer.reach, answer.isImpossible ? nil : answer.bound)
    }
    let problem = question.problem(on: table)
    if let scenarios {
      let answer = ScenarioSearch.solve(problem, scenarios, limits: limits)
      return (answer.value, answer.bound)
    }
    if let condition = question.condition(on: table, problem) {
      let answer = SideConditionSearch.solve(problem, condition, limits: limits)
      return (answer.plan?.cost, answer.bound)
    }
    let answer = PlacementSolver.solve(problem, limits: limits)
    return (answer.plan?.cost, answer.bound)
  }
}
