import LogisticsModel
import RouteGraph

/// A segment put together from rows carried over and rows searched again.
struct RowJoining {
  private let plan: SegmentRepair
  private let scope: BundleChargeScope
  /// Charge class of each last leg, by destination class to be repaired.
  private let lastCharges: [[Int32]]
  private var draft: SegmentDraft
  /// Signatures: charge classes in ascending order.
  private var charges = SequenceTree()
  /// By signature without the last leg, then by charge class of the last leg.
  private var extensions = PairTable()
  /// By old blocks, then by path there: its number in the draft, and its charges; negative: not met yet.
  private var numberOfPath: [[Int32]]
  private var chargesOfPath: [[Int32]]
  private var stored = StoredRow()
  private let classCount: Int

  init(_ plan: SegmentRepair, _ frame: EngineFrame) {
    self.plan = plan
    scope = frame.charges
    classCount = frame.destinations.count
    let incoming = frame.network.bundle.topology.incoming
    lastCharges = plan.classes.map { [scope] own in
      incoming.legs(of: frame.destinations.representatives[own.destination]).map {
        scope.chargeClass(of: $0.position)
      }
    }
    draft = SegmentDraft(start: plan.minutes.lowerBound)
    numberOfPath = plan.old.map { Array(repeating: -1, count: $0.nodeOfPath.count) }
    chargesOfPath = numberOfPath
  }

  /// Adds the next row; a class of which nothing was found, or whose paths are too many, is left without a block.
  mutating func append(_ position: Int, _ found: RenewedRow?) {
    let row = plan.rows[position]
    // Clearances differ from row to row.
    for old in numberOfPath.indices {
      for path in numberOfPath[old].indices { numberOfPath[old][path] = -1 }
    }
    var new = NewPaths(found)
    new.signatures = found?.signatures.map { charges.adding($0) } ?? []
    var next = 0
    var blocks = [SegmentDraft.Row?](repeating: nil, count: classCount)
    for (number, own) in plan.classes.enumerated() {
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
        blocks[own.destination] = carried(number, old, oldRow)
      } else if let joined = found?.rows[own.destination] {
        blocks[own.destination] = self.joined(joined, &new, number, old ?? 0, row)
      }
    }
    draft.append(row.readies, blocks)
  }

  /// The segment.
  consuming func finished() -> FinishedSegment {
    let lists = (0..<charges.count).map { charges.sequence(to: Int32($0)) }
    return draft.finished(classCount: classCount) { lists[Int($0)][...] }
  }

  /// The stored row as it was.
  private mutating func carried(_ number: Int, _ old: Int, _ row: Int) -> SegmentDraft.Row? {
    var entries: [SegmentDraft.Entry] = []
    entries.reserveCapacity(stored.candidates.count)
    for place in stored.candidates.indices {
      guard let entry = entry(place, number, old, row) else { return nil }
      entries.append(entry)
    }
    return SegmentDraft.Row(entries: entries, isOpen: stored.isOpen)
  }

  /// What of the stored row stands, and what is new.
  private mutating func joined(
    _ joined: RenewedRow.Row, _ new: inout NewPaths, _ number: Int, _ old: Int,
    _ row: SegmentRepair.Row
  ) -> SegmentDraft.Row? {
    var entries: [SegmentDraft.Entry] = []
    entries.reserveCapacity(joined.order.count)
    for place in joined.order {
      if place >= 0 {
        guard let entry = entry(Int(place), number, old, row.old[old] ?? 0) else { return nil }
        entries.append(entry)
        continue
      }
      var entry = joined.added[Int(~place)]
      guard let path = new.number(of: Int(entry.path), in: &draft) else { return nil }
      entry.path = path
      entry.signature = new.signatures[Int(entry.signature)]
      entries.append(entry)
    }
    return SegmentDraft.Row(entries: entries, isOpen: joined.isOpen)
  }

  /// One candidate of the stored row, its numbers those of the draft; nil where there are too many paths.
  private mutating func entry(
    _ place: Int, _ number: Int, _ old: Int, _ row: Int
  ) -> SegmentDraft.Entry? {
    let own = stored.candidates[place]
    let path = Int(own.path)
    if numberOfPath[old][path] < 0 {
      let segment = plan.old[old].segment
      let legs = segment.legs(ofPath: path)
      guard let made = draft.path(legs, emission: segment.pathEmissions[path]) else { return nil }
      draft.setClearance(segment.clearance(ofPath: path, row: row), ofPath: Int(made))
      numberOfPath[old][path] = Int32(made)
      if chargesOfPath[old][path] < 0 {
        chargesOfPath[old][path] = charges.adding(scope.charges(of: legs))
      }
    }
    return SegmentDraft.Entry(
      path: UInt16(numberOfPath[old][path]),
      signature: signature(
        chargesOfPath[old][path], with: lastCharges[number][Int(own.lastLeg)]),
      lastLeg: own.lastLeg, promises: own.promises, from: own.from)
  }

  private mutating func signature(_ prefix: Int32, with charge: Int32) -> Int32 {
    if charge < 0 { return prefix }
    if let known = extensions[prefix, charge] { return known }
    let made = charges.adding((charges.sequence(to: prefix) + [charge]).sorted())
    extensions[prefix, charge] = made
    return made
  }
}

/// The paths of a row searched again, as a draft numbers them.
private struct NewPaths {
  private let paths: [RenewedRow.Path]
  private var numbers: [UInt16?]
  var signatures: [Int32] = []

  init(_ found: RenewedRow?) {
    paths = found?.paths ?? []
    numbers = Array(repeating: nil, count: paths.count)
  }

  /// Nil where there are too many paths.
  mutating func number(of path: Int, in draft: inout SegmentDraft) -> UInt16? {
    if let known = numbers[path] { return known }
    let own = paths[path]
    guard let made = draft.path(own.legs, emission: own.emission) else { return nil }
    draft.setClearance(own.clearance, ofPath: Int(made))
    numbers[path] = made
    return made
  }
}
