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
  var lists: Shortlisting.Lists?
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
    stored.lists = row.hasLists ? Shortlisting.Lists(row) : nil
    stored.candidates.removeAll(keepingCapacity: true)
    for candidate in 0..<row.count {
      let own = CandidateView(row, candidate)
      var promises = SIMD4<Int32>()
      for level in StoredLevels.q1024.indices {
        promises[level] = Int32(truncatingIfNeeded: own.promise(level))
      }
      stored.candidates.append(
        StoredCandidate(
          path: UInt16(own.path), lastLeg: UInt8(own.lastLeg), promises: promises,
          from: row.isOpen ? UInt16(row.from(candidate)) : 0))
    }
    return true
  }

  /// A row of a destination class as it is stored; nil where there is no block for the class.
  func row(_ position: Int, of destination: Int) -> RowView? {
    SegmentView(self)?.block(of: destination)?.row(position)
  }

  /// Whether a row of a block has a candidate on one of some paths.
  ///
  /// - Complexity: O(candidates)
  func hasCandidate(in destination: Int, row position: Int, onPath isOn: borrowing [Bool]) -> Bool {
    guard let view = SegmentView(self), let block = view.block(of: destination) else {
      return false
    }
    let row = block.row(position)
    for candidate in 0..<row.count where isOn[row.path(candidate)] { return true }
    return false
  }

  /// When and where a path taken from a row clears customs.
  func clearance(ofPath path: Int, row: Int) -> PathClearance {
    PathClearance(bits: clearances[Int(clearanceOf[path * (rows.count / 2) + row])])
  }
}

extension Shortlisting.Lists {
  /// The lists of a stored row that has them.
  init(_ row: RowView) {
    ofCell = (0..<Shortlisting.cellCount).map {
      row.lists.load(fromByteOffset: $0, as: UInt8.self)
    }
    words = (row.count + 63) / 64
    let first = row.lists + Shortlisting.cellCount
    bits = (0..<row.listCount).flatMap { list -> [UInt64] in
      let own = ListView(start: first + list * row.listSize, count: row.count)
      return (0..<own.wordCount).map { own.word($0) }
    }
  }
}
