import PostgresClient

extension JobDesk {
  /// How a queue stands.
  public struct QueueStats: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Whether it is shared out tenant by tenant.
    public let isFair: Bool
    /// Whether nothing of it is claimed.
    public let isPaused: Bool
    /// Due, and with nobody.
    public let waiting: Int64
    /// Not due yet.
    public let scheduled: Int64
    /// With a worker.
    public let running: Int64
    /// For how long the oldest has been due; nil: none is.
    public let oldest: Duration?
    /// Ended so within the span asked for.
    public let done: Int64
    /// Ended so within the span asked for.
    public let failed: Int64
    /// Ended so within the span asked for.
    public let cancelled: Int64
    /// Ended so within the span asked for.
    public let dead: Int64
    /// Whether more jobs wait and run than were counted: then those numbers, and the age, are the least they can be.
    public let isCut: Bool
  }

  /// A worker that has a lease.
  public struct WorkerEntry: Hashable, Sendable {
    /// Its lease.
    public let lease: Int64
    /// Its machine.
    public let node: String
    /// Its process there.
    public let processID: Int32
    /// Its version.
    public let version: String
    /// Jobs in hand at most.
    public let slots: Int32
    /// Whether it takes no more.
    public let isDraining: Bool
    /// Until its lease runs out; below nothing: it is about to be given up.
    public let left: Duration
    /// Jobs in hand.
    public let inHand: Int64
  }

  /// All queues, with what ended in the last hour or another span.
  ///
  /// - Complexity: counts what waits and runs up to a hundred thousand in each queue, and what ended in the span; for metrics there
  ///   is `WorkerObserver.measured`.
  /// - Throws: `PostgresError`.
  public func stats(ended span: Duration = .seconds(3600)) async throws -> [QueueStats] {
    try await pool.withConnection { connection in
      try await connection.query(queries[.queueStats], span.microseconds, Int32(100_000)).map {
        row in
        QueueStats(
          name: try row.value(0, as: String.self), isFair: try row.value(1, as: Bool.self),
          isPaused: try row.value(2, as: Bool.self), waiting: try row.value(3, as: Int64.self),
          scheduled: try row.value(4, as: Int64.self), running: try row.value(5, as: Int64.self),
          oldest: try row.value(6, as: Int64?.self).map { .microseconds($0) },
          done: try row.value(7, as: Int64.self), failed: try row.value(8, as: Int64.self),
          cancelled: try row.value(9, as: Int64.self), dead: try row.value(10, as: Int64.self),
          isCut: try row.value(11, as: Bool.self))
      }
    }
  }

  /// All workers that have a lease.
  ///
  /// - Throws: `PostgresError`.
  public func workers() async throws -> [WorkerEntry] {
    try await pool.withConnection { connection in
      try await connection.query(queries[.workerList]).map { row in
        WorkerEntry(
          lease: try row.value(0, as: Int64.self), node: try row.value(1, as: String.self),
          processID: try row.value(2, as: Int32.self), version: try row.value(3, as: String.self),
          slots: try row.value(4, as: Int32.self), isDraining: try row.value(5, as: Bool.self),
          left: .microseconds(try row.value(7, as: Int64.self)),
          inHand: try row.value(8, as: Int64.self))
      }
    }
  }
}
