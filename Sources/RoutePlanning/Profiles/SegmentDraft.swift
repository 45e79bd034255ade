import LogisticsModel
import RouteGraph
import TransitTimes

/// The blocks of one origin and one day being put together, row by row.
struct SegmentDraft {
  /// What a candidate is, without reference to the search it was found by.
  struct Entry {
    var path: UInt16
    /// Its charges, as the search's signatures number them.
    var signature: Int32
    var lastLeg: UInt8
    var promises: SIMD4<Int32>
    /// Minutes from the segment's start before which it is boarded past the horizon.
    var from: UInt16
  }

  /// One row of one destination class.
  struct Row {
    var entries: [Entry]
    var isOpen: Bool
  }

  /// First ready minute of the segment: promises count from it.
  let start: Int64
  private(set) var readies: [ClosedRange<Int64>] = []
  /// By row, then by destination class; nil: nothing is known.
  private var rows: [[Row?]] = []
  private var paths: [[Int32]: UInt16] = [:]
  private var pathStarts: [UInt32] = [0]
  private var pathLegs: [Int32] = []
  private var pathEmissions: [Int64] = []
  /// By row, then by path as far as they are known.
  private var clearances: [[PathClearance]] = []

  init(start: Int64) { self.start = start }

  /// The number of a path, new or known; nil when there are too many.
  mutating func path(_ key: [Int32], emission: Int64) -> UInt16? {
    if let known = paths[key] { return known }
    guard paths.count < BlockLayout.greatestPaths else { return nil }
    let next = UInt16(paths.count)
    paths[key] = next
    pathLegs += key
    pathStarts.append(UInt32(pathLegs.count))
    pathEmissions.append(emission)
    return next
  }

  /// Says when and where a path clears customs that is taken from the row about to be added.
  mutating func setClearance(_ clearance: PathClearance, ofPath path: Int) {
    while clearances.count <= readies.count { clearances.append([]) }
    let missing = path + 1 - clearances[readies.count].count
    if missing > 0 {
      clearances[readies.count] += Array(repeating: .unknown, count: missing)
    }
    clearances[readies.count][path] = clearance
  }

  /// Adds the rows of all destination classes for some ready minutes, later than those before.
  mutating func append(_ ready: ClosedRange<Int64>, _ classes: [Row?]) {
    readies.append(ready)
    rows.append(classes)
  }

  /// The segment as sections of a file, and counts for reports.
  ///
  /// - Parameters:
  ///   - classCount: number of destination classes.
  ///   - widestNarrow: most charge classes of a block that one byte numbers (tests make it small).
  ///   - charges: the charge classes of a signature.
  /// - Returns: the segment.
  func finished(
    classCount: Int, widestNarrow: Int = 256, charges: (Int32) -> ArraySlice<Int32>
  ) -> FinishedSegment {
    var index = [UInt32](repeating: BlockLayout.absent, count: classCount)
    var blocks = BlockBytes()
    var counts: [Int] = []
    for destination in 0..<classCount where rows.allSatisfy({ $0[destination] != nil }) {
      let own = rows.map { $0[destination] }
      blocks.align(8)
      index[destination] = UInt32(blocks.count / 8)
      encode(own.compactMap { $0 }, into: &blocks, widestNarrow: widestNarrow, charges)
      counts += own.map { $0?.entries.count ?? 0 }
    }
    return FinishedSegment(
      rows: readies.flatMap { [$0.lowerBound, $0.upperBound] }, index: index, blocks: blocks.bytes,
      pathStarts: pathStarts, pathLegs: pathLegs, pathEmissions: pathEmissions,
      clearances: clearanceBits, candidateCounts: counts)
  }

  /// Path after path, each with its rows.
  private var clearanceBits: [UInt64] {
    var bits = [UInt64](repeating: PathClearance.unknown.bits, count: paths.count * readies.count)
    for (row, own) in clearances.enumerated() {
      for (path, clearance) in own.enumerated() {
        bits[path * readies.count + row] = clearance.bits
      }
    }
    return bits
  }

  private func encode(
    _ rows: [Row], into blocks: inout BlockBytes, widestNarrow: Int,
    _ charges: (Int32) -> ArraySlice<Int32>
  ) {
    var slotOf: [Int32: Int] = [:]
    var classes: [UInt16] = [.max]
    var signatureOf: [Int32: Int] = [:]
    var signatures: [ArraySlice<Int32>] = []
    for entry in rows.lazy.flatMap(\.entries) where signatureOf[entry.signature] == nil {
      signatureOf[entry.signature] = signatures.count
      let own = charges(entry.signature)
      signatures.append(own)
      for charge in own where slotOf[charge] == nil {
        slotOf[charge] = classes.count
        classes.append(UInt16(charge))
      }
    }
    // In fours, which is how sums are unrolled; the first class costs nothing.
    let stride = (signatures.reduce(1) { max($0, $1.count) } + 3) / 4 * 4
    let isNarrow = classes.count <= widestNarrow
    let start = blocks.count
    blocks.append(UInt16(classes.count))
    blocks.append(UInt16(signatures.count))
    blocks.append(UInt8(stride))
    blocks.append(UInt8(isNarrow ? 1 : 2))
    blocks.append(UInt8(rows.count))
    blocks.append(UInt8(0))
    let offsets = blocks.count
    for _ in rows { blocks.append(UInt32(0)) }
    for position in classes { blocks.append(position) }
    for signature in signatures {
      for slot in 0..<stride {
        let value =
          slot < signature.count ? slotOf[signature[signature.startIndex + slot]] ?? 0 : 0
        if isNarrow { blocks.append(UInt8(value)) } else { blocks.append(UInt16(value)) }
      }
    }
    for (position, row) in rows.enumerated() {
      blocks.align(2)
      blocks.set(UInt32(blocks.count - start), at: offsets + 4 * position)
      blocks.append(UInt16(row.entries.count))
      blocks.append(row.isOpen ? BlockLayout.isOpen : 0)
      for entry in row.entries { blocks.append(entry.path) }
      for entry in row.entries { blocks.append(UInt16(signatureOf[entry.signature] ?? 0)) }
      for level in StoredLevels.q1024.indices {
        for entry in row.entries {
          blocks.append(UInt16(truncatingIfNeeded: entry.promises[level]))
        }
      }
      for entry in row.entries { blocks.append(entry.lastLeg) }
      for entry in row.entries {
        var high: UInt8 = 0
        for level in StoredLevels.q1024.indices {
          high |= UInt8(truncatingIfNeeded: entry.promises[level] >> 16) << UInt8(2 * level)
        }
        blocks.append(high)
      }
      if row.isOpen {
        blocks.align(2)
        for entry in row.entries { blocks.append(entry.from) }
      }
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
  let pathEmissions: [Int64]
  let clearances: [UInt64]
  /// Candidates of each row of each block.
  let candidateCounts: [Int]
}
