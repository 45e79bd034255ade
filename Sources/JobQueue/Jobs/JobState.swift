/// How a job ended; the numbers are those of `tradewind.job_done`, whose CHECK says the same.
///
/// Before that a job waits (it has no lease) or runs (it has one): neither is stored as a state, so neither can contradict the lease.
///
/// ```
///             claim                complete
///  waiting ──────────▶ running ───────────────▶ done | failed | cancelled | dead
///     ▲                   │
///     └── retry, snooze, release, rescue
/// ```
public enum JobState: Int16, Hashable, Sendable, CaseIterable {
  /// Its handler did what was asked, and everything it wrote is kept.
  case done = 1
  /// Its handler said that another attempt would end the same way.
  case failed = 2
  /// Somebody had it cancelled.
  case cancelled = 3
  /// It was tried as often as it may be.
  case dead = 4

  /// As it is printed and asked for.
  public var word: String {
    switch self {
    case .done: "done"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .dead: "dead"
    }
  }
}
