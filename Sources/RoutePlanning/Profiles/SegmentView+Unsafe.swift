import RouteGraph

/// A segment as the hot path reads it: bare pointers, no references counted.
///
/// Bounds relied on: the engine that holds the view holds the segment; a segment is either made by ``SegmentDraft`` or
/// checked when it is mapped, so that every offset and position in it lies inside its section.
struct SegmentView: BitwiseCopyable, @unchecked Sendable {
  let rows: UnsafePointer<Int64>
  let rowCount: Int
  let index: UnsafePointer<UInt32>
  let blocks: UnsafeRawPointer
  let emissions: UnsafePointer<Int64>
  /// By destination class and row: where the row lies.
  let rowIndex: UnsafePointer<UInt32>
  /// Which row is a minute's, where rows follow each other.
  let ends: RowEnds?
  /// The first signature.
  let signatures: UnsafePointer<UInt16>
  let signatureWidth: Int
  let clearances: UnsafePointer<UInt64>
  let clearanceOf: UnsafePointer<UInt16>

  init?(_ segment: BlockSegment) {
    guard let rows = segment.rows.pointer.baseAddress,
      let index = segment.index.pointer.baseAddress,
      let blocks = segment.blocks.pointer.baseAddress,
      let clearances = segment.clearances.pointer.baseAddress,
      let signatures = segment.signatures.pointer.baseAddress,
      let rowIndex = segment.rowIndex.pointer.baseAddress
    else { return nil }
    // Where no itinerary leads anywhere there is no path, and no candidate that would ask for one.
    let emissions = segment.emissions.pointer.baseAddress ?? rows
    let clearanceOf =
      segment.clearanceOf.pointer.baseAddress
      ?? UnsafeRawPointer(rows).assumingMemoryBound(to: UInt16.self)
    self.rows = rows
    rowCount = segment.rows.count / 2
    self.index = index
    self.blocks = UnsafeRawPointer(blocks)
    self.emissions = emissions
    self.rowIndex = rowIndex
    ends = RowEnds(segment.rows)
    self.signatures = signatures + 1
    signatureWidth = Int(signatures[0])
    self.clearances = clearances
    self.clearanceOf = clearanceOf
  }

  /// The row of a ready minute; negative: none.
  ///
  /// Rows that end before are counted to the last: which is the row of a minute nobody foretells, and a wrong guess
  /// costs the processor more than all comparisons.
  @inline(__always)
  func row(of ready: Int64) -> Int {
    var row = 0
    for place in 0..<rowCount { row &+= rows[2 &* place &+ 1] < ready ? 1 : 0 }
    return row < rowCount && rows[2 &* row] <= ready ? row : -1
  }

  /// The same by the rows' last minutes, which stand here: no line of the segment is read.
  @inline(__always)
  func quickRow(of ready: Int64) -> Int { ends?.row(of: ready) ?? row(of: ready) }

  /// The charge classes of a candidate's path plus one; 0 stands for none.
  @inline(__always)
  func signature(of candidate: CandidateView) -> UnsafePointer<UInt16> {
    signatures + signatureWidth &* candidate.signature
  }

  /// When and where a path taken from a row clears customs.
  @inline(__always)
  func clearance(path: Int, row: Int) -> PathClearance {
    PathClearance(bits: clearances[Int(clearanceOf[path &* rowCount &+ row])])
  }

  /// Where a row of a destination class begins; nil: there is no block.
  @inline(__always)
  func rowStart(_ row: Int, of destination: Int) -> UnsafeRawPointer? {
    let place = rowIndex[destination &* rowCount &+ row]
    return place == BlockLayout.absent ? nil : blocks + 2 &* Int(place)
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

  @inline(__always)
  func row(_ position: Int) -> RowView {
    RowView(start: rowStart(position))
  }

  @inline(__always)
  func rowStart(_ position: Int) -> UnsafeRawPointer {
    start + Int(start.load(fromByteOffset: 4 &* position, as: UInt32.self))
  }
}

/// One row.
struct RowView: BitwiseCopyable {
  let start: UnsafeRawPointer
  let count: Int
  let flags: UInt8
  let listCount: Int

