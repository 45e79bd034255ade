/// The least reach with which at most p sites cover everybody (p-center).
///
/// Only costs that occur can be the answer. They are searched by halving; whether a reach will do is the
/// question of covering with fewest sites, answered with a proof.
public enum CenterSearch {
  /// A reach and what shows that none below will do.
  public struct Answer: Sendable {
    /// The least reach found; nil where even the greatest will not do.
    public let reach: Int64?
    /// No reach below this will do.
    public let bound: Int64
    /// Open sites and who is covered by which, for the reach found.
    public let plan: PlacementPlan?
    /// Why the greatest reach below the bound will not do; nil where there is none below.
    public let refusal: (reach: Int64, answer: PlacementAnswer)?
    /// Whether it is proved that even the greatest reach will not do.
    public let isImpossible: Bool
  }

  /// Searches; unproved where time runs out.
  public static func solve(
    _ table: SiteTable, question: PlacementQuestion, limits: SearchLimits
  ) -> Answer {
    let most = question.sites ?? table.sitesWanted ?? table.siteCount
    let costs = Array(Set(table.service.cost)).sorted()
    var low = 0
    var high = costs.count - 1
    var best: (reach: Int64, plan: PlacementPlan)?
    var refusal: (reach: Int64, answer: PlacementAnswer)?
    // Nobody goes further than from his nearest site.
    while low <= high {
      let middle = (low + high) / 2
      var covering = question
      covering.kind = .covering
      covering.reach = costs[middle]
      covering.sites = nil
      var counted = table
      counted.opening = Array(repeating: 0, count: table.siteCount)
      let problem = covering.problem(on: counted)
      // Whether p sites will do is all that is asked: fewer would be no better.
      var enough = limits
      enough.enough = Int64(most)
      let answer = PlacementSolver.solve(problem, limits: enough)
      if let plan = answer.plan, plan.open.count <= most {
        best = (costs[middle], plan)
        high = middle - 1
      } else if answer.bound.map({ $0 > Int64(most) }) ?? true {
        refusal = (costs[middle], answer)
        low = middle + 1
      } else {
        // Time ran out between the two.
        break
      }
    }
    let bound = low < costs.count ? costs[low] : (costs.last ?? 0)
    return Answer(
      reach: best?.reach, bound: bound, plan: best?.plan, refusal: refusal,
      isImpossible: best == nil && refusal?.reach == costs.last)
  }
}
