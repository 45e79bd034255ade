/// The place of a request in the order of its connection.
struct Ticket: Hashable, Sendable {
  let number: UInt64
}

/// What a connection does next, decided from what was asked and what the server answered.
///
/// A value without sockets, threads or clocks: events go in, actions come out, in order. One request is under way at a time and
/// the others wait; the scope of a pipeline is one request. `Payload` stands for results, which the machine passes on and never
/// looks at.
///
/// ```
///            begin                    reply(.end)
///   idle ────────────▶ under way ─────────────────▶ idle, or the next in order
///                        │  ▲  │ cancel                     ▲
///      reply(.copyIn)    ▼  │  ▼                            │
///                     copying  asks the server to stop, until it has and the request to stop has come home
/// ```
///
/// A request to stop is sent beside the connection and names only the server process, so a late one would stop whatever runs
/// then. Therefore nothing new is sent before it has come home; and because an early one finds nothing to stop, it is sent
/// again until the statement has ended.
struct SessionMachine<Payload: Sendable>: Sendable {
  /// What is asked of the connection.
  enum Request: Sendable {
    /// Any number of statements without parameters, in text form.
    case script
    /// One statement; rows come one by one, or all at the end.
    case statement(Statement, rowByRow: Bool)
    /// `COPY ... FROM STDIN`.
    case copyIn
    /// `COPY ... TO STDOUT`.
    case copyOut
    /// A scope in which statements are sent without waiting for answers, with a sync after every so many.
    case pipeline(syncEvery: Int?)
  }

  /// One thing to send.
  enum Step: Hashable, Sendable {
    case script
    case unnamed
    case deallocate(String)
    case prepare(String)
    case execute(String)
  }

  /// How a request ended.
  enum Outcome: Sendable {
    case success(Payload)
    /// A scope has ended; its statements have outcomes of their own.
    case done
    /// Boxed, as everywhere here: errors are large, and what never fails would carry their room about.
    indirect case failure(PostgresError)
    /// Stopped because its task was cancelled.
    case cancelled
  }

  /// One answer of the server.
  enum Reply: Sendable {
    case result(Payload)
    case row(Payload)
    case copyIn
    case copyOut
    indirect case failure(PostgresError)
    case aborted
    case sync
    /// Nothing more comes for what was sent last.
    case end(inTransaction: Bool)
  }

  /// What to do, in this order.
  enum Action: Sendable {
    case send(Ticket, Step)
    case enterPipeline
    case sendInPipeline(Ticket, Step)
    case sync
    case exitPipeline
    /// The owner of a scope or a copy may go on.
    case open(Ticket)
    case deliver(Ticket, Payload)
    case complete(Ticket, Outcome)
    case endCopy(aborting: Bool)
    /// Ask the server to stop, and report with `cancelReturned`.
    case requestCancel
    /// Call `cancelAgain` in a moment.
    case scheduleCancel
    /// Call `patienceEnded` when the request has had its time to stop.
    case startPatience(Ticket)
    /// The connection is of no use any more.
    indirect case close(PostgresError)
  }

  enum Phase: Sendable {
    case replying
    case copyingIn
    case copyingOut
    case pipelining
  }

  struct Exchange: Sendable {
    let ticket: Ticket
    let request: Request
    /// What has been sent and not been answered.
    var step: Step?
    /// What is to be sent after it; mostly nothing.
    var later: [Step] = []
    var phase = Phase.replying
    var outcome: Outcome?
    var isCancelled = false
    var hasRetried = false
  }

  var actions: [Action] = []
  var current: Exchange?
  var waiting: [(ticket: Ticket, request: Request)] = []
  var pipeline = PipelineLedger<Payload>()
  var cache: StatementCache
  /// Whose request to stop has not come home.
  var cancelUnderWay: Ticket?
  /// Why the connection has ended.
  var end: PostgresError?

  init(preparedStatements: Int) { cache = StatementCache(capacity: preparedStatements) }

  /// Whether libpq should be asked for an answer.
  var awaitsReply: Bool {
    guard let current else { return false }
    switch current.phase {
    case .replying: return true
    case .copyingIn, .copyingOut: return false
    case .pipelining: return !pipeline.isEmpty
    }
  }

  /// Whether rows of a copy are to be taken.
  var isCopyingOut: Bool { current?.phase == .copyingOut }

  /// Whether nothing is under way or waiting.
  var isIdle: Bool { current == nil && waiting.isEmpty && cancelUnderWay == nil }

  /// Hands over the actions decided since the last call.
  mutating func takeActions() -> [Action] {
    defer { actions.removeAll() }
    return actions
  }

  // MARK: Requests

  /// Something is asked of the connection.
  mutating func begin(_ ticket: Ticket, _ request: Request) {
    if let end {
      actions.append(.complete(ticket, .failure(end)))
    } else if current == nil, cancelUnderWay == nil {
      start(ticket, request)
    } else {
      waiting.append((ticket, request))
    }
  }

