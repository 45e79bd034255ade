import LogisticsModel
import RouteGraph

/// What a repair did, for reports.
public struct RepairWork: Sendable, Equatable {
  /// Segments with blocks to be repaired.
  public var segments = 0
  /// Rows of these segments, and of them those that were searched again.
  public var rows = 0
  /// Rows of which some class was searched again.
  public var rowsSearched = 0
  /// Rows of blocks searched again, and carried over from before.
  public var blockRowsSearched = 0
  /// Rows of blocks carried over from before.
  public var blockRowsKept = 0
}

extension QuoteEngine {
  /// The engine with all hidden blocks right again under its disruptions.
  ///
  /// - Parameter workers: as for ``EngineBuilder``.
  /// - Returns: the next version, whole again but for what cannot be built.
  public func repaired(workers: (@Sendable (Int) -> Void) -> Void) -> QuoteEngine {
    repair(workers: workers).engine
  }

  /// The same, with what it took.
  ///
  /// A row of a block is carried over where no candidate of it meets a change and no improving change can be reached;
  /// the others are searched again, one search for all classes of a row (``OriginProfiles/renewed``).
  ///
  /// - Parameters:
  ///   - rebuildsAll: whether every row of every hidden block is built from nothing instead; slow, to compare with.
  ///   - workers: as for ``EngineBuilder``.
  /// - Returns: the next version, and counts.
  public func repair(
    rebuildsAll: Bool = false, workers: (@Sendable (Int) -> Void) -> Void
  ) -> (engine: QuoteEngine, work: RepairWork) {
    let line = RepairLine(self, rebuildsAll: rebuildsAll)
    workers { _ in line.work() }
    let (patches, work) = line.finished()
    var states = states
    let legCount = network.bundle.topology.legCount
    for (segment, patch) in patches {
      states[segment] = states[segment]?.renewed(by: patch, legCount: legCount)
    }
    let engine = QuoteEngine(
      ground, frame: frame, states: states, excluded: excluded, disruption: disruption,
      version: version + 1)
    return (engine, work)
  }
}

/// The changes that a repair has to do with.
struct RepairChanges: Sendable {
  /// Between the network as planned and as it runs.
  let all: [LegChange]
  let met: ChangedMinutes
  /// Destination classes behind the head of each leg that serves somebody better, one bit each.
  private(set) var classes: [LegID: [UInt64]] = [:]
  /// Nodes before its tail.
  private(set) var origins: [LegID: Set<NodeID>] = [:]

  init(_ engine: QuoteEngine) {
    all = engine.disruption?.effect.changes ?? []
    met = ChangedMinutes(all, on: engine.network)
    let topology = engine.network.bundle.topology
    let reach = NetworkReach(engine.frame.destinations, on: topology)
    var ofHead: [Int32: [UInt64]] = [:]
    var ofTail: [Int32: Set<NodeID>] = [:]
    let news = Set(engine.states.flatMap { $0?.news ?? [] })
    for leg in Set((all + news).filter(\.isImproving).map(\.leg)) {
      let (head, tail) = (topology.head[leg.position], topology.tail[leg.position])
      let classes = ofHead[head] ?? reach.classes(from: head)
      let origins = ofTail[tail] ?? reach.origins(to: tail)
      (ofHead[head], ofTail[tail]) = (classes, origins)
      (self.classes[leg], self.origins[leg]) = (classes, origins)
    }
  }

  /// The classes that parcels of an origin, ready at a minute or later, may reach over a leg that got better.
  func improved(_ changes: [LegChange], from origin: NodeID, ready: Int64) -> [UInt64]? {
    var found: [UInt64]?
    // Who is ready after the last changed minute asks the leg later still.
    for change in changes where change.isImproving && ready <= change.asked.upperBound {
      guard origins[change.leg]?.contains(origin) ?? false, let own = classes[change.leg] else {
        continue
      }
      found = found.map { zip($0, own).map { $0 | $1 } } ?? own
    }
    return found
  }
}
