import Synchronization

/// The result of a statement sent in a pipeline, when it comes.
public final class PendingResult: Sendable {
  private struct State {
    var result: Result<ResultSet, any Error>?
    var waiting: [CheckedContinuation<ResultSet, any Error>] = []
    var isAsked = false
  }

  private let state = Mutex(State())
  private let connection: Connection
  private let ticket: Ticket
  let scope: Scope

  init(connection: Connection, ticket: Ticket, scope: Scope) {
    self.connection = connection
    self.ticket = ticket
    self.scope = scope
  }

  /// Waits for the result, and asks the server for answers if it has not been asked since the statement was sent.
  ///
  /// - Throws: `PostgresError` of this statement, with code `pipelineAborted` where one before it failed; `CancellationError`.
  public var rows: ResultSet {
    get async throws {
      let early = state.withLock { state in
        state.isAsked = true
        return state.result
      }
      if let early { return try early.get() }
      connection.withCore { core in core.tell { $0.syncPipeline(scope: ticket) } }
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          let early = state.withLock { state in
            if state.result == nil { state.waiting.append(continuation) }
            return state.result
          }
          if let early { continuation.resume(with: early) }
        }
      } onCancel: {
        connection.cancel(ticket)
      }
    }
  }

  /// The failure nobody has asked for.
  var unaskedFailure: (any Error)? {
    state.withLock { state in
      guard !state.isAsked, case .failure(let error) = state.result else { return nil }
      return error
    }
  }

  /// Notes the result, under the lock of the connection: whoever sees the scope end sees every failure in it.
  func note(_ result: Result<ResultSet, any Error>) {
    state.withLock { $0.result = result }
  }

  /// Wakes those who wait for the result that was noted, after the lock is released.
  func settle(_ result: Result<ResultSet, any Error>) {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume(with: result) }
  }
}
