public import PostgresClient

/// What people ask of the queue, and do to it.
///
/// ```swift
/// let desk = JobDesk(pool, queries)
/// for queue in try await desk.stats() { print(queue.name, queue.waiting, queue.dead) }
/// try await desk.retry(id, tenant: 1)
/// ```
public struct JobDesk: Sendable {
  let pool: Pool
  let queries: QueryTable<JobQuery>

  /// A desk over a pool.
  ///
  /// - Parameters:
  ///   - pool: Connections of a role that may read, and for changes write, rows.
  ///   - queries: Those of `sql/queries`.
  public init(_ pool: Pool, _ queries: QueryTable<JobQuery>) {
    self.pool = pool
    self.queries = queries
  }

  /// One job, as it stands.
  public struct Entry: Hashable, Sendable {
    /// Whose it is.
    public let tenant: Int32
    /// Its id.
    public let id: UniqueID
    /// Name of its queue.
    public let queue: String
    /// Its kind; nil where somebody enqueued it under a number that stands for none.
    public let kind: String?
    /// Version of its payload.
    public let version: Int32?
    /// `waiting`, `scheduled`, `running`, `done`, `failed`, `cancelled` or `dead`.
    public let state: String
    /// Attempts so far.
    public let attempt: Int16
    /// While it is not finished: 0 is the most urgent.
    public let priority: Int16?
    /// While it is not finished: when it is due.
    public let runAt: Timestamp?
    /// When it ended.
    public let finishedAt: Timestamp?
    /// Whether somebody wants it cancelled, and it still runs.
    public let cancelAsked: Bool
    /// The worker that has it, or ended it.
    public let lease: Int64?
    /// What its handler gave, as JSON.
    public let result: String?
    /// What went wrong, attempt by attempt, as JSON.
    public let errors: String?
    /// What it is about, as JSON; forgotten once it is done.
    public let payload: String?

    init(_ row: Row) throws {
      tenant = try row.value(0, as: Int32.self)
      id = try row.value(1, as: UniqueID.self)
      queue = try row.value(2, as: String.self)
      kind = try row.value(3, as: String?.self)
      version = try row.value(4, as: Int32?.self)
      state = try row.value(5, as: String.self)
      attempt = try row.value(6, as: Int16.self)
      priority = try row.value(7, as: Int16?.self)
      runAt = try row.value(8, as: Timestamp?.self)
      finishedAt = try row.value(9, as: Timestamp?.self)
      cancelAsked = try row.value(10, as: Bool.self)
      lease = try row.value(11, as: Int64?.self)
      result = try row.value(12, as: JSONB?.self)?.text
      errors = try row.value(13, as: JSONB?.self)?.text
      payload = try row.value(14, as: JSONB?.self)?.text
    }
  }

  /// Which jobs to list; what is nil does not matter.
  public struct Filter: Hashable, Sendable {
    /// Whose.
    public var tenant: Int32?
    /// In which queue.
    public var queue: String?
    /// Of which kind.
    public var kind: String?
    /// In which states.
    public var states: [String]?
    /// With ids below this one: the next page.
    public var before: UniqueID?
    /// At most so many.
    public var limit: Int32 = 50

    /// All of them, fifty at a time.
    public init() {}
  }

  /// Jobs, the newest first.
  ///
  /// - Complexity: reads what waits and runs, and of what ended about as much as it shows: ids are looked at from the newest
  ///   downwards (``IDWindows``). A kind or state few jobs have is looked for in all that is kept; what failed or died has an
  ///   index.
  /// - Throws: `PostgresError`.
  public func list(_ filter: Filter) async throws -> [Entry] {
    let windows = IDWindows(before: filter.before, now: .now())
    guard let top = windows.top else { return [] }
    return try await pool.withConnection { connection in
      if let states = filter.states, Set(states).isSubset(of: ["failed", "dead"]) {
        return try await connection.query(
          queries[.listWrongJobs], filter.tenant, filter.queue, filter.kind, states, top,
          filter.limit
        ).map { try Entry($0) }
      }
      var found: [Entry] = []
      for ids in windows where found.count < filter.limit {
        found += try await connection.query(
          queries[.listJobs], filter.tenant, filter.queue, filter.kind, filter.states,
          ids.upperBound, filter.limit - Int32(found.count), ids.lowerBound
        ).map { try Entry($0) }
      }
      return found
    }
  }

  /// A job, as it stands.
  ///
  /// - Throws: ``QueueFault`` (`TW-JOB-002`); `PostgresError`.
  public func job(_ id: UniqueID, tenant: Int32) async throws -> Entry {
    try await pool.withConnection { connection in
      guard let row = try await connection.query(queries[.jobByID], tenant, id).first else {
        throw QueueFault.unknownJob("\(id)")
      }
      return try Entry(row)
    }
  }

  /// A moment by the server's clock, so long from now.
  ///
  /// - Throws: `PostgresError`.
  public func serverTime(in pause: Duration) async throws -> Timestamp {
    try await pool.withConnection { connection in
      let now = try await connection.query("SELECT clock_timestamp()")[0].decode(Timestamp.self)
      return Timestamp(microseconds: now.microseconds + pause.microseconds)
    }
  }
}
