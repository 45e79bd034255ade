public import LogisticsModel
import RouteGraph

/// How often each origin and destination is asked for, to choose which blocks are built first.
///
/// A pair weighs the product of both sides. Without past requests every origin counts alike, and a destination class as
/// many times as it has destinations.
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
    var classes = [Int64](repeating: 0, count: frame.destinations.count)
    for (node, position) in frame.destinations.classOfNode.enumerated() where position >= 0 {
      classes[Int(position)] +=
        destinations.isEmpty ? 1 : destinations[NodeID(Int32(node))] ?? 0
    }
    let first = frame.origins.map { origins.isEmpty ? 1 : origins[$0] ?? 0 }
    return (first.map { 1 + 1_000 * $0 }, classes.map { 1 + 1_000 * $0 })
  }
}
