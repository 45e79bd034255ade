import LogisticsModel
import RouteGraph

/// Stored rows taken apart again, so that a repair can carry over what a change does not concern.
///
/// Bounds relied on: those of ``SegmentView``.
extension BlockSegment {
  /// The row of a destination class as it was put in: paths numbered by this segment, signatures by this block.
  ///
  /// Returns nil where there is no block for the class.
  /// - Complexity: O(candidates)
  func storedRow(_ position: Int, of destination: Int) -> SegmentDraft.Row? {
    guard let view = SegmentView(self), let block = view.block(of: destination) else { return nil }
    let row = block.row(position)
    let entries = (0..<row.count).map { candidate in
      var promises = SIMD4<Int32>()
      for level in StoredLevels.q1024.indices {
        promises[level] = Int32(truncatingIfNeeded: row.promise(candidate, level: level))
      }
      return SegmentDraft.Entry(
        path: row.paths[candidate], signature: Int32(row.signatures[candidate]),
        lastLeg: row.lastLegs[candidate], promises: promises,
        from: row.isOpen ? row.froms[candidate] : 0)
    }
    return SegmentDraft.Row(entries: entries, isOpen: row.isOpen)
  }

  /// Each signature of a block, folded from its charge classes in ascending order.
  ///
  /// - Parameter adding: gives the number of a signature with one more class; the empty one is number 0.
  /// - Complexity: O(signatures x slots)
  func storedSignatures(
    of destination: Int, adding: (_ chargeClass: Int32, _ signature: Int32) -> Int32
  ) -> [Int32] {
    guard let view = SegmentView(self), let block = view.block(of: destination) else { return [] }
    let stride = Int(block.header.stride)
    return (0..<Int(block.header.signatureCount)).map { signature in
      var folded: Int32 = 0
      for slot in 0..<stride {
        let place = signature * stride + slot
        let position =
          block.header.slotWidth == 1
          ? Int(block.signatures.load(fromByteOffset: place, as: UInt8.self))
          : Int(block.signatures.load(fromByteOffset: 2 * place, as: UInt16.self))
        // Slots stand in the order of their classes; the first class fills up.
        if position > 0 { folded = adding(Int32(block.classes[position]), folded) }
      }
      return folded
    }
  }

  /// Whether a row of a block has a candidate on one of some paths.
  ///
  /// - Complexity: O(candidates)
  func hasCandidate(in destination: Int, row position: Int, onPath isOn: borrowing [Bool]) -> Bool {
    guard let view = SegmentView(self), let block = view.block(of: destination) else {
      return false
    }
    let row = block.row(position)
    for candidate in 0..<row.count where isOn[Int(row.paths[candidate])] { return true }
    return false
  }

  /// When and where a path taken from a row clears customs.
  func clearance(ofPath path: Int, row: Int) -> PathClearance {
    PathClearance(bits: clearances[path * (rows.count / 2) + row])
  }
}
