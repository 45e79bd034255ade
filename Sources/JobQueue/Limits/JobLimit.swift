/// How many jobs of a kind all workers together may run.
///
/// It is one row of `tradewind.job_limit`, from which workers take blocks: the row is touched once for a block, not once for a job.
/// Whoever starts with another figure sets it for all.
public enum JobLimit: Hashable, Sendable {
  /// So many at once.
  case atOnce(Int32)
  /// So many begin in a minute, and up to as many together after a quiet one.
  case perMinute(Int32)

  /// The most that may be out.
  var cap: Int32 {
    switch self {
    case .atOnce(let count), .perMinute(let count): count
    }
  }

  /// What flows back by the clock; 0: what is out comes back by itself.
  var perMinute: Int32 {
    switch self {
    case .atOnce: 0
    case .perMinute(let count): count
    }
  }
}
