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
  private var numbers: [[Int32]: UInt16] = [:]
  private var pathStarts: [UInt32] = [0]
  private var pathLegs: [Int32] = []
  /// Milligrams per gram and charge classes of each path.
  private var pathRecords: [(emission: Int64, charges: [Int32])] = []
  /// By row, then by path as far as they are known.
  private var clearances: [[PathClearance]] = []

  init(start: Int64) { self.start = start }

  /// The number of a path, new or known; nil when there are too many, or a charge class has too high a number.
  mutating func path(
    _ key: [Int32], emission: Int64, charges: @autoclosure () -> ArraySlice<Int32>
  ) -> UInt16? {
    if let known = numbers[key] { return known }
    guard numbers.count < BlockLayout.greatestPaths else { return nil }
    let own = Array(charges())
    guard own.allSatisfy({ Int($0) < BlockLayout.greatestChargeCount }) else { return nil }
    let next = UInt16(numbers.count)
    numbers[key] = next
    pathLegs += key
    pathStarts.append(UInt32(pathLegs.count))
    pathRecords.append((emission, own))
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
  /// - Parameter classCount: number of destination classes.
  /// - Returns: the segment.
  func finished(classCount: Int) -> FinishedSegment {
    var index = [UInt32](repeating: BlockLayout.absent, count: classCount)
    var blocks = BlockBytes()
    var counts: [Int] = []
    for destination in 0..<classCount where rows.allSatisfy({ $0[destination] != nil }) {
      let own = rows.map { $0[destination] }
      blocks.align(8)
      index[destination] = UInt32(blocks.count / 8)
      encode(own.compactMap { $0 }, into: &blocks)
      counts += own.map { $0?.entries.count ?? 0 }
    }
    let clearances = distinctClearances
    return FinishedSegment(
      rows: readies.flatMap { [$0.lowerBound, $0.upperBound] }, index: index, blocks: blocks.bytes,
      pathStarts: pathStarts, pathLegs: pathLegs, paths: pathWords, clearances: clearances.each,
      clearanceOf: clearances.ofPath,
      candidateCounts: counts)
  }

  /// Records of one width: the longest decides.
  private var pathWords: [UInt64] {
    let most = pathRecords.reduce(0) { max($0, $1.charges.count) }
    let words = (most + BlockLayout.chargesPerWord - 1) / BlockLayout.chargesPerWord
    return pathRecords.flatMap { record -> [UInt64] in
      var own = [UInt64](repeating: 0, count: 1 + words)
      own[0] = UInt64(bitPattern: record.emission)
      for (position, charge) in record.charges.enumerated() {
        own[1 + position / BlockLayout.chargesPerWord] |=
          UInt64(charge + 1) << UInt64(16 * (position % BlockLayout.chargesPerWord))
      }
      return own
    }
  }

  /// Each way to clear once, and which is whose: path after path, each with its rows.
  ///
  /// Beyond what two bytes number they are unknown.
  private var distinctClearances: (each: [UInt64], ofPath: [UInt16]) {
    var each = [PathClearance.unknown.bits]
    var places: [UInt64: UInt16] = [each[0]: 0]
    var ofPath = [UInt16](repeating: 0, count: numbers.count * readies.count)
    for (row, own) in clearances.enumerated() {
      for (path, clearance) in own.enumerated() {
        let known = places[clearance.bits]
        if known == nil, each.count <= Int(UInt16.max) {
          places[clearance.bits] = UInt16(each.count)
          each.append(clearance.bits)
        }
        ofPath[path * readies.count + row] = places[clearance.bits] ?? 0
      }
    }
    return (each, ofPath)
  }

  private func encode(_ rows: [Row], into blocks: inout BlockBytes) {
    let start = blocks.count
    for _ in rows { blocks.append(UInt32(0)) }
    for (position, row) in rows.enumerated() {
      blocks.align(2)
      blocks.set(UInt32(blocks.count - start), at: start + 4 * position)
      blocks.append(UInt16(row.entries.count))
      blocks.append(
        (row.isOpen ? BlockLayout.isOpen : 0) | (row.lists == nil ? 0 : BlockLayout.hasLists))
      blocks.append(UInt8(row.lists.map { $0.bits.count / $0.words } ?? 0))
      if let lists = row.lists {
        for position in lists.ofCell { blocks.append(position) }
        for first in stride(from: 0, to: lists.bits.count, by: lists.words) {
          for byte in 0..<(row.entries.count + 7) / 8 {
            blocks.append(
              UInt8(truncatingIfNeeded: lists.bits[first + byte / 8] >> UInt64(8 * (byte % 8))))
          }
        }
        blocks.align(2)
      }
      for entry in row.entries { encode(entry, into: &blocks) }
      if row.isOpen {
        for entry in row.entries { blocks.append(entry.from) }
      }
    }
  }

  private func encode(_ entry: Entry, into blocks: inout BlockBytes) {
    var high: UInt8 = 0
    for level in StoredLevels.q1024.indices {
      high |= UInt8(truncatingIfNeeded: entry.promises[level] >> 16) << UInt8(2 * level)
    }
    blocks.append(entry.path)
    blocks.append(entry.lastLeg)
    blocks.append(high)
    for level in StoredLevels.q1024.indices {
      blocks.append(UInt16(truncatingIfNeeded: entry.promises[level]))
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
  let paths: [UInt64]
  let clearances: [UInt64]
  let clearanceOf: [UInt16]
  /// Candidates of each row of each block.
  let candidateCounts: [Int]
}