  @inline(__always)
  init(start: UnsafeRawPointer) {
    self.start = start
    count = Int(start.load(as: UInt16.self))
    flags = start.load(fromByteOffset: 2, as: UInt8.self)
    listCount = Int(start.load(fromByteOffset: 3, as: UInt8.self))
  }

  @inline(__always)
  var isOpen: Bool { flags & BlockLayout.isOpen != 0 }

  @inline(__always)
  var hasLists: Bool { flags & BlockLayout.hasLists != 0 }

  /// Bytes of each list.
  @inline(__always)
  var listSize: Int { (count &+ 7) &>> 3 }

  @inline(__always)
  var lists: UnsafeRawPointer { start + BlockLayout.rowHeaderSize }

  /// The list of a cell; only where there are lists.
  @inline(__always)
  func list(ofCell cell: Int) -> ListView {
    let which = Int(lists.load(fromByteOffset: cell, as: UInt8.self))
    return ListView(start: lists + Shortlisting.cellCount + which &* listSize, count: count)
  }

  @inline(__always)
  var candidates: UnsafeRawPointer {
    guard hasLists else { return lists }
    return lists + (Shortlisting.cellCount &+ listCount &* listSize &+ 1) / 2 &* 2
  }

  @inline(__always)
  func path(_ candidate: Int) -> Int { CandidateView(self, candidate).path }

  /// The minute of the segment before which a candidate is boarded too late; only where the row is open.
  @inline(__always)
  func from(_ candidate: Int) -> Int64 {
    Int64(
      (candidates + BlockLayout.candidateSize &* count)
        .load(fromByteOffset: 2 &* candidate, as: UInt16.self))
  }
}

/// One list of a row.
///
/// Bound relied on: behind the last list stands a candidate, which is longer than what a word may have too much.
struct ListView: BitwiseCopyable {
  let start: UnsafeRawPointer
  /// Candidates of the row.
  let count: Int

  @inline(__always)
  var wordCount: Int { (count &+ 63) &>> 6 }

  /// Candidates on the list.
  @inline(__always)
  var memberCount: Int {
    var members = 0
    for position in 0..<wordCount { members &+= word(position).nonzeroBitCount }
    return members
  }

  /// One bit for each of 64 candidates.
  @inline(__always)
  func word(_ position: Int) -> UInt64 {
    let word = start.loadUnaligned(fromByteOffset: 8 &* position, as: UInt64.self)
    let left = count &- 64 &* position
    return left >= 64 ? word : word & (1 &<< UInt64(left) &- 1)
  }
}

/// One candidate of a row.
struct CandidateView: BitwiseCopyable {
  let start: UnsafeRawPointer

  @inline(__always)
  init(start: UnsafeRawPointer) { self.start = start }

  @inline(__always)
  init(_ row: RowView, _ candidate: Int) {
    start = row.candidates + BlockLayout.candidateSize &* candidate
  }

  @inline(__always)
  var path: Int { Int(start.load(as: UInt16.self)) }

  /// Position of what the path is charged among the segment's signatures.
  @inline(__always)
  var signature: Int { Int(start.load(fromByteOffset: 2, as: UInt16.self)) }

  @inline(__always)
  var lastLeg: Int { Int(start.load(fromByteOffset: 4, as: UInt8.self)) }

  /// Minutes since the segment's start at which it is promised at a level.
  @inline(__always)
  func promise(_ level: Int) -> Int64 {
    let high = Int64(start.load(fromByteOffset: 5, as: UInt8.self)) &>> Int64(2 &* level) & 3
    return Int64(start.load(fromByteOffset: 6 &+ 2 &* level, as: UInt16.self)) | high &<< 16
  }
}
