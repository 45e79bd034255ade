import RouteGraph

/// A segment's sections, in ordinary memory or mapped from a file.
final class BlockSegment: Sendable {
  let rows: FrozenColumn<Int64>
  let index: FrozenColumn<UInt32>
  let blocks: FrozenColumn<UInt64>
  let pathStarts: FrozenColumn<UInt32>
  let pathLegs: FrozenColumn<Int32>
  let emissions: FrozenColumn<Int64>
  let signatureOf: FrozenColumn<UInt16>
  let signatures: FrozenColumn<UInt16>
  let clearances: FrozenColumn<UInt64>
  let clearanceOf: FrozenColumn<UInt16>

  init(
    rows: FrozenColumn<Int64>, index: FrozenColumn<UInt32>, blocks: FrozenColumn<UInt64>,
    pathStarts: FrozenColumn<UInt32>, pathLegs: FrozenColumn<Int32>,
    emissions: FrozenColumn<Int64>, signatureOf: FrozenColumn<UInt16>,
    signatures: FrozenColumn<UInt16>, clearances: FrozenColumn<UInt64>,
    clearanceOf: FrozenColumn<UInt16>
  ) {
    self.rows = rows
    self.index = index
    self.blocks = blocks
    self.pathStarts = pathStarts
    self.pathLegs = pathLegs
    self.emissions = emissions
    self.signatureOf = signatureOf
    self.signatures = signatures
    self.clearances = clearances
    self.clearanceOf = clearanceOf
  }

  /// Lays a segment out in one piece of memory.
  ///
  /// - Parameters:
  ///   - finished: what it holds.
  ///   - usesLargePages: whether the kernel is asked for large pages.
  ///   - memory: shared with other segments that live as long; nil: the segment has its own.
  convenience init(
    _ finished: FinishedSegment, usesLargePages: Bool = true, in memory: JointMemory? = nil
  ) {
    // Bound: whole words of the bytes given; what is left over is padded with zeros.
    let words = (finished.blocks.count + 7) / 8
    let blocks = [UInt64](unsafeUninitializedCapacity: words) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      raw.copyBytes(from: finished.blocks)
      for place in finished.blocks.count..<(8 * words) { raw[place] = 0 }
      count = words
    }
    let size =
      8 * (finished.rows.count + words + finished.emissions.count + finished.clearances.count)
      + 4 * (finished.index.count + finished.pathStarts.count + finished.pathLegs.count)
      + 2
      * (finished.signatureOf.count + finished.signatures.count + finished.clearanceOf.count)
    var columns = JointColumns(
      capacity: size + BlockLayout.sectionCount * JointColumns.gap,
      usesLargePages: usesLargePages, in: memory)
    // What every look-up reads comes first, close together: the end of the memory may miss the large pages.
    let rows = columns.add(finished.rows)
    let signatures = columns.add(finished.signatures)
    let signatureOf = columns.add(finished.signatureOf)
    let index = columns.add(finished.index)
    let emissions = columns.add(finished.emissions)
    let clearances = columns.add(finished.clearances)
    let clearanceOf = columns.add(finished.clearanceOf)
    self.init(
      rows: rows, index: index, blocks: columns.add(blocks),
      pathStarts: columns.add(finished.pathStarts), pathLegs: columns.add(finished.pathLegs),
      emissions: emissions, signatureOf: signatureOf, signatures: signatures,
      clearances: clearances, clearanceOf: clearanceOf)
  }

  /// A copy in memory shared with other segments.
  convenience init(copying segment: BlockSegment, in memory: JointMemory) {
    var columns = JointColumns(
      capacity: segment.memory + BlockLayout.sectionCount * JointColumns.gap, in: memory)
    let rows = columns.add(segment.rows)
    let signatures = columns.add(segment.signatures)
    let signatureOf = columns.add(segment.signatureOf)
    let index = columns.add(segment.index)
    let emissions = columns.add(segment.emissions)
    let clearances = columns.add(segment.clearances)
    let clearanceOf = columns.add(segment.clearanceOf)
    self.init(
      rows: rows, index: index, blocks: columns.add(segment.blocks),
      pathStarts: columns.add(segment.pathStarts), pathLegs: columns.add(segment.pathLegs),
      emissions: emissions, signatureOf: signatureOf, signatures: signatures,
      clearances: clearances, clearanceOf: clearanceOf)
  }

  /// Bytes held.
  var memory: Int {
    8 * rows.count + 4 * index.count + 8 * blocks.count + 4 * pathStarts.count
      + 4 * pathLegs.count + 8 * emissions.count + 2 * signatureOf.count + 2 * signatures.count
      + 8 * clearances.count + 2 * clearanceOf.count
  }

  /// Number of paths.
  var pathCount: Int { max(0, pathStarts.count - 1) }

  /// Charge classes of a signature; nil where none is told.
  var signatureWidth: Int? { signatures.isEmpty ? nil : Int(signatures[0]) }

  /// Milligrams of CO2e per gram over a path.
  func emission(ofPath path: Int) -> Int64 { emissions[path] }

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
  let emissions: UnsafePointer<Int64>
  let signatureOf: UnsafePointer<UInt16>
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
      let signatures = segment.signatures.pointer.baseAddress
    else { return nil }
    // Where no itinerary leads anywhere there is no path, and no candidate that would ask for one.
    let emissions = segment.emissions.pointer.baseAddress ?? rows
    let signatureOf =
      segment.signatureOf.pointer.baseAddress
      ?? UnsafeRawPointer(rows).assumingMemoryBound(to: UInt16.self)
    let clearanceOf =
      segment.clearanceOf.pointer.baseAddress
      ?? UnsafeRawPointer(rows).assumingMemoryBound(to: UInt16.self)
    self.rows = rows
    rowCount = segment.rows.count / 2
    self.index = index
    self.blocks = UnsafeRawPointer(blocks)
    self.emissions = emissions
    self.signatureOf = signatureOf
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

  /// The charge classes of a path plus one; 0 stands for none.
  @inline(__always)
  func signature(ofPath path: Int) -> UnsafePointer<UInt16> {
    signatures + signatureWidth &* Int(signatureOf[path])
  }

  /// When and where a path taken from a row clears customs.
  @inline(__always)
  func clearance(path: Int, row: Int) -> PathClearance {
    PathClearance(bits: clearances[Int(clearanceOf[path &* rowCount &+ row])])
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

  @inline(__always)
  var lastLeg: Int { Int(start.load(fromByteOffset: 2, as: UInt8.self)) }

  /// Minutes since the segment's start at which it is promised at a level.
  @inline(__always)
  func promise(_ level: Int) -> Int64 {
    let high = Int64(start.load(fromByteOffset: 3, as: UInt8.self)) &>> Int64(2 &* level) & 3
    return Int64(start.load(fromByteOffset: 4 &+ 2 &* level, as: UInt16.self)) | high &<< 16
  }
}

extension BlockBytes {
  /// Appends a stored candidate under another number of its path.
  @inline(__always)
  mutating func append(_ candidate: CandidateView, path: UInt16) {
    let first = candidate.start.loadUnaligned(as: UInt32.self)
    append(first & 0xFFFF_0000 | UInt32(path))
    append(candidate.start.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
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
