import LogisticsModel
import RouteGraph

/// A segment put together from rows carried over and rows searched again.
///
/// Stored candidates are laid out as they were, only with other numbers of their paths.
struct RowJoining {
  private let plan: SegmentRepair
  private let scope: BundleChargeScope
  private var paths = SegmentPaths()
  private var blocks = BlockBytes()
  /// By old blocks.
  private var oldPaths: [OldPaths]
  /// By row: what was searched again, and numbers of its new paths.
  private let found: [RenewedRow?]
  private var newPaths: [[UInt16?]]
  private let classCount: Int
  private var counts: [Int] = []

  /// The paths of old blocks as the new ones number them.
  private struct OldPaths {
    /// Negative: not met yet.
    var numbers: [Int32]
    /// Rows whose clearance is set, one bit each.
    var cleared: [UInt64]
  }

  /// Prepares; `renewed` is by row.
  init(_ plan: SegmentRepair, _ renewed: [Int: RenewedRow], _ frame: EngineFrame) {
    self.plan = plan
    scope = frame.charges
    classCount = frame.destinations.count
    found = plan.rows.indices.map { renewed[$0] }
    newPaths = found.map { Array(repeating: nil, count: $0?.paths.count ?? 0) }
    oldPaths = plan.old.map {
      OldPaths(
        numbers: Array(repeating: -1, count: $0.nodeOfPath.count),
        cleared: Array(repeating: 0, count: $0.nodeOfPath.count))
    }
  }

  /// The segment; a class of which nothing was found, or whose paths are too many, is left without a block.
  consuming func finished() -> FinishedSegment {
    var index = [UInt32](repeating: BlockLayout.absent, count: classCount)
    // By row: how many of the classes wanted have had their turn.
    var turns = [Int](repeating: 0, count: plan.rows.count)
    for own in plan.classes {
      let start = blocks.beginBlock(rows: plan.rows.count)
      let before = counts.count
      var isWhole = true
      for (position, row) in plan.rows.enumerated() {
        let turn = turns[position]
        let isWanted = turn < row.wanted.count && row.wanted[turn].destination == own.destination
        if isWanted { turns[position] += 1 }
        guard isWhole else { continue }
        isWhole =
          isWanted
          ? join(turn, position, ofBlockAt: start) : carry(own, position, ofBlockAt: start)
      }
      if isWhole {
        index[own.destination] = UInt32(start / 8)
      } else {
        blocks.removeAll(from: start)
        counts.removeSubrange(before...)
      }
    }
    return FinishedSegment(
      plan.rows.map(\.readies), index: index, blocks: blocks, paths: paths, candidateCounts: counts)
  }

  /// Lays out the stored row as it was; false where there is none.
  private mutating func carry(
    _ own: RowRenewal.Wanted, _ position: Int, ofBlockAt start: Int
  ) -> Bool {
    guard let old = own.old, let oldRow = plan.rows[position].old[old],
      let stored = plan.old[old].segment.row(oldRow, of: own.destination)
    else { return false }
    blocks.beginRow(
      position, ofBlockAt: start, candidates: stored.count, isOpen: stored.isOpen,
      lists: stored.hasLists ? Shortlisting.Lists(stored) : nil)
    for place in 0..<stored.count {
      guard append(CandidateView(stored, place), old, oldRow, position) else { return false }
    }
    if stored.isOpen {
      for place in 0..<stored.count { blocks.append(UInt16(stored.from(place))) }
    }
    counts.append(stored.count)
    return true
  }

  /// Lays out what of the stored row stands, and what is new; false where nothing was found.
  private mutating func join(_ turn: Int, _ position: Int, ofBlockAt start: Int) -> Bool {
    let wanted = plan.rows[position].wanted[turn]
    guard let joined = found[position]?.rows[turn] else { return false }
    let old = wanted.old ?? 0
    let oldRow = wanted.old.flatMap { plan.rows[position].old[$0] }
    let stored = oldRow.flatMap { plan.old[old].segment.row($0, of: wanted.destination) }
    blocks.beginRow(
      position, ofBlockAt: start, candidates: joined.order.count, isOpen: joined.isOpen,
      lists: joined.lists)
    for place in joined.order {
      if place >= 0 {
        guard let stored, let oldRow,
          append(CandidateView(stored, Int(place)), old, oldRow, position)
        else { return false }
        continue
      }
      let entry = joined.added[Int(~place)]
      guard let path = number(ofNew: Int(entry.path), position) else { return false }
      blocks.append(
        path: path, signature: paths.signatureOf[Int(path)], lastLeg: entry.lastLeg,
        promises: entry.promises)
    }
    if joined.isOpen {
      for place in joined.order {
        let from =
          place < 0
          ? joined.added[Int(~place)].from
          : stored.map { $0.isOpen ? UInt16($0.from(Int(place))) : 0 } ?? 0
        blocks.append(from)
      }
    }
    counts.append(joined.order.count)
    return true
  }

  /// Appends a stored candidate; false where there are too many paths.
  private mutating func append(
    _ candidate: CandidateView, _ old: Int, _ oldRow: Int, _ position: Int
  ) -> Bool {
    let path = candidate.path
    if oldPaths[old].numbers[path] < 0 {
      let segment = plan.old[old].segment
      let legs = segment.legs(ofPath: path)
      guard
        let made = paths.number(
          of: legs, emission: segment.emission(ofPath: path), charges: scope.charges(of: legs)[...])
      else { return false }
      oldPaths[old].numbers[path] = Int32(made)
    }
    let number = oldPaths[old].numbers[path]
    if oldPaths[old].cleared[path] >> UInt64(position) & 1 == 0 {
      oldPaths[old].cleared[path] |= 1 << UInt64(position)
      paths.setClearance(
        plan.old[old].segment.clearance(ofPath: path, row: oldRow), ofPath: Int(number),
        row: position)
    }
    blocks.append(
      candidate, path: UInt16(number), signature: paths.signatureOf[Int(number)])
    return true
  }

  /// The number of a path of a row searched again; nil where there are too many.
  private mutating func number(ofNew path: Int, _ position: Int) -> UInt16? {
    if let known = newPaths[position][path] { return known }
    guard let own = found[position]?.paths[path],
      let made = paths.number(of: own.legs, emission: own.emission, charges: own.charges[...])
    else { return nil }
    paths.setClearance(own.clearance, ofPath: Int(made), row: position)
    newPaths[position][path] = made
    return made
  }
}
