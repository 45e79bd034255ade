import LogisticsModel
import RouteGraph

/// From where a node can be reached at all, and where it leads: over every leg, whatever it takes and whenever it runs.
struct NetworkReach {
  private let destinations: DestinationClasses
  private let topology: Topology

  init(_ destinations: DestinationClasses, on topology: Topology) {
    self.destinations = destinations
    self.topology = topology
  }

  /// Destination classes behind a node, one bit each.
  ///
  /// - Complexity: O(nodes + legs)
  func classes(from node: Int32) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (destinations.count + 63) / 64)
    for reached in nodes(from: node, topology.outgoing, ends: topology.head) {
      let own = destinations.classOfNode[reached.position]
      if own >= 0 { bits.insert(bit: Int(own)) }
    }
    return bits
  }

  /// Nodes before a node, itself among them.
  ///
  /// - Complexity: O(nodes + legs)
  func origins(to node: Int32) -> Set<NodeID> {
    Set(nodes(from: node, topology.incoming, ends: topology.tail))
  }

  private func nodes(
    from node: Int32, _ adjacency: Adjacency, ends: FrozenColumn<Int32>
  ) -> [NodeID] {
    var isMet = [Bool](repeating: false, count: topology.nodeCount)
    isMet[Int(node)] = true
    var found = [node]
    var next = 0
    while next < found.count {
      let from = Int(found[next])
      next += 1
      for slot in Int(adjacency.starts[from])..<Int(adjacency.starts[from + 1]) {
        let end = ends[Int(adjacency.legs[slot])]
        if !isMet[Int(end)] {
          isMet[Int(end)] = true
          found.append(end)
        }
      }
    }
    return found.map { NodeID($0) }
  }
}
