import LogisticsModel
import RouteGraph

/// Destinations grouped by how they are reached: one block serves all destinations of a class.
///
/// Two destinations share a class when their incoming legs, in network order, leave from the same nodes, run alike,
/// and charge and take every parcel alike. What their last legs emit may differ: it is added when a quote is made.
/// Only destinations that no leg leaves are grouped; through the others parcels may pass.
struct DestinationClasses: Sendable {
  /// Class of each node; -1: none.
  let classOfNode: [Int32]
  /// The first destination of each class.
  private(set) var representatives: [NodeID]
  /// By class: into how many it falls if what the last legs emit counts too.
  let emissionClasses: [Int]
  /// By class: for each pair of last legs (row `i`, column `j` of a square), the most that the i-th may emit above
  /// the j-th, per gram, at any destination of the class.
  let emissionExcess: [[Int64]]

  /// Number of classes.
  var count: Int { representatives.count }

  /// Classes if what the last legs emit counted too.
  var emissionClassCount: Int { emissionClasses.reduce(0, +) }

  /// Groups the destinations of a network.
  ///
  /// - Complexity: O(legs)
  init(
    _ network: NetworkPlanner, scope: BundleChargeScope,
    options: ProfileOptions = ProfileOptions()
  ) {
    struct LastLeg: Hashable {
      var tail: Int32
      var handling: Int32
      var charge: Int32
      var timing: DatedTimetable.LegTiming
    }
    /// Last legs, and the node itself where each destination is to be a class of its own.
    struct Key: Hashable {
      var node: Int32
      var legs: [LastLeg]
    }
    struct Emissions: Hashable {
      var ofClass: Int32
      var each: [Int64]
    }
    let nodes = network.bundle.nodes
    let topology = network.bundle.topology
    var classOf: [Key: Int32] = [:]
    var classOfNode = [Int32](repeating: -1, count: topology.nodeCount)
    var representatives: [NodeID] = []
    var excess: [[Int64]] = []
    var emissions = Set<Emissions>()
    for node in nodes.ids
    where nodes.kind(of: node) == .zone && topology.outgoing.legs(of: node).isEmpty {
      let incoming = topology.incoming.legs(of: node)
      let legs = incoming.map { leg in
        LastLeg(
          tail: topology.tail[leg.position], handling: topology.handling[leg.position],
          charge: scope.chargeClass(of: leg.position),
          timing: network.bundle.timetable.timing(of: leg))
      }
      let key = Key(node: options.groupsDestinations ? -1 : node.rawValue, legs: legs)
      let position = classOf[key] ?? Int32(representatives.count)
      if classOf[key] == nil {
        classOf[key] = position
        representatives.append(node)
        excess.append([Int64](repeating: .min, count: incoming.count * incoming.count))
      }
      classOfNode[node.position] = position
      let each = incoming.map { topology.emission[$0.position] }
      emissions.insert(Emissions(ofClass: position, each: each))
      for (row, left) in each.enumerated() {
        for (column, right) in each.enumerated() {
          let at = row * each.count + column
          excess[Int(position)][at] = max(excess[Int(position)][at], left - right)
        }
      }
    }
    self.classOfNode = classOfNode
    self.representatives = representatives
    emissionExcess = excess
    emissionClasses = emissions.reduce(into: Array(repeating: 0, count: representatives.count)) {
      $0[Int($1.ofClass)] += 1
    }
  }

  /// The same classes, represented by destinations that are none of those given, where there are any.
  func represented(without nodes: Set<NodeID>) -> DestinationClasses {
    guard !nodes.isEmpty else { return self }
    var next = self
    var isFound = [Bool](repeating: false, count: count)
    for (position, own) in classOfNode.enumerated() where own >= 0 {
      let node = NodeID(Int32(position))
      if !isFound[Int(own)] && !nodes.contains(node) {
        isFound[Int(own)] = true
        next.representatives[Int(own)] = node
      }
    }
    return next
  }

  /// The class of a node; nil where it has none.
  func destinationClass(of node: NodeID) -> Int? {
    let position = classOfNode[node.position]
    return position < 0 ? nil : Int(position)
  }
}
