import LogisticsModel
import RouteGraph
import TransitTimes

/// Which of many paths from one origin meet a change, ready minute after ready minute.
///
/// Paths that begin alike share the laws of their beginnings, and none is followed further than to its last changed
/// leg: of a thousand paths over one flight, a handful reach it by different ways.
struct ChangedPaths {
  private let changes: ChangedMinutes
  private let network: SearchNetwork<DatedTimetable>
  private let count: Int
  /// Paths over a changed leg, each with the node of its beginning that ends with the last changed leg.
  private var over: [(path: Int, node: Int32)] = []
  private var tree = SequenceTree()
  private var scratch = ArrivalScratch<UInt128>()
  private var arena = LabelArena<UInt128>()
  /// By node: what is known of it from the ready minute asked for.
  private var states: [State] = []

  private enum State {
    case unknown
    case met
    /// The law at the node, and how many of its legs are uncertain.
    case unmet(first: Int32, count: Int32, uncertain: Int32)
  }

  /// Looks through paths for changed legs.
  ///
  /// - Parameters:
  ///   - segment: whose paths.
  ///   - changes: what changed.
  ///   - network: before or after the changes: a path that meets none runs alike in both.
  /// - Complexity: O(legs of all paths)
  init(
    of segment: BlockSegment, _ changes: ChangedMinutes, on network: SearchNetwork<DatedTimetable>
  ) {
    self.changes = changes
    self.network = network
    count = segment.pathEmissions.count
    for path in 0..<count {
      let legs = Int(segment.pathStarts[path])..<Int(segment.pathStarts[path + 1])
      guard let last = legs.last(where: { changes.concern(LegID(segment.pathLegs[$0])) }) else {
        continue
      }
      let node = tree.adding((legs.lowerBound...last).lazy.map { segment.pathLegs[$0] })
      over.append((path, node))
    }
  }

  /// Whether some path has a changed leg at all.
  var isEmpty: Bool { over.isEmpty }

  /// Whether each path meets a change when it is begun at a ready minute; nil where none does.
  ///
  /// - Complexity: one evaluation of each beginning that reaches a changed leg
  mutating func met(from ready: Int64) -> [Bool]? {
    guard !over.isEmpty else { return nil }
    arena.removeAll()
    states = Array(repeating: .unknown, count: tree.count)
    let first = arena.appendCertain(minute: 0)
    states[0] = .unmet(first: first, count: 1, uncertain: 0)
    var met: [Bool]?
    for (path, node) in over {
      guard case .met = state(of: node, from: ready) else { continue }
      if met == nil { met = Array(repeating: false, count: count) }
      met?[path] = true
    }
    return met
  }

  private mutating func state(of node: Int32, from ready: Int64) -> State {
    if case .unknown = states[Int(node)] {
      states[Int(node)] = followed(to: node, from: ready)
    }
    return states[Int(node)]
  }

  private mutating func followed(to node: Int32, from ready: Int64) -> State {
    let before = state(of: tree.parent(of: node), from: ready)
    guard case .unmet(let first, let count, let uncertain) = before else { return .met }
    let leg = LegID(tree.element(of: node))
    let handling = Int64(network.topology.handling[leg.position])
    if changes.concern(leg) {
      let atoms = arena.minutes[Int(first)..<Int(first + count)]
      let isMet = atoms.contains { changes.isChanged(leg, asked: ready + Int64($0) + handling) }
      if isMet { return .met }
    }
    let isBoarded = scratch.travel(
      from: arena, first: Int(first), count: Int(count), along: leg, handling: handling,
      ready: ready, horizon: .max, network: network)
    let used = uncertain + (scratch.isUncertain ? 1 : 0)
    // One that cannot be followed asks nobody knows when.
    guard isBoarded, used <= Int32(UInt128.greatestUncertainLegs) else { return .met }
    return .unmet(
      first: arena.append(scratch), count: Int32(scratch.minutes.count), uncertain: used)
  }
}
