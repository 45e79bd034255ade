import LogisticsModel
import RouteGraph

/// A candidate of a stored row, told without its charges: they are those of its legs.
struct StoredCandidate {
  /// Path up to the tail of the last leg, as the segment numbers it.
  var path: UInt16
  var lastLeg: UInt8
  /// Minutes since the segment's start at each of ``StoredLevels``.
  var promises: SIMD4<Int32>
  /// Minutes from the segment's start before which it is boarded past the horizon; 0 where the row is not open.
  var from: UInt16
}

/// A stored row taken apart again, so that a repair can carry over what a change does not concern.
struct StoredRow {
  var candidates: [StoredCandidate] = []
  var isOpen = false
}

/// Bounds relied on: those of ``SegmentView``.
extension BlockSegment {
  /// Takes a row of a destination class apart, into memory that is used again and again.
  ///
  /// - Returns: false where there is no block for the class.
  /// - Complexity: O(candidates)
  func take(row position: Int, of destination: Int, into stored: inout StoredRow) -> Bool {
    guard let view = SegmentView(self), let block = view.block(of: destination) else {
      return false
    }
    let row = block.row(position)
    stored.isOpen = row.isOpen
    stored.candidates.removeAll(keepingCapacity: true)
    for candidate in 0..<row.count {
      var promises = SIMD4<Int32>()
      for level in StoredLevels.q1024.indices {
        promises[level] = Int32(truncatingIfNeeded: row.promise(candidate, level: level))
      }
      stored.candidates.append(
        StoredCandidate(
          path: row.paths[candidate], lastLeg: row.lastLegs[candidate], promises: promises,
          from: row.isOpen ? row.froms[candidate] : 0))
    }
    return true
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
