import LogisticsModel
import RouteGraph
import TransitTimes

/// A row being searched again: the search, laws behind last legs, and what is known of old blocks.
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

  let network: NetworkPlanner
  let timingOfLeg: [Int32]
  let plan: ProfilePlan
  let ready: ReadyClass
  /// First ready minute of the segment.
  let start: Int64
  let old: [Old]
  var search: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>
  var arrivals: LastLegArrivals<UInt128>
  /// What has been found.
  var row: RenewedRow
  /// Whether exact arithmetic ended somewhere.
  private(set) var isExhausted = false
  /// By old blocks.
  private var labels: [OldLabels]
  private var pathOfLabel: [Int32: UInt16] = [:]
  private var pathOfOldPath: [[Int: UInt16]]
  private var numberOfSignature: [Int32: Int32] = [:]

  init(
    _ network: NetworkPlanner, timingOfLeg: [Int32], _ plan: ProfilePlan, _ ready: ReadyClass,
    minutes: Range<Int64>, old: [Old],
    _ search: consuming ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>,
    _ arrivals: consuming LastLegArrivals<UInt128>
  ) {
    self.network = network
    self.timingOfLeg = timingOfLeg
    self.plan = plan
    self.ready = ready
    start = minutes.lowerBound
    self.old = old
    labels = []
    self.search = search
    self.arrivals = arrivals
    self.arrivals.removeAll()
    row = RenewedRow(readies: ready.first...min(ready.last, minutes.upperBound - 1))
    pathOfOldPath = old.map { _ in [:] }
    for item in old {
      labels.append(
        OldLabels(item.blocks, self.search, base: plan.base, on: network.bundle.topology))
    }
  }

  var safeBoarding: Int32 { Int32(clamping: ready.first + plan.horizon - plan.base) }
  private var horizon: Int64 { ready.last + plan.horizon }
  /// Minutes from the segment's start to the search's base.
  var shift: Int32 { Int32(truncatingIfNeeded: plan.base - start) }

  /// Whether a label is on a way that meets a change.
  func isMet(_ label: Int32, _ position: Int) -> Bool { labels[position].isMet[Int(label)] }

  /// The old path that a label stands for; negative: none.
  func oldPath(of label: Int32, _ position: Int) -> Int32 {
    let node = labels[position].nodeOfLabel[Int(label)]
    return node < 0 ? -1 : old[position].blocks.pathOfNode[Int(node)]
  }

  /// A label behind a last leg; nil where it cannot be boarded.
  mutating func arrival(of label: Int32, along leg: LegID) -> LastLegArrivals<UInt128>.Arrival? {
    let arrival = arrivals.arrival(
      of: label, timing: timingOfLeg[leg.position], leg: leg, search, on: network.search,
      base: plan.base, horizon: horizon)
    guard arrival.atomCount > 0 else { return nil }
    if arrival.label < 0 { isExhausted = true }
    return arrival
  }

  /// The label that stands for an old path, followed anew where the search dropped it.
  private mutating func label(ofNode node: Int32, _ position: Int) -> Int32? {
    let known = labels[position].labelOfNode[Int(node)]
    if known >= 0 { return known }
    let tree = old[position].blocks.tree
    guard let parent = label(ofNode: tree.parent(of: node), position),
      let made = search.follow(LegID(tree.element(of: node)), after: parent, horizon: horizon)
    else {
      isExhausted = true
      return nil
    }
    labels[position].set(made, ofNode: node)
    return made
  }

  /// Whether a candidate comes before another of as many legs by ``LawOrder``.
  mutating func isFirst(
    _ left: Candidate, _ right: Candidate, legs: [LegID], _ position: Int
  ) -> Bool {
    guard let left = placed(left, legs, position), let right = placed(right, legs, position) else {
      return false
    }
    switch arrivals.arena.order(
      first: left.firstAtom, count: left.atomCount, otherFirst: right.firstAtom,
      otherCount: right.atomCount)
    {
    case .ahead: return true
    case .behind: return false
    case .same:
      return search.arena.precedes(
        leg: left.lastLeg, after: left.label, leg: right.lastLeg, after: right.label,
        among: search.labels)
    }
  }

  /// The candidate with its label and its law at the destination, which one that stands brings not along.
  private mutating func placed(
    _ candidate: Candidate, _ legs: [LegID], _ position: Int
  ) -> Candidate? {
    guard candidate.label < 0 else { return candidate }
    let node = old[position].blocks.nodeOfPath[Int(~candidate.label)]
    guard let label = label(ofNode: node, position),
      let arrival = arrival(of: label, along: legs[Int(candidate.lastLeg)])
    else {
      isExhausted = true
      return nil
    }
    var placed = candidate
    placed.label = label
    placed.firstAtom = arrival.firstAtom
    placed.atomCount = arrival.atomCount
    return placed
  }
}

