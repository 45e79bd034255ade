public import PostgresClient
import Synchronization

/// Enqueues jobs, and wakes those who wait for them.
///
/// ```swift
/// let sender = JobSender(pool, queries)
/// try await sender.enqueue([NewJob("replan", JSONB("{\"leg\":\"air\"}"), key: "replan-77")])
/// ```
///
/// Workers are told after the commit, over a connection of its own, at most once in five milliseconds for each queue: messages sent
/// with each job would pass the server one at a time.
public final class JobSender: Sendable {
  /// Where hints are sent.
  static let channel = "tradewind_jobs"
  /// From so many on, jobs without keys are copied rather than inserted.
  static let copyFrom = 500

  private let pool: Pool
  private let queries: QueryTable<JobQuery>
  private let notifier: WakeNotifier
  private let known = Mutex(Names())

  private struct KindName: Hashable, Sendable {
    let name: String
    let version: Int32
  }

  /// A sender over a pool.
  ///
  /// - Parameters:
  ///   - pool: Connections of a role that may read and write rows.
  ///   - queries: Those of `sql/queries`.
  ///   - wakes: Whether workers are told; else they find the jobs when they look.
  public init(_ pool: Pool, _ queries: QueryTable<JobQuery>, wakes: Bool = true) {
    self.pool = pool
    self.queries = queries
    notifier = WakeNotifier(pool, queries, isSilent: !wakes)
  }

  /// Enqueues jobs, all of them or none.
  ///
  /// - Returns: The id each stands for: its own, or that of the job enqueued before under its key.
  /// - Throws: `PostgresError`; one that ended during the commit (`commitUnknown`) may be repeated safely where all jobs have keys.
  @discardableResult
  public func enqueue(_ jobs: [NewJob]) async throws -> [UniqueID] {
    guard !jobs.isEmpty else { return [] }
    // Before the transaction, so that numbers are only remembered once they are committed.
    try await pool.withConnection { connection in
      let names = try await self.names(jobs, on: connection)
      known.withLock { $0 = names }
    }
    let ids = try await pool.transaction(attempts: 5) { connection in
      try await self.enqueue(jobs, on: connection)
    }
    var queues: [String] = []
    for job in jobs where queues.last != job.queue { queues.append(job.queue) }
    wake(Set(queues))
    return ids
  }

  /// Enqueues jobs in a transaction that somebody else ends.
  ///
  /// They are there exactly if it is committed. Then call ``wake(_:)``.
  ///
  /// - Returns: The id each stands for.
  /// - Throws: `PostgresError`.
  @discardableResult
  public func enqueue(_ jobs: [NewJob], on connection: Connection) async throws -> [UniqueID] {
    let names = try await names(jobs, on: connection)
    // Kinds may have been made in this very transaction, queues are not.
    known.withLock { $0.queues.merge(names.queues) { first, _ in first } }
    let hasKeys = jobs.contains { $0.key != nil }
    let plain = hasKeys ? jobs.filter { $0.key == nil } : jobs
    if plain.count >= Self.copyFrom {
      try await copy(plain, names, on: connection)
    } else if !plain.isEmpty {
      var numbers = NumbersInARow(names)
      try await connection.query(
        queries[.enqueueJobs], parameters: JobColumns(plain) { numbers.of($0) }.parameters)
    }
    guard hasKeys else { return jobs.map(\.id) }
    let keyed = jobs.filter { $0.key != nil }
    var numbers = NumbersInARow(names)
    let columns = JobColumns(keyed) { numbers.of($0) }
    try await connection.query(queries[.enqueueOnce], parameters: columns.keyedParameters)
    let rows = try await connection.query(
      queries[.keyedJobs], keyed.map(\.tenant), keyed.map { $0.key ?? "" })
    var standing: [JobKey: UniqueID] = [:]
    for (tenant, key, id) in try rows.decode(Int32.self, String.self, UniqueID.self) {
      standing[JobKey(tenant: tenant, key: key)] = id
    }
    return jobs.map { job in
      job.key.flatMap { standing[JobKey(tenant: job.tenant, key: $0)] } ?? job.id
    }
  }

  /// Tells the workers of some queues to look, soon.
  public func wake(_ queues: some Sequence<String>) {
    let numbers = known.withLock { known in queues.compactMap { known.queues[$0] } }
    for number in numbers { notifier.hint(number) }
  }

  private struct JobKey: Hashable {
    let tenant: Int32
    let key: String
  }

  /// Numbers of queues and kinds by name, which never change.
  private struct Names: Sendable {
    var queues: [String: Int16] = [:]
    var kinds: [KindName: Int32] = [:]
  }

  /// Numbers of one job after the other: most are of the queue and kind of the one before, and are not looked up again.
  private struct NumbersInARow {
    private let names: Names
    private var last: (queue: String, kind: KindName, numbers: (queue: Int16, kind: Int32))?

    init(_ names: Names) { self.names = names }

    mutating func of(_ job: NewJob) -> (queue: Int16, kind: Int32) {
      if let last, last.queue == job.queue, last.kind.name == job.kind,
        last.kind.version == job.version
      {
        return last.numbers
      }
      let kindName = KindName(name: job.kind, version: job.version)
      guard let queue = names.queues[job.queue], let kind = names.kinds[kindName]
      else { preconditionFailure("names are looked up before they are used") }
      last = (job.queue, kindName, (queue, kind))
      return (queue, kind)
    }
  }

  /// What is known, and what these jobs need beyond that.
  private func names(_ jobs: [NewJob], on connection: Connection) async throws -> Names {
    var names = known.withLock { $0 }
    var queues: Set<String> = []
    var kinds: Set<KindName> = []
    var last: NewJob?
    for job in jobs {
      // One look for all that are alike in a row.
      if let last, last.queue == job.queue, last.kind == job.kind, last.version == job.version {
        continue
      }
      last = job
      queues.insert(job.queue)
      kinds.insert(KindName(name: job.kind, version: job.version))
    }
    for name in queues where names.queues[name] == nil {
      guard let row = try await connection.query(queries[.queueOrder], name).first else {
        throw QueueFault.unknownQueue(name)
      }
      names.queues[name] = try row.decode(Int16.self)
    }
    for kind in kinds where names.kinds[kind] == nil {
      names.kinds[kind] = try await connection.query(
        queries[.kindNumber], kind.name, kind.version)[0].decode(Int32.self)
    }
    return names
  }

  private func copy(
    _ jobs: [NewJob], _ names: Names, on connection: Connection
  ) async throws {
    // One moment for all: jobs without a time of their own are due at it, never before.
    let now = try await connection.query("SELECT now()")[0].decode(Timestamp.self)
    let target = CopyTarget(
      schema: "tradewind", "job",
      columns: [
        "tenant_id", "id", "queue", "kind", "priority", "run_at", "max_attempts", "timeout_ms",
        "trace", "payload",
      ])
    try await connection.copyIn(into: target) { rows in
      var numbers = NumbersInARow(names)
      try await rows.writeRows(of: jobs) { job, row in
        let (queue, kind) = numbers.of(job)
        row.append(job.tenant)
        row.append(job.id)
        row.append(queue)
        row.append(kind)
        row.append(job.priority)
        row.append(Swift.max(job.runAt ?? now, now))
        row.append(job.maxAttempts)
        row.append(job.timeout.map { Int32(clamping: $0.microseconds / 1000) })
        row.append(job.trace)
        row.append(job.payload)
      }
    }
  }
}
