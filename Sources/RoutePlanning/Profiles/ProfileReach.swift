import LogisticsModel
import RouteGraph

/// Where a profile search may go: the legs that lead on to a destination, and what each asks and takes.
///
/// Depends on the destinations only, not on origin or time, so that many searches share one.
struct ProfileReach: Sendable {
  /// All that an extension asks of a leg, in one place.
  struct Leg: Sendable {
    var leg: Int32
    var head: Int32
    var handling: Int32
    /// As ``ChargeScope/chargeClass(of:)`` gives it.
    var chargeClass: Int32
    /// Fewest legs from the head to any destination.
    var legsToGo: Int32
    var emission: Int64
    /// Parcel cells it takes; never none.
    var cells: UInt64
  }

  /// First of the legs that may be taken from each node, one more than there are nodes.
  let starts: [Int32]
  /// By tail, in network order.
  let legs: [Leg]

  /// Looks the network over once.
  ///
  /// - Parameters:
  ///   - destinations: where parcels may go.
  ///   - leavesOutEnds: whether nodes from which no leg leads on to a destination are left to the caller.
  ///   - scope: what legs take and charge.
  ///   - topology: nodes and legs.
  /// - Complexity: O(nodes + legs)
  init<Scope: ChargeScope>(
    _ destinations: [NodeID], leavesOutEnds: Bool = false, scope: Scope, on topology: Topology
  ) {
    let toGo = ProfileReach.legsToGo(destinations, scope, on: topology)
    let outgoing = topology.outgoing
    // A node is left out when only its end is wanted: then no leg leads on from it.
    func leadsOn(_ node: Int) -> Bool {
      let slots = Int(outgoing.starts[node])..<Int(outgoing.starts[node + 1])
      return slots.contains { toGo[Int(topology.head[Int(outgoing.legs[$0])])] < .max }
    }
    let isKept = toGo.indices.map { toGo[$0] < .max && (!leavesOutEnds || leadsOn($0)) }
    var starts: [Int32] = [0]
    starts.reserveCapacity(topology.nodeCount + 1)
    var legs: [Leg] = []
    for node in 0..<topology.nodeCount {
      // Where no destination is reached from, none is reached over any of its legs.
      let slots =
        toGo[node] < .max ? Int(outgoing.starts[node])..<Int(outgoing.starts[node + 1]) : 0..<0
      for slot in slots {
        let leg = Int(outgoing.legs[slot])
        let head = Int(topology.head[leg])
        guard isKept[head] else { continue }
        let cells = scope.cells(takenBy: leg)
        guard cells != 0 else { continue }
        legs.append(
          Leg(
            leg: Int32(leg), head: Int32(head), handling: topology.handling[leg],
            chargeClass: scope.chargeClass(of: leg), legsToGo: toGo[head],
            emission: scope.emission(of: leg), cells: cells))
      }
      starts.append(Int32(legs.count))
    }
    self.starts = starts
    self.legs = legs
  }

  /// Fewest legs from every node to the nearest destination, over legs that take some cell; `Int32.max`: none.
  ///
  /// - Complexity: O(nodes + legs)
  private static func legsToGo<Scope: ChargeScope>(
    _ destinations: [NodeID], _ scope: Scope, on topology: Topology
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
        guard distance[tail] == .max, scope.cells(takenBy: leg) != 0 else { continue }
        distance[tail] = distance[node] + 1
        frontier.append(Int32(tail))
      }
    }
    return distance
  }
}
