/// Waiting for one result. Bound relied on: an errand is completed once, so its task is woken once (see `Errand`).
extension Connection {
  /// Asks, and waits for the result.
  func ask(
    _ request: SessionMachine<ResultSet>.Request, _ statement: Statement, _ parameters: Parameters
  ) async throws -> ResultSet {
    try Task.checkCancellation()
    let ticket = newTicket()
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let errand = Errand(
          statement: statement, parameters: parameters, owner: .result(continuation))
        withCore { $0.begin(ticket, request, errand) }
        // Cancelled between the handler's call, which found no such ticket, and standing in line.
        if Task.isCancelled { cancel(ticket) }
      }
    } onCancel: {
      cancel(ticket)
    }
  }

  /// Runs a statement that is not stopped halfway when its task is cancelled, such as `COMMIT`: if no answer comes within the
  /// patience of the settings, the connection is given up.
  func finish(_ statement: Statement) async throws -> ResultSet {
    let ticket = newTicket()
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let errand = Errand(
          statement: statement, parameters: .none, owner: .result(continuation))
        withCore { $0.begin(ticket, .statement(statement, rowByRow: false), errand) }
        if Task.isCancelled { withCore { core in core.tell { $0.hurry(ticket) } } }
      }
    } onCancel: {
      withCore { core in core.tell { $0.hurry(ticket) } }
    }
  }
}
