import LogisticsModel
import RouteGraph

/// One segment to be repaired: which rows of which blocks are searched again, and where the others come from.
struct SegmentRepair: Sendable {
  /// A row of the segment as it will be.
  struct Row: Sendable {
    let ready: ReadyClass
    /// Its ready minutes in the segment.
    let readies: ClosedRange<Int64>
    /// The row of the same ready minutes in each of the old blocks; nil: there is none.
    let old: [Int?]
    /// Classes to be searched again, ascending.
    let wanted: [RowRenewal.Wanted]

    /// What a search finds; nil where it meets an obstacle.
    func renewed(
      _ plan: SegmentRepair, _ engine: QuoteEngine, _ profiles: inout OriginProfiles
    ) -> RenewedRow? {
      // Old blocks without this row are of no use to it: their positions are given to none of the wanted.
      let usable = old.indices.filter { old[$0] != nil }
      return profiles.renewed(
        origin: plan.origin, ready: ready, minutes: plan.minutes,
        old: usable.compactMap { position in
          old[position].map { RowRenewal.Old(blocks: plan.old[position], row: $0) }
        },
        wanted.map { own in
          RowRenewal.Wanted(
            destination: own.destination, old: own.old.flatMap { usable.firstIndex(of: $0) })
        })
    }
  }

  let segment: Int
  let origin: NodeID
  /// Ready minutes of the segment.
  let minutes: Range<Int64>
  /// Blocks from before: those built first, where there are any, and those of the last repair or built when missed.
  let old: [OldBlocks]
  /// Classes to be repaired, ascending, and which of the old blocks hold each.
  let classes: [RowRenewal.Wanted]
  let rows: [Row]

  /// Nil where the origin has too many ready classes.
  init?(
    _ engine: QuoteEngine, _ segment: Int, _ state: SegmentState, _ changes: RepairChanges,
    rebuildsAll: Bool
  ) {
    let days = engine.scope.days
    let origin = engine.frame.origins[segment / days]
    let minutes = engine.scope.minutes(ofDay: segment % days)
    let search = engine.network.search
    guard let readyClasses = OriginProfiles.readyClasses(at: origin, within: minutes, on: search)
    else { return nil }
    // Those built first against all changes, those built later against what changed since.
    var old: [OldBlocks] = []
    var lists: [[LegChange]] = []
    if let base = engine.ground.segments[segment] {
      old.append(OldBlocks(base, changes.met, on: search))
      lists.append(changes.all)
    }
    if let patch = state.patch {
      old.append(OldBlocks(patch, ChangedMinutes(state.news, on: engine.network), on: search))
      lists.append(state.news)
    }
    let readies = readyClasses.map { $0.first...min($0.last, minutes.upperBound - 1) }
    let oldRows = readies.map { own in old.map { rebuildsAll ? nil : $0.row(own) } }
    let improved = readyClasses.map { ready in
      lists.map { changes.improved($0, from: origin, ready: ready.first) }
    }
    var wanted = [[RowRenewal.Wanted]](repeating: [], count: readies.count)
    classes = state.hidden.bits.map { destination in
      // By old blocks: the rows in which the class is to be searched again.
      let concerned = old.indices.map { position -> [Int]? in
        guard old[position].segment.index[destination] != BlockLayout.absent else { return nil }
        return readies.indices.filter { row in
          guard let oldRow = oldRows[row][position] else { return true }
          return improved[row][position]?.contains(bit: destination) ?? false
            || old[position].met[oldRow].map {
              old[position].segment.hasCandidate(in: destination, row: oldRow, onPath: $0)
            } ?? false
        }
      }
      let best = old.indices.filter { concerned[$0] != nil }
        .min { (concerned[$0]?.count ?? 0) < (concerned[$1]?.count ?? 0) }
      for row in best.flatMap({ concerned[$0] }) ?? Array(readies.indices) {
        let known = best.flatMap { oldRows[row][$0] == nil ? nil : $0 }
        wanted[row].append(RowRenewal.Wanted(destination: destination, old: known))
      }
      return RowRenewal.Wanted(destination: destination, old: best)
    }
    rows = readyClasses.indices.map {
      Row(ready: readyClasses[$0], readies: readies[$0], old: oldRows[$0], wanted: wanted[$0])
    }
    self.old = old
    self.segment = segment
    self.origin = origin
    self.minutes = minutes
  }

