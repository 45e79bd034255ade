/// Why no plan costs less than a bound: multipliers that show it, case by case.
///
/// A node first lists steps: multipliers whose bound decides sites for everything below it. Then it ends, or
/// takes up one site in two cases. Every step can be checked for itself, in whole numbers.
public struct ProofTree: Sendable {
  /// Multipliers of clients, in fine units, and of the conditions on chosen sites.
  public struct Step: Sendable {
    /// One for each client.
    public let multipliers: [Int64]
    /// For each set: a price for each site, and a rate for each unit of capacity.
    public let conditions: [(price: Int64, rate: Int64)]
    /// For several demands: how often each counts in this step; empty where there is one.
    public var weights: [Int64] = []
  }

  /// How a node goes on.
  public enum Ending: Sendable {
    /// Its last step exceeds what a better plan can cost.
    case closed
    /// A client whom no site is left to serve.
    case unserved(Int)
    /// Too few sites are left, for their number or their capacity, or too many are open.
    case impossible
    /// A site taken up, and the nodes in which it is open and closed.
    case branch(site: Int, open: Int, closed: Int)
    /// A client taken up, who is served whole: the nodes in which a site serves it and does not.
    case bind(client: Int, site: Int, bound: Int, free: Int)
    /// All sites are decided: prices of a unit of capacity, in fine units, show what serving costs.
    case transport(prices: [Int64], fine: Int64)
    /// Not settled: this node's bound, in units, is all that is known.
    case left(bound: Int64)
  }

  /// A case.
  public struct Node: Sendable {
    /// What is proved here.
    public var steps: [Step]
    /// How it goes on.
    public var ending: Ending
  }

  /// Fine units in one unit of cost.
  public var scale: Int64
  /// The cases; the first is the whole problem.
  public var nodes: [Node]
  /// Steps decide against plans that do not cost less than this, in units.
  public var limit: Int64

  /// Makes a tree.
  public init(scale: Int64, nodes: [Node], limit: Int64) {
    self.scale = scale
    self.nodes = nodes
    self.limit = limit
  }
}
