import Glibc
public import PostgresClient

/// Bound relied on: `clock_gettime` fills the struct it is given.
extension UniqueID {
  /// An id of version 7 made now; the clock of this machine only orders ids in indexes, it decides nothing.
  public static func now() -> UniqueID {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return .version7(
      milliseconds: UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000,
      randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  }
}
