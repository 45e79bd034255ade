/// What disruptions changed in one segment, as a look-up reads it.
///
/// Bound relied on: as many words as destination classes need; ``EngineTables/freeOverlay()`` frees them.
struct OverlaidSegment: BitwiseCopyable {
  /// One bit for each destination class whose block must not be used; nil: none.
  let stale: UnsafeMutablePointer<UInt64>?
  /// One bit for each destination class whose block in the patch holds.
  let fresh: UnsafeMutablePointer<UInt64>?
  let patch: SegmentView?

  @inline(__always)
  func hides(_ destination: Int) -> Bool {
    guard let stale else { return false }
    return stale[destination / 64] &>> UInt64(destination % 64) & 1 == 1
  }

  @inline(__always)
  func renews(_ destination: Int) -> Bool {
    guard let fresh, patch != nil else { return false }
    return fresh[destination / 64] &>> UInt64(destination % 64) & 1 == 1
  }
}
