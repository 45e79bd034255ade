/// What has been sent in a pipeline and not been answered, in order.
struct PipelineLedger<Payload: Sendable>: Sendable {
  enum Entry: Sendable {
    case deallocate
    case prepare(Statement, for: Ticket)
    case execute(Statement, for: Ticket)
    case sync
  }

  private var entries: [Entry] = []
  private var head = 0
  /// What came for the first entry so far.
  var outcome: SessionMachine<Payload>.Outcome?
  /// Why a statement could not be prepared, told to whoever wanted to run it.
  var refusal: (ticket: Ticket, error: PostgresError)?
  /// Statements sent since the last sync, whose answers the server may keep to itself.
  var unsynced = 0
  /// How many there may be.
  var syncEvery = Int.max
  /// Whether the owner of the scope sends nothing more.
  var isEnding = false

  var isEmpty: Bool { head == entries.count }
  var first: Entry? { isEmpty ? nil : entries[head] }

  mutating func append(_ entry: Entry) { entries.append(entry) }

  mutating func removeFirst() {
    head += 1
    outcome = nil
    // Dropping the answered ones now and then keeps both time and memory linear.
    if head == entries.count {
      entries.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 4096 {
      entries.removeFirst(head)
      head = 0
    }
  }
}

extension SessionMachine {
  /// A statement is sent within the scope of a pipeline.
  mutating func sendInPipeline(_ ticket: Ticket, _ statement: Statement, scope: Ticket) {
    guard current?.ticket == scope, current?.phase == .pipelining, !pipeline.isEnding else {
      let error = end ?? PostgresError(.misuse, "the scope of the pipeline has ended")
      actions.append(.complete(ticket, .failure(error)))
      return
    }
    guard current?.isCancelled == false else {
      actions.append(.complete(ticket, .cancelled))
      return
    }
    let (first, later) = steps(for: statement, isEager: true)
    queue(first, statement, ticket)
    for step in later { queue(step, statement, ticket) }
    pipeline.unsynced += 1
    if pipeline.unsynced >= pipeline.syncEvery { syncPipeline(scope: scope) }
  }

  private mutating func queue(_ step: Step, _ statement: Statement, _ ticket: Ticket) {
    switch step {
    case .deallocate: pipeline.append(.deallocate)
    case .prepare: pipeline.append(.prepare(statement, for: ticket))
    case .execute, .unnamed, .script: pipeline.append(.execute(statement, for: ticket))
    }
    actions.append(.sendInPipeline(ticket, step))
  }

  /// Answers are wanted for what has been sent.
  ///
  /// Between two of these the statements are one transaction, unless they say otherwise, and an error keeps
  /// the rest from being run.
  mutating func syncPipeline(scope: Ticket) {
    guard current?.ticket == scope, pipeline.unsynced > 0 else { return }
    pipeline.unsynced = 0
    pipeline.append(.sync)
    actions.append(.sync)
  }

  /// The owner of the scope sends nothing more.
  mutating func endPipeline(scope: Ticket) {
    guard current?.ticket == scope, current?.phase == .pipelining else { return }
    syncPipeline(scope: scope)
    pipeline.isEnding = true
    leavePipelineIfDone()
  }

  private mutating func leavePipelineIfDone() {
    guard pipeline.isEnding, pipeline.isEmpty else { return }
    pipeline = PipelineLedger()
    actions.append(.exitPipeline)
    finish(.done)
  }

  mutating func receivedInPipeline(_ reply: Reply) {
    guard let entry = pipeline.first else { return }
    switch reply {
    case .result(let payload):
      if case .failure = pipeline.outcome { return }
      pipeline.outcome = .success(payload)
    case .failure(let error):
      if case .failure = pipeline.outcome { return }
      pipeline.outcome = .failure(error)
    case .aborted:
      pipeline.outcome = .failure(
        PostgresError(.pipelineAborted, "not run: a statement before it in the pipeline failed"))
    case .sync:
      if case .sync = entry {
        pipeline.removeFirst()
        pipeline.refusal = nil
        leavePipelineIfDone()
      }
    case .copyIn, .copyOut:
      actions.append(.close(PostgresError(.misuse, "COPY cannot be part of a pipeline")))
    case .row: break
    case .end:
      // The end of a sync is the sync itself; an end without anything before it belongs to nobody.
      guard pipeline.outcome != nil else { return }
      entryEnded(entry)
    }
  }

  private mutating func entryEnded(_ entry: PipelineLedger<Payload>.Entry) {
    let outcome = pipeline.outcome ?? .done
    pipeline.removeFirst()
    switch entry {
    case .deallocate, .sync: break
    case .prepare(let statement, let ticket):
      if case .failure(let error) = outcome {
        cache.forget(statement)
        if error.code != .pipelineAborted { pipeline.refusal = (ticket, error) }
      }
    case .execute(let statement, let ticket):
      var outcome = outcome
      if case .failure(let error) = outcome, error.isStalePlan || error.isUnknownStatement {
        cache.forget(statement)
      }
      if let refusal = pipeline.refusal, refusal.ticket == ticket {
        outcome = .failure(refusal.error)
      }
      if case .failure(let error) = outcome, current?.isCancelled == true,
        error.errorClass == .cancelled || error.code == .pipelineAborted
      {
        outcome = .cancelled
      }
      actions.append(.complete(ticket, outcome))
    }
  }

  /// Tells everybody who waits for an answer within the pipeline that none will come.
  mutating func failPipeline(_ error: PostgresError) {
    while let entry = pipeline.first {
      if case .execute(_, let ticket) = entry {
        if case .failure(let last) = pipeline.outcome, last.code == .server {
          actions.append(.complete(ticket, .failure(last)))
        } else {
          actions.append(.complete(ticket, .failure(error)))
        }
      }
      pipeline.removeFirst()
    }
  }
}
