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
  ///   - frame: under which it was.
  /// - Returns: a segment without blocks for other classes.
  /// - Complexity: O(candidates)
  func patch(_ renewed: [Int: RenewedRow], _ frame: EngineFrame) -> FinishedSegment {
    RowJoining(self, renewed, frame).finished()
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
