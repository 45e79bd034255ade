import LogisticsModel
import RouteGraph

/// Least price, minutes, CO2e and number of legs from every node to one destination.
///
/// Backward Dijkstra runs over the legs that take the parcel (E. W. Dijkstra, 1959, doi:10.1007/BF01386390); legs
/// are counted breadth first, and a sum to which every leg adds the same is that count times as much. Minutes count handling and the least duration but no waiting, so the sum of a
/// label's value and a bound is never above what any completion of the label reaches.
/// - Complexity: O(legs log nodes) time, reusable O(nodes) space.
struct LowerBounds {
  /// Stands for "cannot reach the destination"; far below overflow when bounds are added.
  static let unreachable = Int64.max / 4

  private(set) var price: [Int64] = []
  private(set) var minutes: [Int64] = []
  private(set) var emission: [Int64] = []
  private(set) var legs: [Int64] = []
  /// The same by node: the search asks for all of a node at once.
  private(set) var ofNode: [NodeBounds] = []

  private var heap = NodeHeap()
  private var frontier: [Int32] = []

  /// Computes all four bounds for one destination.
  ///
  /// - Parameters:
  ///   - topology: nodes and legs.
  ///   - costs: what each leg costs and emits.
  ///   - destination: where all ways lead.
  ///   - countsAlikeLegs: ``SearchOptions/countsAlikeLegs``.
  mutating func compute(
    topology: Topology, costs: LegCosts, destination: NodeID, countsAlikeLegs: Bool = true
  ) {
    let handling = topology.handling
    let least = topology.leastDuration
    LowerBounds.run(&minutes, &heap, topology, costs, destination) { leg in
      Int64(handling[leg]) + Int64(least[leg])
    }
    countLegs(topology, costs, destination)
    if countsAlikeLegs, let each = costs.uniformPrice {
      multiplyLegs(into: &price, by: each)
    } else {
      LowerBounds.run(&price, &heap, topology, costs, destination) { costs.price[$0] }
    }
    if countsAlikeLegs, costs.isWithoutEmission {
      multiplyLegs(into: &emission, by: 0)
    } else {
      LowerBounds.run(&emission, &heap, topology, costs, destination) { costs.emission[$0] }
    }
    join()
  }

  private mutating func join() {
    ofNode.removeAll(keepingCapacity: true)
    for node in price.indices {
      ofNode.append(
        NodeBounds(
          price: price[node], minutes: minutes[node], emission: emission[node], legs: legs[node]))
    }
  }

  /// Whether a leg may be part of a way to the destination.
  @inline(__always)
  private static func isUsable(_ leg: Int, _ topology: Topology, _ costs: LegCosts) -> Bool {
    costs.price[leg] >= 0 && topology.leastDuration[leg] >= 0
  }

  /// Sets every distance to unreachable, in place.
  private static func clear(_ distances: inout [Int64], _ count: Int) {
    guard distances.count == count else {
      distances = [Int64](repeating: unreachable, count: count)
      return
    }
    for node in distances.indices { distances[node] = unreachable }
  }

  /// Fewest legs, breadth first.
  private mutating func countLegs(
    _ topology: Topology, _ costs: LegCosts, _ destination: NodeID
  ) {
    LowerBounds.clear(&legs, topology.nodeCount)
    frontier.removeAll(keepingCapacity: true)
    legs[destination.position] = 0
    frontier.append(destination.rawValue)
    let starts = topology.incoming.starts
    let incoming = topology.incoming.legs
    var next = 0
    while next < frontier.count {
      let node = Int(frontier[next])
      next += 1
      let further = legs[node] + 1
      for slot in Int(starts[node])..<Int(starts[node + 1]) {
        let leg = Int(incoming[slot])
        let tail = Int(topology.tail[leg])
        guard legs[tail] == LowerBounds.unreachable, LowerBounds.isUsable(leg, topology, costs)
        else { continue }
        legs[tail] = further
        frontier.append(Int32(tail))
      }
    }
  }

  /// The least sum where every leg counts the same: so much for each of the fewest legs.
  private func multiplyLegs(into distances: inout [Int64], by each: Int64) {
    LowerBounds.clear(&distances, legs.count)
    for node in legs.indices where legs[node] < LowerBounds.unreachable {
      distances[node] = legs[node] * each
    }
  }

  @inline(__always)
  private static func run(
    _ distances: inout [Int64], _ heap: inout NodeHeap, _ topology: Topology, _ costs: LegCosts,
    _ destination: NodeID, _ length: (Int) -> Int64
  ) {
    clear(&distances, topology.nodeCount)
    distances[destination.position] = 0
    heap.removeAll()
    heap.push(key: 0, node: destination.rawValue)
    let starts = topology.incoming.starts
    let legs = topology.incoming.legs
    while let (key, node) = heap.pop() {
      if key > distances[Int(node)] { continue }
      for slot in Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) {
        let leg = Int(legs[slot])
        guard isUsable(leg, topology, costs) else { continue }
        let tail = Int(topology.tail[leg])
        let (sum, overflow) = key.addingReportingOverflow(length(leg))
        if !overflow && sum < distances[tail] {
          distances[tail] = sum
          heap.push(key: sum, node: Int32(tail))
        }
      }
    }
  }
}

/// What is left from one node to the destination at the least, each sum by a way of its own.
struct NodeBounds {
  var price: Int64
  var minutes: Int64
  var emission: Int64
  var legs: Int64
}

/// A 4-ary min-heap of nodes; entries that were improved later are skipped by the caller.
struct NodeHeap {
  private var entries: [(key: Int64, node: Int32)] = []

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  mutating func push(key: Int64, node: Int32) {
    entries.append((key, node))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) >> 2
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
      let firstChild = 4 * hole + 1
      if firstChild >= count { break }
      var best = firstChild
      var least = entries[best].key
      let end = min(firstChild + 4, count)
      var child = firstChild + 1
      while child < end {
        let key = entries[child].key
        if key < least { (best, least) = (child, key) }
        child += 1
      }
      if least >= last.key { break }
      entries[hole] = entries[best]
      hole = best
    }
    entries[hole] = last
    return first
  }
}
