import LogisticsModel
import RouteGraph

/// A segment put together from rows carried over and rows searched again.
struct RowJoining {
  private let plan: SegmentRepair
  private let scope: BundleChargeScope
  private var draft: SegmentDraft
  /// By old blocks, then by path there: its number in the draft; negative: not met yet.
  private var numberOfPath: [[Int32]]
  private var stored = StoredRow()
  private let classCount: Int

  init(_ plan: SegmentRepair, _ frame: EngineFrame) {
    self.plan = plan
    scope = frame.charges
    classCount = frame.destinations.count
    draft = SegmentDraft(start: plan.minutes.lowerBound)
    numberOfPath = plan.old.map { Array(repeating: -1, count: $0.nodeOfPath.count) }
  }

  /// Adds the next row; a class of which nothing was found, or whose paths are too many, is left without a block.
  mutating func append(_ position: Int, _ found: RenewedRow?) {
    let row = plan.rows[position]
    // Clearances differ from row to row.
    for old in numberOfPath.indices {
      for path in numberOfPath[old].indices { numberOfPath[old][path] = -1 }
    }
    var new = NewPaths(found)
    var next = 0
    var blocks = [SegmentDraft.Row?](repeating: nil, count: classCount)
    for own in plan.classes {
      let isWanted =
        next < row.wanted.count && row.wanted[next].destination == own.destination
      let old = isWanted ? row.wanted[next].old : own.old
      if isWanted { next += 1 }
      if let old, let oldRow = row.old[old] {
        guard plan.old[old].segment.take(row: oldRow, of: own.destination, into: &stored) else {
          continue
        }
      }
      if !isWanted {
        guard let old, let oldRow = row.old[old] else { continue }
        blocks[own.destination] = carried(old, oldRow)
      } else if let joined = found?.rows[own.destination] {
        blocks[own.destination] = self.joined(joined, &new, old ?? 0, row)
      }
    }
    draft.append(row.readies, blocks)
  }

  /// The segment.
  consuming func finished() -> FinishedSegment { draft.finished(classCount: classCount) }

  /// The stored row as it was.
  private mutating func carried(_ old: Int, _ row: Int) -> SegmentDraft.Row? {
    var entries: [SegmentDraft.Entry] = []
    entries.reserveCapacity(stored.candidates.count)
    for place in stored.candidates.indices {
      guard let entry = entry(place, old, row) else { return nil }
      entries.append(entry)
    }
    return SegmentDraft.Row(entries: entries, isOpen: stored.isOpen, lists: stored.lists)
  }

  /// What of the stored row stands, and what is new.
  private mutating func joined(
    _ joined: RenewedRow.Row, _ new: inout NewPaths, _ old: Int,
    _ row: SegmentRepair.Row
  ) -> SegmentDraft.Row? {
    var entries: [SegmentDraft.Entry] = []
    entries.reserveCapacity(joined.order.count)
    for place in joined.order {
      if place >= 0 {
        guard let entry = entry(Int(place), old, row.old[old] ?? 0) else { return nil }
        entries.append(entry)
        continue
      }
      var entry = joined.added[Int(~place)]
      guard let path = new.number(of: Int(entry.path), in: &draft) else { return nil }
      entry.path = path
      entries.append(entry)
    }
    return SegmentDraft.Row(entries: entries, isOpen: joined.isOpen, lists: joined.lists)
  }

  /// One candidate of the stored row, its numbers those of the draft; nil where there are too many paths.
  private mutating func entry(_ place: Int, _ old: Int, _ row: Int) -> SegmentDraft.Entry? {
    let own = stored.candidates[place]
    let path = Int(own.path)
    if numberOfPath[old][path] < 0 {
      let segment = plan.old[old].segment
      let legs = segment.legs(ofPath: path)
      guard
        let made = draft.path(
          legs, emission: segment.emission(ofPath: path), charges: scope.charges(of: legs)[...])
      else { return nil }
      draft.setClearance(segment.clearance(ofPath: path, row: row), ofPath: Int(made))
      numberOfPath[old][path] = Int32(made)
    }
    return SegmentDraft.Entry(
      path: UInt16(numberOfPath[old][path]), lastLeg: own.lastLeg, promises: own.promises,
      from: own.from)
  }
}

/// The paths of a row searched again, as a draft numbers them.
private struct NewPaths {
  private let paths: [RenewedRow.Path]
  private var numbers: [UInt16?]

  init(_ found: RenewedRow?) {
    paths = found?.paths ?? []
    numbers = Array(repeating: nil, count: paths.count)
  }

  /// Nil where there are too many paths.
  mutating func number(of path: Int, in draft: inout SegmentDraft) -> UInt16? {
    if let known = numbers[path] { return known }
    let own = paths[path]
    guard let made = draft.path(own.legs, emission: own.emission, charges: own.charges[...]) else {
      return nil
    }
    draft.setClearance(own.clearance, ofPath: Int(made))
    numbers[path] = made
    return made
  }
}
