import RouteGraph

/// Where each row of a segment lies, by destination class and row.
///
/// A block says where its rows begin, but it has to be found and read first. Told in one step, a look-up waits for one
/// line of memory less. It is worked out when a segment is laid out or mapped and stands in no file.
///
/// Bound relied on: the segment is sound (``SegmentBounds``), so that every offset lies inside the blocks.
enum RowDirectory {
  /// Places of all rows, in units of two bytes from the first block; `absent` for those of classes without a block.
  ///
  /// - Complexity: O(destination classes x rows)
  static func places(
    _ index: [UInt32], rowCount: Int, in blocks: some Collection<UInt8>
  ) -> [UInt32] {
    blocks.withContiguousStorageIfAvailable { bytes in
      places(index, rowCount: rowCount, in: UnsafeRawBufferPointer(bytes))
    } ?? places(index, rowCount: rowCount, in: Array(blocks))
  }

  static func places(
    _ index: [UInt32], rowCount: Int, in blocks: UnsafeRawBufferPointer
  ) -> [UInt32] {
    var places: [UInt32] = []
    places.reserveCapacity(index.count * rowCount)
    for own in index {
      for row in 0..<rowCount {
        guard own != BlockLayout.absent else {
          places.append(BlockLayout.absent)
          continue
        }
        let start = 8 * Int(own)
        let offset = blocks.loadUnaligned(fromByteOffset: start + 4 * row, as: UInt32.self)
        places.append(UInt32(truncatingIfNeeded: (start + Int(offset)) / 2))
      }
    }
    return places
  }
}

/// The last minutes of a few rows that follow each other without a gap, in one line of memory.
struct RowEnds: BitwiseCopyable {
  private let first: Int64
  /// Minutes of all rows together, less one.
  private let span: Int64
  /// Of each row, since the first minute; beyond the last row none is reached.
  private var ends = SIMD8<UInt16>(repeating: .max)

  /// Nil where the rows leave a gap, are too many, or too long for two bytes.
  init?(_ rows: FrozenColumn<Int64>) {
    let count = rows.count / 2
    guard count > 0, count <= 8 else { return nil }
    first = rows[0]
    // Wraps to less than nothing where it is too long to be told.
    span = rows[2 * count - 1] &- rows[0]
    guard (0..<Int64(UInt16.max)).contains(span) else { return nil }
    for row in 0..<count {
      let end = rows[2 * row + 1] &- first
      guard (0...span).contains(end), rows[2 * row] <= rows[2 * row + 1],
        row == 0 || rows[2 * row] == rows[2 * row - 1] &+ 1
      else { return nil }
      ends[row] = UInt16(end)
    }
  }

  /// The row of a ready minute; negative: none.
  ///
  /// Rows that end before are counted: which is the row of a minute nobody foretells.
  @inline(__always)
  func row(of ready: Int64) -> Int {
    let since = ready &- first
    guard since >= 0, since <= span else { return -1 }
    let isOver = ends .< SIMD8(repeating: UInt16(truncatingIfNeeded: since))
    let ones = SIMD8<UInt16>().replacing(with: 1, where: isOver)
    return Int(ones.wrappedSum())
  }
}
