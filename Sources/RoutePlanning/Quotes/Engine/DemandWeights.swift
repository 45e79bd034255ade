public import LogisticsModel
import RouteGraph

/// How often each origin and destination is asked for, to choose which blocks are built first.
///
/// A pair weighs the product of both sides. Without past requests an origin weighs its people and a destination class
/// those of its destinations; where the network says nothing of people every origin counts alike, and a class as many
/// times as it has destinations.
public struct DemandWeights: Sendable {
  /// Requests by origin node.
  public var origins: [NodeID: Int64] = [:]
  /// Requests by destination node.
  public var destinations: [NodeID: Int64] = [:]

  /// Nothing known.
  public init() {}

  /// Counts one past request.
  public mutating func count(from origin: NodeID, to destination: NodeID) {
    origins[origin, default: 0] += 1
    destinations[destination, default: 0] += 1
  }

  /// Weights by origin and by destination class of a frame; at least one everywhere, so that order is total.
  func weights(_ frame: EngineFrame) -> (origins: [Int64], classes: [Int64]) {
    let nodes = frame.network.bundle.nodes
    let isPeopled = nodes.ids.contains {
      frame.destinations.classOfNode[$0.position] >= 0 && nodes.population(of: $0) > 0
    }
    let areOriginsPeopled = frame.origins.contains { nodes.population(of: $0) > 0 }
    func people(_ node: NodeID, _ isKnown: Bool) -> Int64 {
      isKnown ? nodes.population(of: node) : 1
    }
    var classes = [Int64](repeating: 0, count: frame.destinations.count)
    for (node, position) in frame.destinations.classOfNode.enumerated() where position >= 0 {
      let node = NodeID(Int32(node))
      classes[Int(position)] +=
        destinations.isEmpty ? people(node, isPeopled) : destinations[node] ?? 0
    }
    let first = frame.origins.map { node in
      origins.isEmpty ? people(node, areOriginsPeopled) : origins[node] ?? 0
    }
    return (first.map { 1 + 1_000 * $0 }, classes.map { 1 + 1_000 * $0 })
  }
}
