/// Is told what a worker does, for logs and metrics.
///
/// Calls come from the worker's own thread, and must not block it. All requirements have empty defaults.
public protocol WorkerObserver: Sendable {
  /// Some jobs of a kind have been settled, and that is committed.
  ///
  /// - Parameters:
  ///   - kind: Name of their kind.
  ///   - outcomes: How many ended how: `done`, `failed`, `cancelled`, `dead`, `retried`, `snoozed`, or `fenced` where the job was
  ///     somebody else's by then and nothing was kept.
  ///   - duration: How long their handler took; the jobs of a batch share it.
  func settled(kind: String, outcomes: [String: Int], duration: Duration)
  /// Something happened to the worker.
  func happened(_ event: WorkerEvent)
  /// What waits in a queue: how many, counted to 100,000 at most, and for how long the oldest has been due.
  func measured(queue: String, depth: Int, oldest: Duration?)
}

extension WorkerObserver {
  /// Nothing.
  public func settled(kind: String, outcomes: [String: Int], duration: Duration) {}
  /// Nothing.
  public func happened(_ event: WorkerEvent) {}
  /// Nothing.
  public func measured(queue: String, depth: Int, oldest: Duration?) {}
}

/// Something that happened to a worker.
public enum WorkerEvent: Sendable {
  /// It has a lease, and works.
  case registered(lease: Int64)
  /// It had to drop everything: its lease is not to be trusted any more. It begins anew by itself.
  case fenced(lease: Int64)
  /// It takes no more.
  case draining
  /// It has ended.
  case stopped
  /// It took over the jobs of workers that had stopped answering.
  case rescued(leases: [Int64])
  /// Schedules fired so many jobs.
  case fired(Int)
  /// Something keeps dead rows from being removed: transactions since then, and what it is.
  case horizonHeld(transactions: Int64, holder: String)
  /// Something failed and is tried again: what, and why.
  case setback(String, any Error)
}

/// Tells nobody.
public struct SilentObserver: WorkerObserver {
  /// Nobody to tell.
  public init() {}
}

/// Named places in a worker's life, for tests that stop it there.
public enum WorkerPoint: String, Hashable, Sendable, CaseIterable {
  /// Jobs were claimed, and no handler has begun.
  case afterClaim = "after_claim"
  /// An effect has been sent, the completion is not committed.
  case midEffect = "mid_effect"
  /// All of a transaction has been sent, and its end.
  case commitSent = "commit_sent"
  /// The server has answered, and the worker has not drawn its conclusions.
  case answerUnread = "answer_unread"
  /// A beat is about to go out.
  case inBeat = "in_beat"
  /// Leases are given up, their jobs are not free yet.
  case inRescue = "in_rescue"
  /// The drain has begun.
  case inDrain = "in_drain"
}
