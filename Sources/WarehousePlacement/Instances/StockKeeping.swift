/// Goods that a site keeps or does not keep as a whole, beside being open or not.
///
/// Every client asks for one group of goods (a SKU). A site serves a group's clients only if it keeps the group,
/// which costs what its place on the shelf and its safety stock cost, however many clients it serves.
public struct StockKeeping: Sendable, Hashable {
  /// What each client asks for, from 0.
  public var group: [Int32]
  /// How many groups there are.
  public var groups: Int
  /// Cost of keeping a group at a site: entry `site * groups + group`.
  public var cost: [Int64]

  /// Goods by client, and what keeping them costs.
  public init(group: [Int32], groups: Int, cost: [Int64]) {
    self.group = group
    self.groups = groups
    self.cost = cost
  }

  /// What a site pays for a group.
  @inlinable public func cost(of group: Int, at site: Int) -> Int64 { cost[site * groups + group] }

  /// One group that costs nothing to keep: a problem without goods of its own.
  static func none(of problem: PlacementProblem) -> StockKeeping {
    StockKeeping(
      group: Array(repeating: 0, count: problem.clientCount), groups: 1,
      cost: Array(repeating: 0, count: problem.siteCount))
  }
}
