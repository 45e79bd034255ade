import RouteGraph

/// A segment's sections, in ordinary memory or mapped from a file.
final class BlockSegment: Sendable {
  let rows: FrozenColumn<Int64>
  let index: FrozenColumn<UInt32>
  let blocks: FrozenColumn<UInt64>
  let pathStarts: FrozenColumn<UInt32>
  let pathLegs: FrozenColumn<Int32>
  let pathEmissions: FrozenColumn<Int64>
  let clearances: FrozenColumn<UInt64>

  init(
    rows: FrozenColumn<Int64>, index: FrozenColumn<UInt32>, blocks: FrozenColumn<UInt64>,
    pathStarts: FrozenColumn<UInt32>, pathLegs: FrozenColumn<Int32>,
    pathEmissions: FrozenColumn<Int64>, clearances: FrozenColumn<UInt64>
  ) {
    self.rows = rows
    self.index = index
    self.blocks = blocks
    self.pathStarts = pathStarts
    self.pathLegs = pathLegs
    self.pathEmissions = pathEmissions
    self.clearances = clearances
  }

  convenience init(_ finished: FinishedSegment) {
    // Bound: whole words of the bytes given; what is left over is padded with zeros.
    let words = (finished.blocks.count + 7) / 8
    let blocks = [UInt64](unsafeUninitializedCapacity: words) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      raw.copyBytes(from: finished.blocks)
      for place in finished.blocks.count..<(8 * words) { raw[place] = 0 }
      count = words
    }
    self.init(
      rows: FrozenColumn(finished.rows), index: FrozenColumn(finished.index),
      blocks: FrozenColumn(blocks), pathStarts: FrozenColumn(finished.pathStarts),
      pathLegs: FrozenColumn(finished.pathLegs),
      pathEmissions: FrozenColumn(finished.pathEmissions),
      clearances: FrozenColumn(finished.clearances))
  }

  /// Bytes held.
  var memory: Int {
    8 * rows.count + 4 * index.count + 8 * blocks.count + 4 * pathStarts.count
      + 4 * pathLegs.count + 8 * pathEmissions.count + 8 * clearances.count
  }

  /// Legs of a path.
  func legs(ofPath path: Int) -> [Int32] {
    let range = Int(pathStarts[path])..<Int(pathStarts[path + 1])
    return range.map { pathLegs[$0] }
  }
}

extension BlockSegment {
  /// One bit for each leg that some path takes.
  func legsOnPaths(of legCount: Int) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (legCount + 63) / 64)
    for leg in pathLegs.pointer { bits[Int(leg) / 64] |= 1 << UInt64(leg % 64) }
    return bits
  }

  /// Whether a block has, in some row, a candidate on a path that `isMet` names for that row.
  func hasCandidate(in destination: Int, on isMet: (_ path: Int, _ row: Int) -> Bool) -> Bool {
    guard let view = SegmentView(self), let block = view.block(of: destination) else {
      return false
    }
    for position in 0..<view.rowCount {
      let row = block.row(position)
      for candidate in 0..<row.count where isMet(Int(row.paths[candidate]), position) {
        return true
      }
    }
    return false
  }
}

/// A segment as the hot path reads it: bare pointers, no references counted.
///
/// Bounds relied on: the engine that holds the view holds the segment; a segment is either made by ``SegmentDraft`` or
/// checked when it is mapped, so that every offset and position in it lies inside its section.
struct SegmentView: BitwiseCopyable, @unchecked Sendable {
  let rows: UnsafePointer<Int64>
  let rowCount: Int
  let index: UnsafePointer<UInt32>
  let blocks: UnsafeRawPointer
  let pathEmissions: UnsafePointer<Int64>
  let clearances: UnsafePointer<UInt64>

  init?(_ segment: BlockSegment) {
    guard let rows = segment.rows.pointer.baseAddress,
      let index = segment.index.pointer.baseAddress,
      let blocks = segment.blocks.pointer.baseAddress
    else { return nil }
    // Where no itinerary leads anywhere there is no path, and no candidate that would ask for one.
    let emissions = segment.pathEmissions.pointer.baseAddress ?? rows
    let clearances =
      segment.clearances.pointer.baseAddress
      ?? UnsafeRawPointer(rows).assumingMemoryBound(to: UInt64.self)
    self.rows = rows
    rowCount = segment.rows.count / 2
    self.index = index
    self.blocks = UnsafeRawPointer(blocks)
    pathEmissions = emissions
    self.clearances = clearances
  }

