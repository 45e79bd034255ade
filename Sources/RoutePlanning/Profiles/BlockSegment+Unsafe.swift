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
  /// By destination class and row: where the row lies, in units of two bytes (``RowDirectory``); worked out, in no file.
  let rowIndex: FrozenColumn<UInt32>

  init(
    rows: FrozenColumn<Int64>, index: FrozenColumn<UInt32>, blocks: FrozenColumn<UInt64>,
    pathStarts: FrozenColumn<UInt32>, pathLegs: FrozenColumn<Int32>,
    emissions: FrozenColumn<Int64>, signatureOf: FrozenColumn<UInt16>,
    signatures: FrozenColumn<UInt16>, clearances: FrozenColumn<UInt64>,
    clearanceOf: FrozenColumn<UInt16>, rowIndex: FrozenColumn<UInt32> = FrozenColumn([])
  ) {
    self.rowIndex = rowIndex
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
      + 4 * finished.index.count * (finished.rows.count / 2)
      + 2
      * (finished.signatureOf.count + finished.signatures.count + finished.clearanceOf.count)
    var columns = JointColumns(
      capacity: size + BlockLayout.sectionCount * JointColumns.gap,
      usesLargePages: usesLargePages, in: memory)
    // What every look-up reads comes first, close together: the end of the memory may miss the large pages.
    let rows = columns.add(finished.rows)
    let signatures = columns.add(finished.signatures)
    let signatureOf = columns.add(finished.signatureOf)
    let rowIndex = columns.add(
      RowDirectory.places(finished.index, rowCount: finished.rows.count / 2, in: finished.blocks))
    let index = columns.add(finished.index)
    let emissions = columns.add(finished.emissions)
    let clearances = columns.add(finished.clearances)
    let clearanceOf = columns.add(finished.clearanceOf)
    self.init(
      rows: rows, index: index, blocks: columns.add(blocks),
      pathStarts: columns.add(finished.pathStarts), pathLegs: columns.add(finished.pathLegs),
      emissions: emissions, signatureOf: signatureOf, signatures: signatures,
      clearances: clearances, clearanceOf: clearanceOf, rowIndex: rowIndex)
  }

  /// A copy in memory shared with other segments.
  convenience init(copying segment: BlockSegment, in memory: JointMemory) {
    var columns = JointColumns(
      capacity: segment.memory + BlockLayout.sectionCount * JointColumns.gap, in: memory)
    let rows = columns.add(segment.rows)
    let signatures = columns.add(segment.signatures)
    let signatureOf = columns.add(segment.signatureOf)
    let rowIndex = columns.add(segment.rowIndex)
    let index = columns.add(segment.index)
    let emissions = columns.add(segment.emissions)
    let clearances = columns.add(segment.clearances)
    let clearanceOf = columns.add(segment.clearanceOf)
    self.init(
      rows: rows, index: index, blocks: columns.add(segment.blocks),
      pathStarts: columns.add(segment.pathStarts), pathLegs: columns.add(segment.pathLegs),
      emissions: emissions, signatureOf: signatureOf, signatures: signatures,
      clearances: clearances, clearanceOf: clearanceOf, rowIndex: rowIndex)
  }

  /// The same sections with the directory of rows; only of one that has been checked.
  convenience init(directing segment: BlockSegment) {
    let bytes = UnsafeRawBufferPointer(segment.blocks.pointer)
    self.init(
      rows: segment.rows, index: segment.index, blocks: segment.blocks,
      pathStarts: segment.pathStarts, pathLegs: segment.pathLegs, emissions: segment.emissions,
      signatureOf: segment.signatureOf, signatures: segment.signatures,
      clearances: segment.clearances, clearanceOf: segment.clearanceOf,
      rowIndex: FrozenColumn(
        RowDirectory.places(
          segment.index.indices.map { segment.index[$0] }, rowCount: segment.rows.count / 2,
          in: bytes)))
  }

  /// Bytes held.
  var memory: Int {
    8 * rows.count + 4 * index.count + 8 * blocks.count + 4 * pathStarts.count
      + 4 * pathLegs.count + 8 * emissions.count + 2 * signatureOf.count + 2 * signatures.count
      + 8 * clearances.count + 2 * clearanceOf.count + 4 * rowIndex.count
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
