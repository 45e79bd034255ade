import LogisticsModel
import RouteGraph

/// Where a profile search may go: which parcels legs take, how far destinations are, and where labels are kept.
///
/// Depends on the destinations only, not on origin or time, so that many searches share one.
struct ProfileReach: Sendable {
  /// Cells that each leg takes.
  let cellsOfLeg: [UInt64]
  /// Fewest legs from each node to any destination; `Int32.max`: none is reached.
  let legsToGo: [Int32]
  /// Whether labels at a node are kept.
  let isKept: [Bool]

  /// Looks the network over once.
  ///
  /// - Parameters:
  ///   - destinations: where parcels may go.
  ///   - leavesOutEnds: whether labels at nodes from which no leg leads on to a destination are left to the caller.
  ///   - cellsOfLeg: parcel cells that each leg takes.
  ///   - topology: nodes and legs.
  /// - Complexity: O(nodes + legs)
  init(
    _ destinations: [NodeID], leavesOutEnds: Bool = false, cellsOfLeg: [UInt64],
    on topology: Topology
  ) {
    self.cellsOfLeg = cellsOfLeg
    let toGo = ProfileReach.legsToGo(destinations, cells: cellsOfLeg, on: topology)
    legsToGo = toGo
    isKept = (0..<topology.nodeCount).map { node in
      guard leavesOutEnds else { return true }
      let slots = Int(topology.outgoing.starts[node])..<Int(topology.outgoing.starts[node + 1])
      return slots.contains { toGo[Int(topology.head[Int(topology.outgoing.legs[$0])])] < .max }
    }
  }

  /// Fewest legs from every node to the nearest destination, over legs that take some cell.
  ///
  /// - Complexity: O(nodes + legs)
  private static func legsToGo(
    _ destinations: [NodeID], cells: [UInt64], on topology: Topology
  ) -> [Int32] {
    var distance = [Int32](repeating: .max, count: topology.nodeCount)
    var frontier: [Int32] = []
    for node in destinations where distance[node.position] == .max {
      distance[node.position] = 0
      frontier.append(node.rawValue)
    }
    var next = 0
    while next < frontier.count {
      let node = Int(frontier[next])
      next += 1
      for slot in Int(topology.incoming.starts[node])..<Int(topology.incoming.starts[node + 1]) {
        let leg = Int(topology.incoming.legs[slot])
        let tail = Int(topology.tail[leg])
        guard cells[leg] != 0, distance[tail] == .max else { continue }
        distance[tail] = distance[node] + 1
        frontier.append(Int32(tail))
      }
    }
    return distance
  }
}
