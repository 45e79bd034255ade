public import PostgresClient

/// One attempt at a job, as a handler gets it.
public struct Job: Sendable, Identifiable {
  /// Made by whoever enqueued it; the same in every attempt, so it serves as an idempotency key towards others.
  public let id: UniqueID
  /// Whose job it is.
  public let tenant: Int32
  /// The number of its queue.
  public let queue: Int16
  /// What is to be done.
  public let kind: String
  /// Version of its payload.
  public let version: Int32
  /// Counted from 1; attempts that ended with their worker count.
  public let attempt: Int16
  /// After so many it is dead.
  public let maxAttempts: Int16
  /// 0 is the most urgent.
  public let priority: Int16
  /// When it was due, by the server's clock.
  public let runAt: Timestamp
  /// How long this attempt may take; nil: as its kind says.
  public let timeout: Duration?
  /// Whatever whoever enqueued it wants to find it by.
  public let trace: String?
  /// What it is about, as a JSON document.
  public let payload: JSONB

  /// Which attempt at which job: what the server is asked to change, or nothing.
  var attemptKey: AttemptKey {
    AttemptKey(queue: queue, tenant: tenant, id: id, attempt: attempt)
  }
}

/// An attempt at a job; together with the lease the fence around everything that is done to it.
struct AttemptKey: Hashable, Sendable, Comparable {
  let queue: Int16
  let tenant: Int32
  let id: UniqueID
  let attempt: Int16

  /// The order in which rows are locked.
  static func < (left: AttemptKey, right: AttemptKey) -> Bool {
    (left.queue, left.tenant, left.id, left.attempt) < (
      right.queue, right.tenant, right.id, right.attempt
    )
  }
}
