public import LogisticsModel

/// Which legs leave (or enter) each node, in compressed sparse rows: one array of legs, one of row starts.
public struct Adjacency: Sendable {
  /// Row `n` is `legs[starts[n] ..< starts[n + 1]]`; one element more than there are nodes.
  public let starts: FrozenColumn<Int32>
  /// Legs grouped by node, ascending by leg within a row.
  public let legs: FrozenColumn<Int32>

  /// Adopts ready columns (a snapshot's).
  public init(starts: FrozenColumn<Int32>, legs: FrozenColumn<Int32>) {
    self.starts = starts
    self.legs = legs
  }

  /// Groups legs by the node given for each.
  ///
  /// - Complexity: O(nodes + legs)
  public init(nodeOfLeg: [Int32], nodeCount: Int) {
    var starts = [Int32](repeating: 0, count: nodeCount + 1)
    for node in nodeOfLeg { starts[Int(node) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    var legs = [Int32](repeating: 0, count: nodeOfLeg.count)
    for (leg, node) in nodeOfLeg.enumerated() {
      legs[Int(next[Int(node)])] = Int32(leg)
      next[Int(node)] += 1
    }
    self.init(starts: FrozenColumn(starts), legs: FrozenColumn(legs))
  }

  /// The legs of one node.
  public func legs(of node: NodeID) -> [LegID] {
    (Int(starts[node.position])..<Int(starts[node.position + 1])).map { LegID(legs[$0]) }
  }
}