// MARK: - What is found

extension RowRenewal {
  /// An entry of an old row; its label is its path's, told from those of the search by being negative.
  func standing(
    _ entry: SegmentDraft.Entry, signature: Int32, isOpen: Bool, _ position: Int, needed: UInt64
  ) -> Candidate {
    let segment = old[position].blocks.segment
    let path = Int(entry.path)
    let legs = Int32(segment.pathStarts[path + 1] - segment.pathStarts[path])
    let boarded = Int64(entry.from) + start + plan.horizon - plan.base
    return Candidate(
      label: ~Int32(path), lastLeg: Int32(entry.lastLeg), signature: signature,
      promises: entry.promises &- SIMD4(repeating: shift),
      emission: segment.pathEmissions[path], legs: legs + 1, needed: needed,
      lastBoarding: isOpen ? Int32(truncatingIfNeeded: boarded) : safeBoarding, firstAtom: -1,
      atomCount: 0)
  }

  /// Notes the row of a class; one that does not fit is left out.
  mutating func note(
    _ candidates: [Candidate], of destination: Int, _ position: Int?,
    charges: (Int32) -> ArraySlice<Int32>,
    clearance: (_ label: Int32, _ legs: [Int32], borrowing RowRenewal) -> PathClearance
  ) {
    var entries: [SegmentDraft.Entry] = []
    entries.reserveCapacity(candidates.count)
    for candidate in candidates {
      let promises = candidate.promises &+ SIMD4(repeating: shift)
      guard candidate.lastLeg <= Int32(UInt8.max), promises.max() <= BlockLayout.greatestPromise,
        candidate.emission <= BlockLayout.greatestEmission,
        let path = path(of: candidate, position, clearance)
      else { return }
      entries.append(
        SegmentDraft.Entry(
          path: path, signature: number(of: candidate.signature, charges),
          lastLeg: UInt8(candidate.lastLeg), promises: promises,
          from: UInt16(
            clamping: plan.base + Int64(candidate.lastBoarding) - plan.horizon - start)))
    }
    row.rows[destination] = SegmentDraft.Row(
      entries: entries, isOpen: candidates.contains { $0.lastBoarding > safeBoarding })
  }

  private mutating func number(
    of signature: Int32, _ charges: (Int32) -> ArraySlice<Int32>
  ) -> Int32 {
    if let known = numberOfSignature[signature] { return known }
    let next = Int32(row.signatures.count)
    numberOfSignature[signature] = next
    row.signatures.append(Array(charges(signature)))
    return next
  }

  private mutating func path(
    of candidate: Candidate, _ position: Int?,
    _ clearance: (_ label: Int32, _ legs: [Int32], borrowing RowRenewal) -> PathClearance
  ) -> UInt16? {
    guard row.paths.count < BlockLayout.greatestPaths else { return nil }
    let next = UInt16(row.paths.count)
    if candidate.label < 0, let position {
      let path = Int(~candidate.label)
      if let known = pathOfOldPath[position][path] { return known }
      pathOfOldPath[position][path] = next
      let (blocks, row) = (old[position].blocks, old[position].row)
      self.row.paths.append(
        RenewedRow.Path(
          legs: blocks.segment.legs(ofPath: path), emission: blocks.segment.pathEmissions[path],
          clearance: blocks.segment.clearance(ofPath: path, row: row)))
      return next
    }
    if let known = pathOfLabel[candidate.label] { return known }
    pathOfLabel[candidate.label] = next
    let label = search.labels[Int(candidate.label)]
    let legs = search.legs(of: label).map(\.rawValue)
    row.paths.append(
      RenewedRow.Path(
        legs: legs, emission: label.emission, clearance: clearance(candidate.label, legs, self)))
    return next
  }
}
