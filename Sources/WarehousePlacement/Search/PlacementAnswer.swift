/// What a search found: a plan, a bound, and the proof of the bound.
public struct PlacementAnswer: Sendable {
  /// The best plan; nil where there is none, or none was found in time.
  public let plan: PlacementPlan?
  /// No plan costs less, in units; nil where it is proved that there is no plan at all.
  public let bound: Int64?
  /// How the bound is proved.
  public let proof: ProofTree
  /// What it took.
  public let work: Work

  /// Counts that no machine moves.
  public struct Work: Sendable {
    /// Nodes of the search tree.
    public var nodes = 0
    /// Bounds reckoned.
    public var steps = 0
  }

  /// Whether the plan is proved to be the best.
  public var isProved: Bool {
    guard let bound else { return plan == nil }
    return plan.map { $0.cost <= bound } ?? false
  }
}
