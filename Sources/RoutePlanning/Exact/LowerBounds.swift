import LogisticsModel
import RouteGraph

/// Least price, minutes, CO2e and number of legs from every node to one destination.
///
/// Four backward Dijkstra runs over the legs that take the parcel (E. W. Dijkstra, 1959,
/// doi:10.1007/BF01386390). Minutes count handling and the least duration but no waiting, so the sum of a
/// label's value and a bound is never above what any completion of the label reaches.
/// - Complexity: O(legs log nodes) time, reusable O(nodes) space.
struct LowerBounds {
  /// Stands for "cannot reach the destination"; far below overflow when bounds are added.
  static let unreachable = Int64.max / 4

  private(set) var price: [Int64] = []
  private(set) var minutes: [Int64] = []
  private(set) var emission: [Int64] = []
  private(set) var legs: [Int64] = []

  private var heap = NodeHeap()

  /// Computes all four bounds for one destination.
  mutating func compute(topology: Topology, costs: LegCosts, destination: NodeID) {
    let handling = topology.handling
    let least = topology.leastDuration
    LowerBounds.run(&minutes, &heap, topology, costs, destination) { leg in
      let duration = least[leg]
      return duration < 0 ? nil : Int64(handling[leg]) + Int64(duration)
    }
    LowerBounds.run(&price, &heap, topology, costs, destination) { costs.price[$0] }
    LowerBounds.run(&emission, &heap, topology, costs, destination) { costs.emission[$0] }
    LowerBounds.run(&legs, &heap, topology, costs, destination) { _ in 1 }
  }

  @inline(__always)
  private static func run(
    _ distances: inout [Int64], _ heap: inout NodeHeap, _ topology: Topology, _ costs: LegCosts,
    _ destination: NodeID,
    _ length: (Int) -> Int64?
  ) {
    distances = [Int64](repeating: LowerBounds.unreachable, count: topology.nodeCount)
    distances[destination.position] = 0
    heap.removeAll()
    heap.push(key: 0, node: destination.rawValue)
    let starts = topology.incoming.starts
    let legs = topology.incoming.legs
    while let (key, node) = heap.pop() {
      if key > distances[Int(node)] { continue }
      for slot in Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) {
        let leg = Int(legs[slot])
        guard costs.price[leg] >= 0, topology.leastDuration[leg] >= 0, let step = length(leg) else {
          continue
        }
        let tail = Int(topology.tail[leg])
        let (sum, overflow) = key.addingReportingOverflow(step)
        if !overflow && sum < distances[tail] {
          distances[tail] = sum
          heap.push(key: sum, node: Int32(tail))
        }
      }
    }
  }
}

/// A binary min-heap of nodes; entries that were improved later are skipped by the caller.
struct NodeHeap {
  private var entries: [(key: Int64, node: Int32)] = []

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  mutating func push(key: Int64, node: Int32) {
    entries.append((key, node))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if entries[parent].key <= key { break }
      entries[child] = entries[parent]
      child = parent
    }
    entries[child] = (key, node)
  }

  mutating func pop() -> (key: Int64, node: Int32)? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    let count = entries.count
    if count == 0 { return first }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      if child + 1 < count && entries[child + 1].key < entries[child].key { child += 1 }
      if entries[child].key >= last.key { break }
      entries[hole] = entries[child]
      hole = child
    }
    entries[hole] = last
    return first
  }
}
