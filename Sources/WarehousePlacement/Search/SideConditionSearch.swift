/// The least-cost plan under a condition on the whole: what is limited gets a price, and the price is looked for at
/// which plans just keep the limit.
///
/// For any price the priced question's bound, less what the limit is worth, bounds the conditioned one. Between a
/// price whose plan uses too much and one whose plan keeps the limit, the next is that at which both cost alike
/// (J. E. Kelley, 1960); the search ends when no new plan comes of it. What gap is left then is the condition's own.
public enum SideConditionSearch {
  /// A plan that keeps the condition, and the best bound with its price and proof.
  public struct Answer: Sendable {
    /// Keeps the condition, at its cost without prices; nil where none was found.
    public let plan: PlacementPlan?
    /// No plan that keeps the condition costs less.
    public let bound: Int64
    /// The price the bound was found at.
    public let price: SidePrice
    /// The answer at that price.
    public let priced: PlacementAnswer
    /// How many prices were tried.
    public let prices: Int
  }

  private struct Trial {
    let price: SidePrice
    let cost: Int64
    let used: Int64
  }

  /// Searches.
  ///
  /// - Complexity: a full search for each price, some ten.
  public static func solve(
    _ problem: PlacementProblem, _ condition: SideCondition, limits: SearchLimits = SearchLimits()
  ) -> Answer {
    var best: PlacementPlan?
    var bound: (value: Int64, price: SidePrice, answer: PlacementAnswer)?
    var tried = 0
    func attempt(_ numerator: Int64) -> Trial? {
      let price = SidePrice(numerator: numerator)
      tried += 1
      let answer = PlacementSolver.solve(problem.priced(condition, at: price), limits: limits)
      let reached = answer.bound.map { $0 - price.worth(of: condition.limit) } ?? .max
      if reached > bound?.value ?? .min { bound = (reached, price, answer) }
      guard let found = answer.plan else { return nil }
      let plan = problem.cost(of: found, without: condition, at: price)
      let used = condition.used(by: plan, of: problem)
      if used <= condition.limit, plan.cost < best?.cost ?? .max { best = plan }
      return Trial(price: price, cost: plan.cost, used: used)
    }
    if var low = attempt(0), low.used > condition.limit {
      // Double the price until the limit is kept.
      var numerator = max(1, SidePrice.denominator * low.cost / max(1, 16 * low.used))
      var kept: Trial?
      // Priced costs stay summable.
      let greatest =
        (PlacementProblem.greatestTotal - problem.greatestTotalCost) / 2
        / max(1, condition.greatestUse(problem))
      while kept == nil, !limits.isOver() {
        guard let trial = attempt(numerator) else { break }
        if trial.used <= condition.limit { kept = trial } else { low = trial }
        numerator *= 4
        if numerator / SidePrice.denominator > greatest { break }
      }
      while let high = kept, !limits.isOver(), tried < mostPrices {
        let (more, saved) = (high.cost - low.cost, low.used - high.used)
        guard more > 0, saved > 0 else { break }
        let next = Int64(
          clamping: Int128(more) * Int128(SidePrice.denominator) / Int128(saved))
        guard next > low.price.numerator, next < high.price.numerator,
          let trial = attempt(next)
        else { break }
        if trial.used == low.used || trial.used == high.used { break }
        if trial.used <= condition.limit { kept = trial } else { low = trial }
      }
    }
    let last =
      bound ?? (
        0, SidePrice(numerator: 0), PlacementSolver.solve(problem, limits: limits)
      )
    return Answer(
      plan: best, bound: max(0, min(last.value, best?.cost ?? last.value)), price: last.price,
      priced: last.answer, prices: tried)
  }

  /// Prices tried at most.
  static let mostPrices = 40
}
