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
          block, of: segment, lastLegCount: lastLegCounts[destination])
      else { return BlockLayout.blocks }
    }
    return nil
  }

  private func flaw(inPaths segment: BlockSegment) -> String? {
    let starts = segment.pathStarts
    guard starts.count > 0, starts[0] == 0,
      Int(starts[starts.count - 1]) == segment.pathLegs.count
    else { return BlockLayout.pathStarts }
    for path in 1..<starts.count where starts[path] < starts[path - 1] {
      return BlockLayout.pathStarts
    }
    for position in segment.pathLegs.indices
    where segment.pathLegs[position] < 0 || Int(segment.pathLegs[position]) >= legCount {
      return BlockLayout.pathLegs
    }
    if let flaw = flaw(inCharges: segment) { return flaw }
    let rowCount = segment.rows.count / 2
    guard segment.clearanceOf.count == segment.pathCount * rowCount else {
      return BlockLayout.clearanceOf
    }
    let clearances = segment.clearances.indices.map {
      PathClearance(bits: segment.clearances[$0])
    }
    for position in segment.clearanceOf.indices {
      let path = position / rowCount
      let legCount = Int(starts[path + 1]) - Int(starts[path])
      let own = Int(segment.clearanceOf[position])
      guard own < clearances.count else { return BlockLayout.clearanceOf }
      guard clearances[own].isSound(legCount: legCount) else { return BlockLayout.clearances }
    }
    return nil
  }

  private func flaw(inCharges segment: BlockSegment) -> String? {
    let emissions = segment.emissions
    guard emissions.count == segment.pathCount else { return BlockLayout.emissions }
    for path in emissions.indices
    where !(0...BlockLayout.greatestEmission).contains(emissions[path]) {
      return BlockLayout.emissions
    }
    let words = segment.signatures
    guard let width = segment.signatureWidth, width <= BlockLayout.greatestWidth else {
      return BlockLayout.signatures
    }
    for place in words.indices.dropFirst() where Int(words[place]) > chargeClassCount {
      return BlockLayout.signatures
    }
    guard segment.signatureOf.count == segment.pathCount else { return BlockLayout.signatureOf }
    for path in segment.signatureOf.indices
    where 1 + width * (Int(segment.signatureOf[path]) + 1) > words.count {
      return BlockLayout.signatureOf
    }
    return nil
  }

  private func isSound(
    _ block: UnsafeRawBufferPointer, of segment: BlockSegment, lastLegCount: Int
  ) -> Bool {
    let (rowCount, pathCount) = (segment.rows.count / 2, segment.pathCount)
    guard block.count >= 4 * rowCount, let start = block.baseAddress else { return false }
    for position in 0..<rowCount {
      let offset = Int(block.load(fromByteOffset: 4 * position, as: UInt32.self))
      guard offset % 2 == 0, offset + BlockLayout.rowHeaderSize <= block.count else { return false }
      let row = RowView(start: start + offset)
      var size = BlockLayout.rowHeaderSize
      if row.hasLists {
        size += (Shortlisting.cellCount + row.listCount * row.listSize + 1) / 2 * 2
      }
      guard offset + size <= block.count, hasSoundLists(row) else { return false }
      size += (BlockLayout.candidateSize + (row.isOpen ? 2 : 0)) * row.count
      guard offset + size <= block.count else { return false }
      for position in 0..<row.count {
        let candidate = CandidateView(row, position)
        guard candidate.path < pathCount, candidate.lastLeg < lastLegCount,
          candidate.signature == Int(segment.signatureOf[candidate.path])
        else { return false }
      }
    }
    return true
  }

  /// Whether every cell has a list.
  private func hasSoundLists(_ row: RowView) -> Bool {
    guard row.hasLists else { return true }
    return row.count > 0
      && (0..<Shortlisting.cellCount).allSatisfy {
        Int(row.lists.load(fromByteOffset: $0, as: UInt8.self)) < row.listCount
      }
  }
}