  /// The row of a ready minute; negative: none.
  @inline(__always)
  func row(of ready: Int64) -> Int {
    var row = 0
    while row < rowCount && rows[2 * row + 1] < ready { row += 1 }
    return row < rowCount && rows[2 * row] <= ready ? row : -1
  }

  /// When and where a path taken from a row clears customs.
  @inline(__always)
  func clearance(path: Int, row: Int) -> PathClearance {
    PathClearance(bits: clearances[path &* rowCount &+ row])
  }

  /// The block of a destination class.
  @inline(__always)
  func block(of destination: Int) -> BlockView? {
    let place = index[destination]
    return place == BlockLayout.absent ? nil : BlockView(start: blocks + 8 * Int(place))
  }
}

/// One block.
struct BlockView: BitwiseCopyable {
  let start: UnsafeRawPointer
  let header: BlockHeader
  let classes: UnsafePointer<UInt16>
  let signatures: UnsafeRawPointer

  @inline(__always)
  init(start: UnsafeRawPointer) {
    self.start = start
    header = start.load(as: BlockHeader.self)
    let classes = start + BlockLayout.headerSize + 4 * Int(header.rowCount)
    self.classes = classes.assumingMemoryBound(to: UInt16.self)
    signatures = classes + 2 * Int(header.classCount)
  }

  @inline(__always)
  func row(_ position: Int) -> RowView {
    let offset = start.load(
      fromByteOffset: BlockLayout.headerSize + 4 * position, as: UInt32.self)
    return RowView(start: start + Int(offset))
  }
}

extension BlockView {
  /// Reads one word of every 64 bytes from the block's start to its signatures' end, and of a row.
  @inline(__always)
  func touched(row position: Int) -> UInt64 {
    let row = self.row(position)
    var sum: UInt64 = 0
    var place = signatures
    let end =
      signatures + Int(header.signatureCount) &* Int(header.stride) &* Int(header.slotWidth)
    while place < end {
      sum &+= UInt64(place.load(as: UInt8.self))
      place += 64
    }
    place = UnsafeRawPointer(row.paths)
    let last = UnsafeRawPointer(row.highs)
    while place < last {
      sum &+= UInt64(place.load(as: UInt8.self))
      place += 64
    }
    return sum
  }
}

/// One row: parallel arrays over its candidates.
struct RowView: BitwiseCopyable {
  let count: Int
  let isOpen: Bool
  let paths: UnsafePointer<UInt16>
  let signatures: UnsafePointer<UInt16>
  let promises: UnsafePointer<UInt16>
  let lastLegs: UnsafePointer<UInt8>
  let highs: UnsafePointer<UInt8>
  /// Only where the row is open.
  let froms: UnsafePointer<UInt16>

  @inline(__always)
  init(start: UnsafeRawPointer) {
    let count = Int(start.load(as: UInt16.self))
    self.count = count
    isOpen = start.load(fromByteOffset: 2, as: UInt16.self) & BlockLayout.isOpen != 0
    paths = (start + BlockLayout.rowHeaderSize).assumingMemoryBound(to: UInt16.self)
    signatures = paths + count
    promises = signatures + count
    lastLegs = UnsafeRawPointer(promises + StoredLevels.q1024.count * count)
      .assumingMemoryBound(to: UInt8.self)
    highs = lastLegs + count
    let end = UnsafeRawPointer(highs + count)
    froms = (end + (Int(bitPattern: end) & 1)).assumingMemoryBound(to: UInt16.self)
  }

  /// Minutes since the segment's start at which a candidate is promised at a level.
  @inline(__always)
  func promise(_ candidate: Int, level: Int) -> Int64 {
    let high = Int64(highs[candidate]) &>> Int64(2 &* level) & 3
    return Int64(promises[level &* count &+ candidate]) | high &<< 16
  }
}

extension BlockSegment {
  /// Most charge classes of any of its blocks.
  var greatestClassCount: Int {
    guard let view = SegmentView(self) else { return 1 }
    return index.indices.reduce(1) { most, destination in
      max(most, view.block(of: destination).map { Int($0.header.classCount) } ?? 1)
    }
  }
}

extension BlockSegment {
  /// Calls with the number of candidates of each row of each block.
  func forEachRow(_ body: (Int) -> Void) {
    guard let view = SegmentView(self) else { return }
    for destination in index.indices {
      guard let block = view.block(of: destination) else { continue }
      for row in 0..<view.rowCount { body(block.row(row).count) }
    }
  }
}
