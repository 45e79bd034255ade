import LogisticsModel
import RouteGraph
import TransitTimes

/// A row being searched again: what is known of it from before, and what the search has found.
struct RowRenewal {
  /// A destination class to be searched again, and which of the old blocks hold it; nil: none.
  struct Wanted: Sendable {
    let destination: Int
    let old: Int?
  }

  /// Old blocks, and their row of the same ready minutes.
  struct Old {
    let blocks: OldBlocks
    let row: Int
  }

  /// The labels at the tail of a last leg.
  struct Tail {
    /// Position of each in the search.
    var labels: [Int32] = []
    /// What probes have paid.
    var probes: [SIMD4<Int32>] = []
  }

  let plan: ProfilePlan
  let ready: ReadyClass
  /// First ready minute of the segment.
  let start: Int64
  let old: [Old]
  /// By old blocks.
  private(set) var labels: [OldLabels]
  /// Numbers of what has been found.
  private var pathOfLabel: [Int32]
  private(set) var row = RenewedRow()
  /// By node.
  private var tails: [Int32: Int] = [:]
  private var known: [Tail] = []

  init(
    _ plan: ProfilePlan, _ ready: ReadyClass, minutes: Range<Int64>, old: [Old],
    _ search: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>, on topology: Topology
  ) {
    self.plan = plan
    self.ready = ready
    start = minutes.lowerBound
    self.old = old
    labels = old.map { OldLabels($0.blocks, search, base: plan.base, on: topology) }
    pathOfLabel = Array(repeating: -1, count: search.labels.count)
  }

  var safeBoarding: Int32 { Int32(clamping: ready.first + plan.horizon - plan.base) }
  var horizon: Int64 { ready.last + plan.horizon }
  /// Minutes from the segment's start to the search's base.
  var shift: Int32 { Int32(truncatingIfNeeded: plan.base - start) }

  /// The labels at a node.
  mutating func tail(
    at node: Int32, _ search: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>,
    probe: (Int32) -> SIMD4<Int32>
  ) -> Tail {
    if let place = tails[node] { return known[place] }
    var tail = Tail()
    search.forEachPosition(at: NodeID(node)) { position, label in
      tail.labels.append(position)
      tail.probes.append(probe(label.signature))
    }
    tails[node] = known.count
    known.append(tail)
    return tail
  }

  /// Says which label stands for a node of the old paths' tree.
  mutating func set(_ label: Int32, ofNode node: Int32, _ position: Int) {
    labels[position].set(label, ofNode: node)
  }

  /// Begins with the next of the classes wanted.
  mutating func begin() { row.rows.append(nil) }

  /// Notes the row of the class begun; one that does not fit is left out.
  ///
  /// - Parameters:
  ///   - candidates: in order; those that stand have their position in the old row, inverted, for a label.
  ///   - lists: of who can win.
  ///   - path: legs, emission, charges and clearance of a label.
  mutating func note(
    _ candidates: [Candidate], _ lists: Shortlisting.Lists?,
    path: (Int32) -> RenewedRow.Path
  ) {
    var own = RenewedRow.Row()
    own.lists = lists
    own.order.reserveCapacity(candidates.count)
    for candidate in candidates {
      if candidate.lastBoarding > safeBoarding { own.isOpen = true }
      if candidate.label < 0 {
        own.order.append(~candidate.label)
        continue
      }
      let promises = candidate.promises &+ SIMD4(repeating: shift)
      guard candidate.lastLeg <= Int32(UInt8.max), promises.max() <= BlockLayout.greatestPromise,
        candidate.emission <= BlockLayout.greatestEmission,
        row.paths.count < BlockLayout.greatestPaths
      else { return }
      if pathOfLabel[Int(candidate.label)] < 0 {
        pathOfLabel[Int(candidate.label)] = Int32(row.paths.count)
        row.paths.append(path(candidate.label))
      }
      own.order.append(~Int32(own.added.count))
      own.added.append(
        SegmentDraft.Entry(
          path: UInt16(pathOfLabel[Int(candidate.label)]),
          lastLeg: UInt8(candidate.lastLeg), promises: promises,
          from: UInt16(
            clamping: plan.base + Int64(candidate.lastBoarding) - plan.horizon - start)))
    }
    row.rows[row.rows.count - 1] = own
  }
}
