import RouteGraph

/// What came after the first blocks of one segment: bit sets over destination classes, and blocks built later.
struct SegmentState: Sendable {
  /// Classes whose block a disruption concerns.
  var stale: [UInt64]
  /// Classes that may be concerned: not looked at closely yet.
  var pending: [UInt64]
  /// Classes whose block in the patch holds.
  var fresh: [UInt64]
  /// Classes without a first block, built when they were missed; their bits are stale as well.
  var added: [UInt64]
  /// Blocks built later: under the disruptions, or because they were missed.
  private(set) var patch: BlockSegment?
  /// Legs on the paths of the patch, one bit each.
  private(set) var patchLegs: [UInt64] = []
  /// What has changed since the patch was built, as far as it may concern the segment.
  var news: [LegChange] = []

  init(classCount: Int) {
    stale = [UInt64](repeating: 0, count: (classCount + 63) / 64)
    pending = stale
    fresh = stale
    added = stale
  }

  /// The state after a repair: `patch` has a block for every class that is hidden, as far as one can be built.
  func renewed(by patch: BlockSegment, legCount: Int) -> SegmentState {
    var next = self
    next.fresh = fresh.map { _ in 0 }
    for destination in hidden.bits where patch.index[destination] != BlockLayout.absent {
      next.fresh.insert(bit: destination)
    }
    next.stale = hidden
    next.pending = pending.map { _ in 0 }
    next.setPatch(patch, legCount: legCount)
    return next
  }

  /// Puts other blocks in the place of the patch, built just now.
  mutating func setPatch(_ patch: BlockSegment?, legCount: Int) {
    self.patch = patch
    patchLegs = patch?.legsOnPaths(of: legCount) ?? []
    news = []
  }

  /// Whether the patch, be it up to date or not, has a block of a class.
  func isPatched(_ destination: Int) -> Bool {
    patch.map { $0.index[destination] != BlockLayout.absent } ?? false
  }

  /// Classes whose first block must not be used.
  var hidden: [UInt64] { zip(stale, pending).map { $0 | $1 } }

  /// Classes that are answered by the exact search until they are repaired.
  var unanswered: [UInt64] { zip(hidden, fresh).map { $0 & ~$1 } }

  /// Whether every class is answered by a block.
  var isWhole: Bool { unanswered.allSatisfy { $0 == 0 } }
}

extension [UInt64] {
  /// Sets one bit.
  mutating func insert(bit: Int) { self[bit / 64] |= 1 << UInt64(bit % 64) }

  /// Clears one bit.
  mutating func remove(bit: Int) { self[bit / 64] &= ~(1 << UInt64(bit % 64)) }

  /// Whether a bit is set.
  func contains(bit: Int) -> Bool { self[bit / 64] >> UInt64(bit % 64) & 1 == 1 }

  /// Positions of all bits set.
  var bits: [Int] {
    indices.flatMap { word in
      (0..<64).filter { self[word] >> UInt64($0) & 1 == 1 }.map { word * 64 + $0 }
    }
  }

  /// Number of bits set.
  var bitCount: Int { reduce(0) { $0 + $1.nonzeroBitCount } }
}
