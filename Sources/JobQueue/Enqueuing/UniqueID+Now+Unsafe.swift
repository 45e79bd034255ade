import Glibc
public import PostgresClient
import Synchronization

/// Bounds relied on: `clock_gettime` fills the struct it is given, `getentropy` the 256 bytes it is given or fails.
extension UniqueID {
  /// An id of version 7 made now; the clock of this machine only orders ids in indexes, it decides nothing.
  public static func now() -> UniqueID {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let (high, low) = RandomWords.shared.withLock { ($0.next(), $0.next()) }
    return .version7(
      milliseconds: UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000,
      randomHigh: UInt16(truncatingIfNeeded: high), randomLow: low)
  }
}

/// The system's random words, fetched thirty-two at a time: a call of the system for each id costs more than all else of it.
private struct RandomWords {
  static let shared = Mutex(RandomWords())

  private var words = [UInt64](repeating: 0, count: 32)
  private var used = 32

  mutating func next() -> UInt64 {
    if used == words.count {
      let bytes = words.count * MemoryLayout<UInt64>.stride
      precondition(getentropy(&words, bytes) == 0, "the system gives no random numbers")
      used = 0
    }
    defer {
      // Whoever reads this memory later learns nothing of ids given out.
      words[used] = 0
      used += 1
    }
    return words[used]
  }
}
