import LogisticsModel
import RouteGraph

/// One segment as a file: a snapshot with the sections of ``BlockLayout``, stamped with its day and all it was made from.
struct SegmentFile {
  /// What a segment must have been made from.
  let stamp: SnapshotStamp
  /// Numbers that positions inside it must stay below.
  let bounds: SegmentBounds

  /// The bytes of a file.
  func bytes(of segment: BlockSegment) -> [UInt8] {
    var writer = SnapshotWriter()
    writer.add(BlockLayout.rows, segment.rows)
    writer.add(BlockLayout.index, segment.index)
    writer.add(BlockLayout.blocks, segment.blocks)
    writer.add(BlockLayout.pathStarts, segment.pathStarts)
    writer.add(BlockLayout.pathLegs, segment.pathLegs)
    writer.add(BlockLayout.emissions, segment.emissions)
    writer.add(BlockLayout.signatureOf, segment.signatureOf)
    writer.add(BlockLayout.signatures, segment.signatures)
    writer.add(BlockLayout.clearances, segment.clearances)
    writer.add(BlockLayout.clearanceOf, segment.clearanceOf)
    return writer.file(stamp: stamp)
  }

  /// Maps a file, held against checksums, stamp and bounds.
  func segment(at path: String) throws(SnapshotFault) -> BlockSegment {
    try segment(in: SnapshotFile(path: path))
  }

  func segment(in file: SnapshotFile) throws(SnapshotFault) -> BlockSegment {
    try file.checkFresh(stamp)
    let segment = BlockSegment(
      rows: try file.column(BlockLayout.rows), index: try file.column(BlockLayout.index),
      blocks: try file.column(BlockLayout.blocks),
      pathStarts: try file.column(BlockLayout.pathStarts),
      pathLegs: try file.column(BlockLayout.pathLegs),
      emissions: try file.column(BlockLayout.emissions),
      signatureOf: try file.column(BlockLayout.signatureOf),
      signatures: try file.column(BlockLayout.signatures),
      clearances: try file.column(BlockLayout.clearances),
      clearanceOf: try file.column(BlockLayout.clearanceOf))
    if let section = bounds.flaw(in: segment) { throw .inconsistent(section: section) }
    return BlockSegment(directing: segment)
  }
}
