import LogisticsModel
import RouteGraph
import RoutePlanning

/// Plain reachability between the ends of a question.
struct Reach {
  let topology: Topology
  let question: NetworkPlanner.Question

  init(_ topology: Topology, _ question: NetworkPlanner.Question) {
    self.topology = topology
    self.question = question
  }

  /// The legs that pass `allowed` and lie on some chain of such legs from origin to destination.
  ///
  /// - Complexity: O(legs)
  func legsBetween(_ allowed: (Int) -> Bool) -> [Int] {
    let ahead = reached(from: question.origin, topology.outgoing, topology.head, allowed)
    let behind = reached(from: question.destination, topology.incoming, topology.tail, allowed)
    return (0..<topology.legCount).filter { leg in
      ahead[Int(topology.tail[leg])] && behind[Int(topology.head[leg])] && allowed(leg)
    }
  }

  private func reached(
    from node: NodeID, _ legs: Adjacency, _ other: FrozenColumn<Int32>, _ allowed: (Int) -> Bool
  ) -> [Bool] {
    var isReached = [Bool](repeating: false, count: topology.nodeCount)
    isReached[node.position] = true
    var open = [node]
    while let node = open.popLast() {
      for leg in legs.legs(of: node) where allowed(leg.position) {
        let next = NodeID(other[leg.position])
        if !isReached[next.position] {
          isReached[next.position] = true
          open.append(next)
        }
      }
    }
    return isReached
  }

  /// Whether legs that pass `allowed` lead from origin to destination within the bound on legs.
  ///
  /// - Complexity: O(legs)
  func connects(_ allowed: (Int) -> Bool) -> Bool {
    var depth = [Int](repeating: -1, count: topology.nodeCount)
    depth[question.origin.position] = 0
    var queue = [question.origin.rawValue]
    var next = 0
    while next < queue.count {
      let node = Int(queue[next])
      next += 1
      if node == question.destination.position { return true }
      if depth[node] == question.greatestLegs { continue }
      for slot in Int(topology.outgoing.starts[node])..<Int(topology.outgoing.starts[node + 1]) {
        let leg = Int(topology.outgoing.legs[slot])
        let head = topology.head[leg]
        if depth[Int(head)] < 0 && allowed(leg) {
          depth[Int(head)] = depth[node] + 1
          queue.append(head)
        }
      }
    }
    return false
  }
}
