extension Connection {
  /// Waits for a scope's turn.
  func open(
    _ scope: Scope, _ request: SessionMachine<ResultSet>.Request, _ statement: Statement
  ) async throws -> Ticket {
    try Task.checkCancellation()
    let ticket = newTicket()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        withCore { core in
          scope.opening = continuation
          core.begin(
            ticket, request,
            Errand(statement: statement, parameters: .none, owner: .scope(scope)))
        }
        if Task.isCancelled { cancel(ticket) }
      }
    } onCancel: {
      cancel(ticket)
    }
    return ticket
  }

  /// Waits until the socket has taken what was written.
  func drain(_ ticket: Ticket, _ scope: Scope) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        withCore { $0.awaitDrain(scope, continuation) }
      }
    } onCancel: {
      cancel(ticket)
    }
  }

  /// Waits until the server has answered all of a scope.
  func end(of ticket: Ticket, _ scope: Scope) async throws -> ResultSet? {
    _ = thread.beginAsking()
    defer { thread.endAsking() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        withCore { $0.awaitEnd(of: ticket, scope, continuation) }
      }
    } onCancel: {
      cancel(ticket)
    }
  }
}
