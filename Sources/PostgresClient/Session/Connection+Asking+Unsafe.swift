import Glibc

/// Waiting for one result. Bound relied on: an errand is completed once, so its task is woken once (see `Errand`).
extension Connection {
  /// Asks, and waits for the result.
  func ask(
    _ request: SessionMachine<ResultSet>.Request, _ statement: Statement, _ parameters: Parameters
  ) async throws -> ResultSet {
    try Task.checkCancellation()
    let ticket = newTicket()
    let isAlone = thread.beginAsking()
    let mutes = !thread.isCurrent
    defer { thread.endAsking() }
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let errand = Errand(
          statement: statement, parameters: parameters, owner: .result(continuation))
        let polls = withCore { core in
          let polls = isAlone && settings.pollsBriefly && core.polling.begins()
          if polls, mutes { core.mute(true) }
          core.begin(ticket, request, errand)
          return polls
        }
        if polls { poll(for: ticket, unmuting: mutes) }
        // Cancelled between the handler's call, which found no such ticket, and standing in line.
        if Task.isCancelled { cancel(ticket) }
      }
    } onCancel: {
      cancel(ticket)
    }
  }

  /// Looks for the answer for some microseconds, letting others run between two looks; see ``BusyPolling``.
  ///
  /// An answer found here wakes a task that has not gone to sleep, so no thread changes hands.
  private func poll(for ticket: Ticket, unmuting: Bool) {
    let start = ContinuousClock.now
    var isOver = false
    while !isOver {
      sched_yield()
      isOver = withCore { core in
        // Nothing there is no harm, and asking first would be another call of the system.
        core.socketIsReady()
        let isAnswered = !core.isUnderWay(ticket)
        let isLate =
          !isAnswered
          && (ContinuousClock.now - start > BusyPolling.patience || !thread.isAskedByOne)
        if isAnswered || isLate {
          core.polling.ended(inTime: isAnswered)
          if unmuting { core.mute(false) }
        }
        return isAnswered || isLate
      }
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
