import RouteGraph

/// Checks that every offset and position in a segment lies inside what it points into.
///
/// Bound relied on: reads only inside the block section, each place being checked before it is read. Afterwards
/// ``SegmentView`` may follow any of them without asking again, even in a file forged with right checksums.
struct SegmentBounds: Sendable {
  let legCount: Int
  let chargeClassCount: Int
  /// Last legs of each destination class.
  let lastLegCounts: [Int]

  /// Name of the first section that is not as it must be; nil: all are.
  func flaw(in segment: BlockSegment) -> String? {
    if segment.rows.isEmpty || segment.rows.count % 2 != 0 { return BlockLayout.rows }
    for row in segment.rows.indices.dropFirst() {
      let isAscending =
        row % 2 == 1
        ? segment.rows[row - 1] <= segment.rows[row] : segment.rows[row - 1] < segment.rows[row]
      if !isAscending { return BlockLayout.rows }
    }
    if let flaw = flaw(inPaths: segment) { return flaw }
    if segment.index.count != lastLegCounts.count { return BlockLayout.index }
    let blocks = UnsafeRawBufferPointer(segment.blocks.pointer)
    for destination in segment.index.indices {
      let place = segment.index[destination]
      if place == BlockLayout.absent { continue }
      guard Int(place) * 8 < blocks.count else { return BlockLayout.index }
      let block = UnsafeRawBufferPointer(rebasing: blocks[(Int(place) * 8)...])
      guard
        isSound(
          block, rowCount: segment.rows.count / 2, pathCount: segment.pathEmissions.count,
          lastLegCount: lastLegCounts[destination])
      else { return BlockLayout.blocks }
    }
    return nil
  }

  private func flaw(inPaths segment: BlockSegment) -> String? {
    let starts = segment.pathStarts
    guard starts.count == segment.pathEmissions.count + 1, starts[0] == 0,
      Int(starts[starts.count - 1]) == segment.pathLegs.count
    else { return BlockLayout.pathStarts }
    for path in 1..<starts.count where starts[path] < starts[path - 1] {
      return BlockLayout.pathStarts
    }
    for position in segment.pathLegs.indices
    where segment.pathLegs[position] < 0 || Int(segment.pathLegs[position]) >= legCount {
      return BlockLayout.pathLegs
    }
    for path in segment.pathEmissions.indices
    where !(0...BlockLayout.greatestEmission).contains(segment.pathEmissions[path]) {
      return BlockLayout.pathEmissions
    }
    let rowCount = segment.rows.count / 2
    guard segment.clearances.count == segment.pathEmissions.count * rowCount else {
      return BlockLayout.clearances
    }
    for position in segment.clearances.indices {
      let path = position / rowCount
      let legCount = Int(starts[path + 1]) - Int(starts[path])
      guard PathClearance(bits: segment.clearances[position]).isSound(legCount: legCount) else {
        return BlockLayout.clearances
      }
    }
    return nil
  }

  private func isSound(
    _ block: UnsafeRawBufferPointer, rowCount: Int, pathCount: Int, lastLegCount: Int
  ) -> Bool {
    guard block.count >= BlockLayout.headerSize, let start = block.baseAddress else { return false }
    let header = block.load(as: BlockHeader.self)
    let classCount = Int(header.classCount)
    let width = Int(header.slotWidth)
    guard classCount > 0, header.rowCount == rowCount, width == 1 || width == 2, header.stride > 0
    else { return false }
    let classes = BlockLayout.headerSize + 4 * rowCount
    let signatures = classes + 2 * classCount
    let end = signatures + Int(header.signatureCount) * Int(header.stride) * width
    guard end <= block.count else { return false }
    for position in 1..<max(classCount, 1) {
      let charge = block.load(fromByteOffset: classes + 2 * position, as: UInt16.self)
      if Int(charge) >= chargeClassCount { return false }
    }
    for place in stride(from: signatures, to: end, by: width) {
      let slot =
        width == 1
        ? Int(block[place]) : Int(block.load(fromByteOffset: place, as: UInt16.self))
      if slot >= classCount { return false }
    }
    for position in 0..<rowCount {
      let offset = Int(
        block.load(fromByteOffset: BlockLayout.headerSize + 4 * position, as: UInt32.self))
      guard offset % 2 == 0, offset + BlockLayout.rowHeaderSize <= block.count else { return false }
      let count = Int(block.load(fromByteOffset: offset, as: UInt16.self))
      let flags = block.load(fromByteOffset: offset + 2, as: UInt16.self)
      // Path and signature, promises, last leg and high bits; all of it even, so that the last part needs no gap.
      var own = 4 + 2 * StoredLevels.q1024.count + 2
      if flags & BlockLayout.isOpen != 0 { own += 2 }
      guard offset + BlockLayout.rowHeaderSize + own * count <= block.count else { return false }
      let row = RowView(start: start + offset)
      for candidate in 0..<count {
        guard Int(row.paths[candidate]) < pathCount,
          row.signatures[candidate] < header.signatureCount,
          Int(row.lastLegs[candidate]) < lastLegCount
        else { return false }
      }
    }
    return true
  }
}
