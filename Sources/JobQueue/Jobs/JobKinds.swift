/// What a worker can do: a handler for each kind of job, by name and version of the payload.
///
/// Jobs of other kinds or versions wait for a worker that knows them. So an old and a new program may work side by side: the new
/// one registers both versions.
///
/// ```swift
/// var kinds = JobKinds()
/// kinds.register("quote", batch: 100, timeout: .seconds(30)) { jobs, control in
///   let quotes = jobs.map { … }
///   return BatchOutcome(jobs.map { _ in .done() }) { done in
///     [.statement(insertQuotes, Parameters(done.map { quotes[$0].id }, done.map { quotes[$0].document }))]
///   }
/// }
/// kinds.registerEach("replan", timeout: .seconds(600), limit: .atOnce(2)) { job, control in
///   .done(result: JSONB("{\"repaired\":3}"), effects: [.statement(note, Parameters(job.id))])
/// }
/// ```
public struct JobKinds: Sendable {
  /// Handles some jobs of a kind; an error is an attempt that went wrong, for all of them.
  public typealias Handler = @Sendable ([Job], JobControl) async throws -> BatchOutcome

  struct Kind: Sendable {
    let name: String
    let version: Int32
    let batch: Int
    let timeout: Duration?
    let limit: JobLimit?
    let backoff: Backoff
    let handler: Handler
  }

  private(set) var all: [Kind] = []

  /// No kinds yet.
  public init() {}

  /// Registers a handler that takes several jobs at once.
  ///
  /// - Parameters:
  ///   - name: Of the kind: small letters, digits, `_`, `.` and `-`.
  ///   - version: Of the payload.
  ///   - batch: Jobs it takes at most.
  ///   - timeout: How long a call may take; then its task is cancelled and the attempt has gone wrong. nil: for ever.
  ///   - limit: How many jobs of the kind (all versions) run at once or start in a minute, over all workers.
  ///   - backoff: How long to wait before another attempt.
  ///   - handler: Does the work, outside of any transaction.
  /// - Precondition: The kind is not registered yet, and `batch` is at least 1.
  public mutating func register(
    _ name: String, version: Int32 = 1, batch: Int = 100, timeout: Duration? = nil,
    limit: JobLimit? = nil, backoff: Backoff = Backoff(), handler: @escaping Handler
  ) {
    precondition(
      !all.contains { $0.name == name && $0.version == version },
      "\(name) \(version) is registered twice")
    precondition(batch >= 1, "a batch holds a job at least")
    all.append(
      Kind(
        name: name, version: version, batch: batch, timeout: timeout, limit: limit,
        backoff: backoff,
        handler: handler))
  }

  /// Registers a handler that takes one job at a time; several of them run at once.
  ///
  /// - Parameters: As of ``register(_:version:batch:timeout:limit:backoff:handler:)``.
  public mutating func registerEach(
    _ name: String, version: Int32 = 1, timeout: Duration? = nil, limit: JobLimit? = nil,
    backoff: Backoff = Backoff(),
    handler: @escaping @Sendable (Job, JobControl) async throws -> Outcome
  ) {
    register(
      name, version: version, batch: 1, timeout: timeout, limit: limit, backoff: backoff
    ) { jobs, control in
      var outcomes: [Outcome] = []
      for job in jobs { outcomes.append(try await handler(job, control)) }
      return BatchOutcome(outcomes)
    }
  }
}
