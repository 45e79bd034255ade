import LogisticsModel
import RouteGraph

/// What a profile search shall cover: one origin, its ready classes, the destinations asked for.
struct ProfilePlan {
  /// Where parcels start.
  var origin: NodeID
  /// Where they may go.
  var destinations: [NodeID]
  /// Ready classes, latest first.
  var classes: [ReadyClass]
  /// Most legs of an itinerary.
  var greatestLegs: Int
  /// Whether labels at nodes from which no leg leads on to a destination are left to the caller.
  var leavesOutEnds = false
  /// Boarding is allowed up to this many minutes after ready, inclusive.
  var horizon = SearchRequest.usualHorizon

  /// The minute that laws are counted from: the earliest ready minute.
  var base: Int64 { classes.last?.first ?? 0 }

  /// Fewest legs from every node to the nearest destination, over legs that take some cell.
  ///
  /// - Complexity: O(nodes + legs)
  static func legsToGo(
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

  /// Whether some leg leads from a node on to a destination.
  func leadsOn(_ node: Int, legsToGo: [Int32], on topology: Topology) -> Bool {
    let slots = Int(topology.outgoing.starts[node])..<Int(topology.outgoing.starts[node + 1])
    return slots.contains { legsToGo[Int(topology.head[Int(topology.outgoing.legs[$0])])] < .max }
  }
}

/// A partial itinerary of a profile search.
///
/// Its law lies in a ``LabelArena`` as ascending minutes (from the plan's base) with cumulative masses.
struct ProfileLabel {
  var node: Int32
  /// Leg that led here, -1 at the origin.
  var leg: Int32
  /// Label it extends, -1 at the origin.
  var parent: Int32
  /// Next older label at the same node, -1 at the end.
  var older: Int32
  var firstAtom: Int32
  var atomCount: Int32
  var legs: Int32
  /// Uncertain legs so far: each has used ten bits of mass.
  var uncertainLegs: Int32
  /// Its charges, as ``ChargeSignatures`` numbers them.
  var signature: Int32
  /// Position of the ready class it starts from.
  var readyClass: Int32
  /// First and last possible minute.
  var earliest: Int32
  var latest: Int32
  /// The latest minute at which some leg may be boarded.
  var lastBoarding: Int32
  /// CO2e per gram.
  var emission: Int64
  /// Parcel cells it is needed in.
  var cells: UInt64
}
