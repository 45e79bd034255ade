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
  private var numberOfSignature: [Int32: Int32] = [:]
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

  /// Notes the row of a class; one that does not fit is left out.
  ///
  /// - Parameters:
  ///   - candidates: in order; those that stand have their position in the old row, inverted, for a label.
  ///   - destination: the class.
  ///   - members: charge classes of a signature.
  ///   - path: legs, emission and clearance of a label.
  mutating func note(
    _ candidates: [Candidate], of destination: Int, members: (Int32) -> ArraySlice<Int32>,
    path: (Int32) -> RenewedRow.Path
  ) {
    var own = RenewedRow.Row()
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
          signature: number(of: candidate.signature, members),
          lastLeg: UInt8(candidate.lastLeg), promises: promises,
          from: UInt16(
            clamping: plan.base + Int64(candidate.lastBoarding) - plan.horizon - start)))
    }
    row.rows[destination] = own
  }

  private mutating func number(
    of signature: Int32, _ members: (Int32) -> ArraySlice<Int32>
  ) -> Int32 {
    if let known = numberOfSignature[signature] { return known }
    let next = Int32(row.signatures.count)
    numberOfSignature[signature] = next
    row.signatures.append(Array(members(signature)))
    return next
  }
}
