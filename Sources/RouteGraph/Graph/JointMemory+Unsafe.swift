import Synchronization

/// Memory in large pages that many ``JointColumns`` share.
///
/// Columns of a few hundred kilobytes are too small for a large page of their own; laid one behind the other they fill
/// them. A piece is given back when the last column in it is gone, so what shares a memory should live equally long;
/// a column left alone holds its piece, which is never larger than eight mebibytes unless the column is.
///
/// Bound relied on: no two columns are given the same bytes, and whoever is given some keeps their piece alive.
public final class JointMemory: Sendable {
  /// Memory taken from the system at once, and given back at once.
  final class Piece: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let byteCount: Int
    private let held: Held

    fileprivate init(byteCount: Int, of held: Held) {
      self.byteCount = byteCount
      self.held = held
      start = FrozenStorage.memory(byteCount: byteCount, alignment: JointColumns.gap)
      held.bytes.add(byteCount, ordering: .relaxed)
    }

    deinit {
      start.deallocate()
      held.bytes.subtract(byteCount, ordering: .relaxed)
    }
  }

  /// Bytes of the pieces that are alive, which may outlive the memory they were taken for.
  fileprivate final class Held: Sendable {
    let bytes = Atomic(0)
  }

  private struct State {
    var piece: Piece?
    /// Bytes of the piece that are given away.
    var end = 0
    var taken = 0
  }

  private let state = Mutex(State())
  private let alive = Held()

  /// The first piece is small, each next one as large as all before, so that a small network takes little.
  static let sizes = (least: 1 << 16, greatest: 1 << 23)
  /// What is more than this part of a piece gets one of its own, so that no more than this is left over in the last.
  private static let share = 4

  /// Makes a memory that has taken nothing yet.
  public init() {}

  /// Bytes taken from the system so far.
  public var taken: Int { state.withLock { $0.taken } }

  /// Bytes taken and not given back: of pieces being filled, or with a column somebody holds.
  public var held: Int { alive.bytes.load(ordering: .relaxed) }

  /// Bytes that begin a line of the cache, and the piece they lie in.
  func bytes(_ count: Int) -> (start: UnsafeMutableRawPointer, piece: Piece) {
    state.withLock { state in
      let start = (state.end + JointColumns.gap - 1) / JointColumns.gap * JointColumns.gap
      if let piece = state.piece, start + count <= piece.byteCount {
        state.end = start + count
        return (piece.start + start, piece)
      }
      // Pieces of their own count too: what is large against the pieces so far soon shares one of those to come.
      let usual = min(max(state.taken, JointMemory.sizes.least), JointMemory.sizes.greatest)
      let isOwn = count > usual / JointMemory.share
      let piece = Piece(byteCount: isOwn ? count : usual, of: alive)
      state.taken += piece.byteCount
      // The piece begun goes on being filled beside one that somebody has alone.
      if !isOwn {
        state.piece = piece
        state.end = count
      }
      return (piece.start, piece)
    }
  }
}
