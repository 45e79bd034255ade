/// Answers placement questions with a proof.
public enum PlacementSolver {
  /// The least-cost plan, or the best found in time, with a bound and its proof.
  ///
  /// - Complexity: exponential at worst; a step of the bound costs the part of the lists that is cheaper than
  ///   the clients' multipliers.
  public static func solve(
    _ problem: PlacementProblem, limits: SearchLimits = SearchLimits()
  ) -> PlacementAnswer {
    switch problem.sharing {
    case .unlimited where problem.stock != nil:
      var search = PlacementSearch<StockedSites, StockedImprovement>(problem, limits: limits)
      return search.run()
    case .unlimited:
      var search = PlacementSearch<UnlimitedSites, UnlimitedImprovement>(problem, limits: limits)
      return search.run()
    case .split:
      var search = PlacementSearch<SharedCapacity, SplitImprovement>(problem, limits: limits)
      return search.run()
    case .single:
      var search = PlacementSearch<WholeClients, SingleSourceImprovement>(problem, limits: limits)
      return search.run()
    }
  }
}