  private mutating func start(_ ticket: Ticket, _ request: Request) {
    var exchange = Exchange(ticket: ticket, request: request)
    switch request {
    case .script: exchange.step = .script
    case .copyIn, .copyOut: exchange.step = .unnamed
    case .statement(let statement, _):
      (exchange.step, exchange.later) = steps(for: statement, isEager: false)
    case .pipeline(let syncEvery):
      exchange.phase = .pipelining
      pipeline.syncEvery = syncEvery ?? .max
      current = exchange
      actions.append(.enterPipeline)
      actions.append(.open(ticket))
      return
    }
    current = exchange
    if let step = exchange.step { actions.append(.send(ticket, step)) }
  }

  /// What to send for a statement now, and after that has been answered.
  mutating func steps(for statement: Statement, isEager: Bool) -> (Step, later: [Step]) {
    switch cache.plan(for: statement, isEager: isEager) {
    case .unnamed: (.unnamed, [])
    case .prepared(let name): (.execute(name), [])
    case .prepare(let name, nil): (.prepare(name), [.execute(name)])
    case .prepare(let name, let evicted?):
      (.deallocate(evicted), [.prepare(name), .execute(name)])
    }
  }

  mutating func startNext() {
    guard !waiting.isEmpty, current == nil, cancelUnderWay == nil, end == nil else { return }
    let next = waiting.removeFirst()
    start(next.ticket, next.request)
  }

  mutating func finish(_ outcome: Outcome) {
    guard let ticket = current?.ticket else { return }
    current = nil
    ended(ticket, outcome)
  }

  private mutating func ended(_ ticket: Ticket, _ outcome: Outcome) {
    actions.append(.complete(ticket, outcome))
    startNext()
  }

  // MARK: Answers

  /// The server answered.
  mutating func received(_ reply: Reply) {
    // The exchange is looked at where it stands: copying it would be half the cost of an answer.
    guard let ticket = current?.ticket else { return }
    if current?.phase == .pipelining {
      receivedInPipeline(reply)
      return
    }
    switch reply {
    case .result(let payload):
      // An error that came before, such as one of an earlier statement of a script, stands.
      if case .failure? = current?.outcome { return }
      current?.outcome = .success(payload)
    case .row(let payload):
      if current?.isCancelled == false { actions.append(.deliver(ticket, payload)) }
    case .failure(let error):
      // The first says what went wrong; libpq adds that the connection has ended.
      if case .failure? = current?.outcome { return }
      current?.outcome = .failure(error)
    case .copyIn:
      guard case .copyIn? = current?.request, current?.isCancelled == false else {
        actions.append(.endCopy(aborting: true))
        return
      }
      current?.phase = .copyingIn
      actions.append(.open(ticket))
    case .copyOut:
      guard case .copyOut? = current?.request else {
        let error = PostgresError(.misuse, "COPY ... TO STDOUT is for copyOut, not for a query")
        actions.append(.close(error))
        return
      }
      current?.phase = .copyingOut
      actions.append(.open(ticket))
    case .end(let inTransaction): stepEnded(inTransaction: inTransaction)
    case .aborted, .sync: break
    }
  }

  private mutating func stepEnded(inTransaction: Bool) {
    guard current?.step != nil, var exchange = current.take(), let step = exchange.step else {
      return
    }
    if case .statement(let statement, _) = exchange.request {
      switch (step, exchange.outcome) {
      case (.deallocate, _):
        // What is not there any more need not be deallocated.
        exchange.outcome = nil
      case (.prepare, .failure):
        cache.forget(statement)
        exchange.later = []
      case (.prepare, _):
        exchange.outcome = nil
      case (.execute(let name), .failure(let error))
      where error.isStalePlan || error.isUnknownStatement:
        cache.forget(statement)
        // Both are refused before anything is run. Within a transaction there is nothing left to repeat it in.
        if !inTransaction, !exchange.hasRetried, !exchange.isCancelled {
          exchange.hasRetried = true
          exchange.outcome = nil
          let (first, later) = steps(for: statement, isEager: true)
          exchange.later = (error.isStalePlan ? [.deallocate(name)] : []) + [first] + later
        }
      default: break
      }
    }
    if exchange.later.isEmpty || exchange.isCancelled {
      ended(exchange.ticket, settled(exchange))
    } else {
      let next = exchange.later.removeFirst()
      exchange.step = next
      current = exchange
      actions.append(.send(exchange.ticket, next))
    }
  }

  /// The outcome of an exchange about which nothing more will be heard.
  private func settled(_ exchange: Exchange) -> Outcome {
    switch exchange.outcome {
    case .failure(let error):
      exchange.isCancelled && error.errorClass == .cancelled ? .cancelled : .failure(error)
    case .some(let outcome): outcome
    case nil:
      exchange.isCancelled
        ? .cancelled : .failure(PostgresError(.misuse, "the statement gave no answer"))
    }
  }
}
