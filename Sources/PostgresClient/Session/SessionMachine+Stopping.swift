/// Copies, which end when their owner says so, and requests nobody waits for any more.
extension SessionMachine {
  /// The owner of a copy has written all, or gives up.
  mutating func endCopyIn(_ ticket: Ticket, aborting: Bool) {
    guard current?.ticket == ticket, current?.phase == .copyingIn else { return }
    current?.phase = .replying
    if aborting { current?.isCancelled = true }
    actions.append(.endCopy(aborting: aborting))
  }

  /// All rows of a copy have been taken.
  mutating func copyOutEnded() {
    guard current?.phase == .copyingOut else { return }
    current?.phase = .replying
  }

  /// Nobody waits for a request any more.
  mutating func cancel(_ ticket: Ticket) {
    if let index = waiting.firstIndex(where: { $0.ticket == ticket }) {
      waiting.remove(at: index)
      actions.append(.complete(ticket, .cancelled))
      return
    }
    guard var exchange = current, exchange.ticket == ticket, !exchange.isCancelled else { return }
    exchange.isCancelled = true
    if exchange.phase == .copyingIn {
      exchange.phase = .replying
      actions.append(.endCopy(aborting: true))
    }
    current = exchange
    actions.append(.startPatience(ticket))
    requestCancel()
  }

  /// Nobody wants to wait much longer for a request that must not be stopped halfway, such as `COMMIT`.
  mutating func hurry(_ ticket: Ticket) {
    if current?.ticket == ticket || waiting.contains(where: { $0.ticket == ticket }) {
      actions.append(.startPatience(ticket))
    }
  }

  private mutating func requestCancel() {
    guard let current, current.isCancelled, cancelUnderWay == nil, end == nil else { return }
    // Between the statements of a pipeline there is nothing to stop.
    if current.phase == .pipelining, pipeline.isEmpty { return }
    cancelUnderWay = current.ticket
    actions.append(.requestCancel)
  }

  /// A request to stop has come home.
  mutating func cancelReturned() {
    cancelUnderWay = nil
    if current == nil {
      startNext()
    } else if current?.isCancelled == true {
      actions.append(.scheduleCancel)
    }
  }

  /// A moment has passed since a request to stop came home.
  mutating func cancelAgain() { requestCancel() }

  /// A request has had its time to stop.
  mutating func patienceEnded(_ ticket: Ticket) {
    let isRunning =
      current?.ticket == ticket && (current?.phase != .pipelining || !pipeline.isEmpty)
    let isWaiting = waiting.contains { $0.ticket == ticket }
    guard isRunning || isWaiting || cancelUnderWay == ticket, end == nil else { return }
    actions.append(
      .close(
        PostgresError(
          .connectionLost, "the server did not answer in time after the task was cancelled"))
    )
  }

  /// The connection is gone: whoever waits is told, and everybody who comes.
  mutating func lost(_ error: PostgresError) {
    guard end == nil else { return }
    end = error
    failPipeline(error)
    if let exchange = current {
      current = nil
      // The server's last words say more than the end of the connection, if they are an error.
      if case .failure(let last) = exchange.outcome {
        actions.append(.complete(exchange.ticket, .failure(last)))
      } else {
        actions.append(.complete(exchange.ticket, .failure(error)))
      }
    }
    for (ticket, _) in waiting { actions.append(.complete(ticket, .failure(error))) }
    waiting.removeAll()
  }
}
