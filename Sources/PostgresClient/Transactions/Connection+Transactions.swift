import Synchronization

extension Connection {
  /// Runs a body in a transaction: commits when it returns, rolls back when it throws.
  ///
  /// If the connection ends during `COMMIT`, what became of the transaction is asked of the server over a new connection. If it was
  /// committed, the value is returned as ever; if not, an error with code `commitLost` is thrown, after which running it again is
  /// safe; if nobody can say, one with code `commitUnknown`, after which it is not.
  ///
  /// - Parameters:
  ///   - options: How it is run.
  ///   - resolve: The last resort: looks over a new connection for what the transaction should have written, and says whether it
  ///     is there; nil if that cannot be said.
  ///   - isolation: Where the body runs: with its caller, unless told otherwise.
  ///   - body: Uses this connection for its statements. Other tasks must not use it meanwhile.
  /// - Returns: What the body returns, once it is committed.
  /// - Throws: What the body throws; `PostgresError`; `CancellationError`.
  @discardableResult
  public func transaction<Value>(
    _ options: TransactionOptions = TransactionOptions(),
    resolve: (@Sendable (Connection) async throws -> Bool?)? = nil,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    let trace = try await begin(options)
    let value: Value
    do {
      value = try await body(self)
      try Task.checkCancellation()
    } catch {
      await rollBack()
      throw error
    }
    do {
      let result = try await finish("COMMIT")
      guard result.commandTag == "COMMIT" else {
        throw PostgresError(
          .misuse,
          "the transaction was rolled back: a statement in it had failed, and its error was not passed on"
        )
      }
    } catch let error as PostgresError where isClosed && error.errorClass == .reconnect {
      try await settle(trace, options, resolve, error)
    }
    return value
  }

  /// Begins, and notes what a lost commit would be recognised by, in one round trip.
  private func begin(_ options: TransactionOptions) async throws -> CommitTrace? {
    guard options.isTraced, !options.isReadOnly else {
      try await query(options.begin)
      return nil
    }
    let known = serverLife.withLock { $0 }
    do {
      let (life, transaction) = try await pipeline { pipeline in
        let life = known == nil ? try await pipeline.send(ServerLife.query) : nil
        // Else it would belong to the transaction, whose level is set before its first query.
        if life != nil { pipeline.sync() }
        try await pipeline.send(options.begin)
        let id = try await pipeline.send("SELECT pg_current_xact_id()")
        let row = try await life?.rows[0]
        return (try row.map(ServerLife.read), try await id.rows[0].decode(TransactionID.self))
      }
      if let life { serverLife.withLock { $0 = life } }
      return (life ?? known).map { CommitTrace(transaction: transaction, life: $0) }
    } catch {
      await rollBack()
      throw error
    }
  }

  /// Ends a transaction that is not to be kept.
  ///
  /// A connection that cannot do that is closed, which does it too.
  func rollBack() async {
    guard !isClosed else { return }
    do {
      _ = try await finish("ROLLBACK")
    } catch {
      close()
    }
  }

  /// Finds out what became of a transaction whose `COMMIT` was not answered; returns if it was committed.
  private func settle(
    _ trace: CommitTrace?, _ options: TransactionOptions,
    _ resolve: (@Sendable (Connection) async throws -> Bool?)?, _ cause: PostgresError
  ) async throws {
    let settings = self.settings
    let thread = self.thread
    // The question outlives the cancellation of whoever asked: the answer decides what may be done next.
    let fate = await Task {
      await Self.fate(
        of: trace, settings, thread, patience: options.resolvingPatience, resolve: resolve)
    }.value
    switch fate {
    case .committed: return
    case .rolledBack:
      throw PostgresError(
        .commitLost, "the connection ended during COMMIT (\(cause.message)); nothing was kept")
    case .unknown, .undecided:
      let name = trace.map { "transaction \($0.transaction.number)" } ?? "the transaction"
      throw PostgresError(
        .commitUnknown,
        "the connection ended during COMMIT (\(cause.message)); \(name) may have "
          + "been committed")
    }
  }

  private static func fate(
    of trace: CommitTrace?, _ settings: ConnectionSettings, _ thread: IOThread,
    patience: Duration, resolve: (@Sendable (Connection) async throws -> Bool?)?
  ) async -> CommitFate {
    let deadline = ContinuousClock.now + patience
    var pause = Duration.milliseconds(5)
    var last = CommitFate.unknown
    while true {
      if let connection = try? await open(settings, on: thread) {
        if let trace, let evidence = try? await connection.evidence(of: trace.transaction) {
          last = evidence.fate(of: trace)
          if last == .committed || last == .rolledBack { return last }
        }
        if last == .unknown, let resolve, let isThere = try? await resolve(connection) {
          return isThere ? .committed : .rolledBack
        }
        // A server that has answered knows no more a moment later, unless it is still at it.
        if last == .unknown, trace != nil || resolve != nil { return .unknown }
      }
      guard ContinuousClock.now + pause < deadline, trace != nil || resolve != nil else {
        return last
      }
      try? await Task.sleep(for: pause)
      pause = Swift.min(pause * 2, .milliseconds(250))
    }
  }

  /// What the server says of a transaction id.
  func evidence(of transaction: TransactionID) async throws -> CommitEvidence {
    let life = try ServerLife.read(try await query(ServerLife.query)[0])
    do {
      let (status, committedAt) = try await query(
        Statement(
          "commit evidence",
          """
          SELECT pg_xact_status($1),
            CASE WHEN current_setting('track_commit_timestamp') = 'on'
              AND pg_xact_status($1) = 'committed' THEN pg_xact_commit_timestamp($1::xid) END
          """), transaction)[0].decode(String?.self, Timestamp?.self)
      return CommitEvidence(
        life: life, status: status, isInFuture: false, committedAt: committedAt)
    } catch let error as PostgresError where error.sqlState == "22023" {
      return CommitEvidence(life: life, status: nil, isInFuture: true, committedAt: nil)
    }
  }
}
