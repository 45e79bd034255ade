import LogisticsModel
import RouteGraph
import TransitTimes

/// The blocks of one origin and one day being put together, row by row.
struct SegmentDraft {
  /// What a candidate is, without reference to the search it was found by.
  struct Entry {
    var path: UInt16
    var lastLeg: UInt8
    var promises: SIMD4<Int32>
    /// Minutes from the segment's start before which it is boarded past the horizon.
    var from: UInt16
  }

  /// One row of one destination class.
  struct Row {
    var entries: [Entry]
    var isOpen: Bool
    /// Who can win for compact parcels; nil: not known.
    var lists: Shortlisting.Lists?
  }

  /// First ready minute of the segment: promises count from it.
  let start: Int64
  private(set) var readies: [ClosedRange<Int64>] = []
  /// By row, then by destination class; nil: nothing is known.
  private var rows: [[Row?]] = []
  private var paths = SegmentPaths()

  init(start: Int64) { self.start = start }

  /// The number of a path, new or known; nil when there are too many, or a charge class has too high a number.
  mutating func path(
    _ key: [Int32], emission: Int64, charges: @autoclosure () -> ArraySlice<Int32>
  ) -> UInt16? {
    paths.number(of: key, emission: emission, charges: charges())
  }

  /// Says when and where a path clears customs that is taken from the row about to be added.
  mutating func setClearance(_ clearance: PathClearance, ofPath path: Int) {
    paths.setClearance(clearance, ofPath: path, row: readies.count)
  }

  /// Adds the rows of all destination classes for some ready minutes, later than those before.
  mutating func append(_ ready: ClosedRange<Int64>, _ classes: [Row?]) {
    readies.append(ready)
    rows.append(classes)
  }

  /// The segment as sections of a file, and counts for reports.
  ///
  /// - Parameter classCount: number of destination classes.
  /// - Returns: the segment.
  func finished(classCount: Int) -> FinishedSegment {
    var index = [UInt32](repeating: BlockLayout.absent, count: classCount)
    var blocks = BlockBytes()
    var counts: [Int] = []
    for destination in 0..<classCount where rows.allSatisfy({ $0[destination] != nil }) {
      let own = rows.compactMap { $0[destination] }
      let start = blocks.beginBlock(rows: own.count)
      index[destination] = UInt32(start / 8)
      for (position, row) in own.enumerated() {
        blocks.append(row, position, ofBlockAt: start, signatures: paths.signatureOf)
        counts.append(row.entries.count)
      }
    }
    return FinishedSegment(
      readies, index: index, blocks: blocks, paths: paths, candidateCounts: counts)
  }
}

extension BlockBytes {
  fileprivate mutating func append(
    _ row: SegmentDraft.Row, _ position: Int, ofBlockAt start: Int, signatures: [UInt16]
  ) {
    beginRow(
      position, ofBlockAt: start, candidates: row.entries.count, isOpen: row.isOpen,
      lists: row.lists)
    for entry in row.entries {
      append(
        path: entry.path, signature: signatures[Int(entry.path)], lastLeg: entry.lastLeg,
        promises: entry.promises)
    }
    if row.isOpen {
      for entry in row.entries { append(entry.from) }
    }
  }
}

/// A segment ready to be used or written.
struct FinishedSegment: Sendable {
  let rows: [Int64]
  let index: [UInt32]
  let blocks: [UInt8]
  let pathStarts: [UInt32]
  let pathLegs: [Int32]
  let emissions: [Int64]
  let signatureOf: [UInt16]
  let signatures: [UInt16]
  let clearances: [UInt64]
  let clearanceOf: [UInt16]
  /// Candidates of each row of each block.
  let candidateCounts: [Int]

  init(
    _ readies: [ClosedRange<Int64>], index: [UInt32], blocks: BlockBytes, paths: SegmentPaths,
    candidateCounts: [Int]
  ) {
    let distinct = paths.distinctClearances(rows: readies.count)
    rows = readies.flatMap { [$0.lowerBound, $0.upperBound] }
    self.index = index
    self.blocks = blocks.bytes
    pathStarts = paths.starts
    pathLegs = paths.legs
    emissions = paths.emissions
    signatureOf = paths.signatureOf
    signatures = paths.signatureWords
    clearances = distinct.each
    clearanceOf = distinct.ofPath
    self.candidateCounts = candidateCounts
  }
}