  /// The blocks of all classes to be repaired.
  ///
  /// - Parameters:
  ///   - renewed: what was searched again, by row.
  ///   - classCount: number of destination classes.
  /// - Complexity: O(candidates)
  func patch(_ renewed: [Int: RenewedRow], classCount: Int) -> FinishedSegment {
    var draft = SegmentDraft(start: minutes.lowerBound)
    var charges = SequenceTree()
    let stored: [[Int32]] = classes.map { own in
      own.old.map { position in
        old[position].segment.storedSignatures(of: own.destination) {
          charges.adding($0, to: $1)
        }
      } ?? []
    }
    for (position, row) in rows.enumerated() {
      var joined = JoinedRow(old.map { $0.segment.pathEmissions.count })
      var blocks = [SegmentDraft.Row?](repeating: nil, count: classCount)
      let found = renewed[position]
      let foundSignatures =
        found?.signatures.map { $0.reduce(SequenceTree.root) { charges.adding($1, to: $0) } } ?? []
      let isWanted = Set(row.wanted.map(\.destination))
      for (number, own) in classes.enumerated() {
        if isWanted.contains(own.destination) {
          guard let found, let renewedRow = found.rows[own.destination] else { continue }
          blocks[own.destination] = joined.row(
            renewedRow, foundSignatures, from: found, into: &draft)
        } else if let source = own.old, let oldRow = row.old[source],
          let storedRow = old[source].segment.storedRow(oldRow, of: own.destination)
        {
          blocks[own.destination] = joined.row(
            storedRow, stored[number], of: old[source].segment, source, row: oldRow, into: &draft)
        }
      }
      draft.append(row.readies, blocks)
    }
    let lists = (0..<charges.count).map { charges.sequence(to: Int32($0)) }
    return draft.finished(classCount: classCount) { lists[Int($0)][...] }
  }
}

/// One row of a draft put together from old rows and new ones.
private struct JoinedRow {
  /// By old blocks, then by path there: its number in the draft; negative: not met yet.
  private var ofOldPath: [[Int32]]
  private var ofNewPath: [Int32] = []

  init(_ pathCounts: [Int]) { ofOldPath = pathCounts.map { Array(repeating: -1, count: $0) } }

  /// A row from before, its numbers those of the draft; nil where there are too many paths.
  mutating func row(
    _ row: SegmentDraft.Row, _ signatures: [Int32], of segment: BlockSegment, _ source: Int,
    row position: Int, into draft: inout SegmentDraft
  ) -> SegmentDraft.Row? {
    var joined = row
    for place in joined.entries.indices {
      let path = Int(joined.entries[place].path)
      if ofOldPath[source][path] < 0 {
        guard
          let number = draft.path(
            segment.legs(ofPath: path), emission: segment.pathEmissions[path])
        else { return nil }
        draft.setClearance(segment.clearance(ofPath: path, row: position), ofPath: Int(number))
        ofOldPath[source][path] = Int32(number)
      }
      joined.entries[place].path = UInt16(ofOldPath[source][path])
      joined.entries[place].signature = signatures[Int(joined.entries[place].signature)]
    }
    return joined
  }

  /// A row searched again, likewise.
  mutating func row(
    _ row: SegmentDraft.Row, _ signatures: [Int32], from found: RenewedRow,
    into draft: inout SegmentDraft
  ) -> SegmentDraft.Row? {
    if ofNewPath.isEmpty { ofNewPath = Array(repeating: -1, count: found.paths.count) }
    var joined = row
    for place in joined.entries.indices {
      let path = Int(joined.entries[place].path)
      if ofNewPath[path] < 0 {
        let own = found.paths[path]
        guard let number = draft.path(own.legs, emission: own.emission) else { return nil }
        draft.setClearance(own.clearance, ofPath: Int(number))
        ofNewPath[path] = Int32(number)
      }
      joined.entries[place].path = UInt16(ofNewPath[path])
      joined.entries[place].signature = signatures[Int(joined.entries[place].signature)]
    }
    return joined
  }
}

extension RepairWork {
  mutating func add(_ plan: SegmentRepair) {
    segments += 1
    rows += plan.rows.count
    for row in plan.rows {
      if !row.wanted.isEmpty { rowsSearched += 1 }
      blockRowsSearched += row.wanted.count
      blockRowsKept += plan.classes.count - row.wanted.count
    }
  }
}
