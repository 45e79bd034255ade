import Synchronization

/// Memory in large pages that many ``JointColumns`` share.
///
/// Columns of a few hundred kilobytes are too small for a large page of their own; laid one behind the other they fill
/// them. A piece is given back when the last column in it is gone, so what shares a memory should live equally long.
///
/// Bound relied on: no two columns are given the same bytes, and whoever is given some keeps their piece alive.
public final class JointMemory: Sendable {
  /// Memory taken from the system at once, and given back at once.
  final class Piece: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let byteCount: Int

    fileprivate init(byteCount: Int) {
      self.byteCount = byteCount
      start = FrozenStorage.memory(byteCount: byteCount, alignment: JointColumns.gap)
    }

    deinit { start.deallocate() }
  }

  private struct State {
    var piece: Piece?
    /// Bytes of the piece that are given away.
    var end = 0
    var taken = 0
  }

  private let state = Mutex(State())

  /// The first piece is small, each next one twice as large, so that a small network takes little.
  private static let sizes = (least: 1 << 16, greatest: 1 << 25)

  /// Makes a memory that has taken nothing yet.
  public init() {}

  /// Bytes taken from the system so far.
  public var taken: Int { state.withLock { $0.taken } }

  /// Bytes that begin a line of the cache, and the piece they lie in.
  func bytes(_ count: Int) -> (start: UnsafeMutableRawPointer, piece: Piece) {
    state.withLock { state in
      let start = (state.end + JointColumns.gap - 1) / JointColumns.gap * JointColumns.gap
      if let piece = state.piece, start + count <= piece.byteCount {
        state.end = start + count
        return (piece.start + start, piece)
      }
      let usual = min(
        max(2 * (state.piece?.byteCount ?? 0), JointMemory.sizes.least), JointMemory.sizes.greatest)
      let isOwn = count > usual / 2
      let piece = Piece(byteCount: isOwn ? count : usual)
      state.taken += piece.byteCount
      // What is so large has a piece of its own; the one begun goes on being filled.
      if !isOwn || state.piece == nil {
        state.piece = piece
        state.end = count
      }
      return (piece.start, piece)
    }
  }
}
