/// Statements sent one behind the other without waiting for answers.
///
/// ```swift
/// try await connection.pipeline { pipeline in
///   for parcel in parcels { try await pipeline.send(insert, parcel.id, parcel.grams) }
/// }
/// ```
///
/// Between two syncs the statements are one transaction, unless they say otherwise; after an error the rest up to the next sync
/// is not run. A sync is sent when a result is awaited, after every so many statements if asked for, and at the end of the scope.
public struct Pipeline: Sendable {
  private let connection: Connection
  private let ticket: Ticket
  private let scope: Scope

  init(connection: Connection, ticket: Ticket, scope: Scope) {
    self.connection = connection
    self.ticket = ticket
    self.scope = scope
  }

  /// Sends a statement with values for `$1`, `$2`, …; waits only while the socket takes no more.
  ///
  /// - Returns: Its result, to be awaited or not: a failure nobody asked for is thrown at the end of the scope.
  /// - Throws: `PostgresError` if the connection has ended; `CancellationError`.
  @discardableResult
  public func send<each Value: PostgresEncodable>(
    _ statement: Statement, _ value: repeat each Value
  ) async throws -> PendingResult {
    try await send(statement, parameters: Parameters(repeat each value))
  }

  /// Sends a statement with values gathered before; waits only while the socket takes no more.
  ///
  /// - Returns: Its result, to be awaited or not: a failure nobody asked for is thrown at the end of the scope.
  /// - Throws: `PostgresError` if the connection has ended; `CancellationError`.
  @discardableResult
  public func send(_ statement: Statement, parameters: Parameters) async throws -> PendingResult {
    try Task.checkCancellation()
    try Connection.check(parameters)
    let pending = PendingResult(connection: connection, ticket: ticket, scope: scope)
    let own = connection.newTicket()
    let errand = Errand(statement: statement, parameters: parameters, owner: .pending(pending))
    let mustWait = connection.withCore { core in
      core.sendInPipeline(own, errand, scope: ticket)
      return core.hasUnsent
    }
    if mustWait { try await connection.drain(ticket, scope) }
    return pending
  }

  /// Asks for the answers to what has been sent, and so ends the implicit transaction.
  public func sync() {
    connection.withCore { core in core.tell { $0.syncPipeline(scope: ticket) } }
  }
}

extension Connection {
  /// Opens a scope in which statements are sent without waiting for answers; other requests wait until it ends.
  ///
  /// - Parameters:
  ///   - syncEvery: Statements to a sync, and so to an implicit transaction; nil syncs only when a result is awaited and at
  ///     the end.
  ///   - isolation: Where the body runs: with its caller, unless told otherwise.
  ///   - body: Sends the statements. At its end all of them have been answered.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws; else the first failure of a statement whose result nobody awaited.
  @discardableResult
  public func pipeline<Value>(
    syncEvery: Int? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: (Pipeline) async throws -> Value
  ) async throws -> Value {
    let scope = Scope()
    let ticket = try await open(scope, .pipeline(syncEvery: syncEvery), "pipeline")
    let outcome: Result<Value, any Error>
    do {
      let pipeline = Pipeline(connection: self, ticket: ticket, scope: scope)
      outcome = .success(try await body(pipeline))
    } catch {
      outcome = .failure(error)
    }
    withCore { core in core.tell { $0.endPipeline(scope: ticket) } }
    do {
      _ = try await end(of: ticket, scope)
    } catch {
      // What the body met first says more, unless it is only what followed from a failure nobody asked for.
      if case .failure(let first) = outcome,
        (first as? PostgresError)?.code != .pipelineAborted
      {
        throw first
      }
      throw withCore { _ in scope.failed }.lazy.compactMap(\.unaskedFailure).first ?? error
    }
    let failure = withCore { _ in scope.failed }.lazy.compactMap(\.unaskedFailure).first
    switch outcome {
    case .success(let value):
      if let failure { throw failure }
      return value
    case .failure(let error as PostgresError) where error.code == .pipelineAborted:
      // Nobody asked for the failure that kept the other from being run.
      throw failure ?? error
    case .failure(let error): throw error
    }
  }
}
