/// The state of one connection and the acts its machine decides on.
///
/// Whoever holds the lock around it may call it.
struct SessionCore: ~Copyable, Sendable {
  var link: ServerLink
  var machine: SessionMachine<ResultSet>
  let thread: IOThread
  var registration: IOThread.Registration?
  private var errands = ErrandLine()
  var polling = BusyPolling()
  private var aftermath = Aftermath()
  private var isActing = false
  private var isReading = true
  private var isWriting = false
  /// Whether the socket has not taken all that was written.
  private(set) var hasUnsent = false
  /// Bytes queued in a pipeline since the socket was last offered any.
  private var queuedBytes = 0
  var notificationHandler: (@Sendable ([Notification]) -> Void)?

  init(link: consuming ServerLink, thread: IOThread, preparedStatements: Int) {
    self.link = link
    self.thread = thread
    machine = SessionMachine(preparedStatements: preparedStatements)
  }

  /// What is left to do once the lock is released.
  mutating func takeAftermath() -> Aftermath {
    var taken = Aftermath()
    swap(&taken, &aftermath)
    return taken
  }

  // MARK: Requests

  mutating func begin(
    _ ticket: Ticket, _ request: SessionMachine<ResultSet>.Request, _ errand: Errand
  ) {
    errands.append(ticket, errand)
    machine.begin(ticket, request)
    act()
  }

  mutating func sendInPipeline(_ ticket: Ticket, _ errand: Errand, scope: Ticket) {
    errands.append(ticket, errand)
    machine.sendInPipeline(ticket, errand.statement, scope: scope)
    act()
  }

  /// Whether a request has not ended.
  func isUnderWay(_ ticket: Ticket) -> Bool { errands[ticket] != nil }

  /// An event for the machine that needs nothing but its decision to be carried out.
  mutating func tell(_ event: (inout SessionMachine<ResultSet>) -> Void) {
    event(&machine)
    act()
  }

  // MARK: Scopes

  /// Waits for the end of a scope, or tells it at once.
  mutating func awaitEnd(
    of ticket: Ticket, _ scope: Scope, _ continuation: CheckedContinuation<ResultSet?, any Error>
  ) {
    if let result = scope.result {
      aftermath.add(.closing(continuation, result))
    } else {
      scope.closing = continuation
    }
  }

  /// Waits until the socket has taken what was written, or tells it at once.
  mutating func awaitDrain(_ scope: Scope, _ continuation: CheckedContinuation<Void, any Error>) {
    if let result = scope.result {
      aftermath.add(.scope(continuation, result.map { _ in }))
    } else if hasUnsent {
      scope.draining = continuation
    } else {
      aftermath.add(.scope(continuation, .success(())))
    }
  }

  /// Queues bytes of a copy.
  mutating func putCopy(_ bytes: [UInt8], _ ticket: Ticket) {
    guard machine.current?.ticket == ticket, machine.current?.phase == .copyingIn else { return }
    if link.putCopy(bytes) { flush() } else { fail(link.lastWords()) }
    watchSocket()
  }

  // MARK: Acts

  private mutating func act() {
    // An act may lead to further decisions; the outermost call carries them out in order.
    guard !isActing else { return }
    isActing = true
    var index = 0
    while index < machine.actions.count {
      perform(machine.actions[index])
      index += 1
    }
    machine.actions.removeAll(keepingCapacity: true)
    isActing = false
    watchSocket()
  }

  private mutating func perform(_ action: SessionMachine<ResultSet>.Action) {
    switch action {
    case .send(let ticket, let step): send(ticket, step)
    case .enterPipeline: require(link.enterPipeline())
    case .sendInPipeline(let ticket, let step): queue(ticket, step)
    case .sync:
      require(link.syncPipeline())
      flush()
    case .exitPipeline: require(link.exitPipeline())
    case .open(let ticket):
      guard case .scope(let scope) = errands[ticket]?.owner, let opening = scope.opening else {
        return
      }
      scope.opening = nil
      aftermath.add(.scope(opening, .success(())))
    case .deliver(let ticket, let result):
      guard case .rows(let backlog) = errands[ticket]?.owner else { return }
      for row in result { backlog.add(row, cost: 1) }
    case .complete(let ticket, let outcome): complete(ticket, outcome)
    case .endCopy(let aborting):
      require(link.endCopy(aborting: aborting ? "given up by the client" : nil))
      flush()
    case .requestCancel: aftermath.chores.append(.requestCancel)
    case .scheduleCancel: aftermath.chores.append(.scheduleCancel)
    case .startPatience(let ticket): aftermath.chores.append(.startPatience(ticket))
    case .close(let error): fail(error)
    }
  }

  private mutating func require(_ succeeded: Bool) {
    if !succeeded { fail(link.lastWords()) }
  }

  private mutating func send(_ ticket: Ticket, _ step: SessionMachine<ResultSet>.Step) {
    guard let errand = errands[ticket] else { return }
    var succeeded = write(errand, step)
    if case .rows = errand.owner, succeeded {
      switch step {
      case .execute, .unnamed: succeeded = link.setRowByRow()
      case .script, .prepare, .deallocate: break
      }
    }
    require(succeeded)
    if succeeded { flush() }
  }

  /// Queues a statement of a pipeline; the socket is offered a good deal at a time.
  private mutating func queue(_ ticket: Ticket, _ step: SessionMachine<ResultSet>.Step) {
    guard let errand = errands[ticket] else { return }
    require(write(errand, step))
    queuedBytes += errand.parameters.byteCount + 64
    if queuedBytes > 16_384 { flush() }
  }

  private mutating func write(_ errand: Errand, _ step: SessionMachine<ResultSet>.Step) -> Bool {
    switch step {
    case .script: link.sendScript(errand.statement.sql)
    case .unnamed: link.send(sql: errand.statement.sql, errand.parameters)
    case .deallocate(let name): link.send(sql: "DEALLOCATE \(name)", .none)
    case .prepare(let name):
      link.sendPrepare(name: name, sql: errand.statement.sql, errand.parameters)
    case .execute(let name): link.send(preparedAs: name, errand.parameters)
    }
  }

  private mutating func flush() {
    queuedBytes = 0
    guard let left = link.flush() else {
      fail(link.lastWords())
      return
    }
    hasUnsent = left
    if !left { drained() }
  }

  private mutating func drained() {
    guard let ticket = machine.current?.ticket, case .scope(let scope) = errands[ticket]?.owner,
      let draining = scope.draining
    else { return }
    scope.draining = nil
    aftermath.add(.scope(draining, .success(())))
  }

  private mutating func complete(_ ticket: Ticket, _ outcome: SessionMachine<ResultSet>.Outcome) {
    guard let errand = errands.remove(ticket) else { return }
    let result: Result<ResultSet?, any Error> =
      switch outcome {
      case .success(let set): .success(set)
      case .done: .success(nil)
      case .cancelled: .failure(CancellationError())
      case .failure(var error):
        {
          if error.statement == nil { error.statement = errand.statement.description }
          return .failure(error)
        }()
      }
    let misuse = PostgresError(.misuse, "the statement gave no result")
    let set = result.flatMap { set in
      set.map { .success($0) } ?? Result<ResultSet, any Error>.failure(misuse)
    }
    switch errand.owner {
    case .result(let continuation): aftermath.add(.result(continuation, set))
    case .pending(let pending):
      if case .failure = set { pending.scope.failed.append(pending) }
      pending.note(set)
      aftermath.add(.pending(pending, set))
    case .rows(let backlog):
      backlog.finish(result.map { _ in })
      wake(backlog)
    case .scope(let scope): close(scope, result)
    }
  }

  private mutating func close(_ scope: Scope, _ result: Result<ResultSet?, any Error>) {
    scope.result = result
    if let opening = scope.opening {
      scope.opening = nil
      let misuse = PostgresError(.misuse, "the statement is not a COPY in this direction")
      aftermath.add(.scope(opening, result.flatMap { _ in .failure(misuse) }))
    }
    if let draining = scope.draining {
      scope.draining = nil
      aftermath.add(.scope(draining, result.map { _ in }))
    }
    if let pieces = scope.pieces {
      pieces.finish(result.map { _ in })
      wake(pieces)
    }
    if let closing = scope.closing {
      scope.closing = nil
      aftermath.add(.closing(closing, result))
    }
  }

  private mutating func wake(_ backlog: Backlog<Row>) {
    if let ready = backlog.ready() { aftermath.add(.rows(ready.taker, ready.taken)) }
  }

  private mutating func wake(_ backlog: Backlog<[UInt8]>) {
    if let ready = backlog.ready() { aftermath.add(.pieces(ready.taker, ready.taken)) }
  }

  // MARK: The socket

  /// Takes what the socket has, answers what can be answered, and sends what is left to send.
  ///
  /// Reading comes first: where both sides wait for the other to read, nobody would go on.
  mutating func socketIsReady() {
    guard !link.isFinished else { return }
    let lives = link.consume()
    pump()
    if lives {
      if hasUnsent { flush() }
      act()
    } else {
      fail(link.lastWords())
    }
  }

  /// Goes on after a taker has made room.
  mutating func roomWasMade() {
    guard !link.isFinished else { return }
    pump()
    act()
  }

  private mutating func pump() {
    var endsInARow = 0
    while !link.isFinished {
      if isBackedUp { break }
      if machine.isCopyingOut {
        guard takeCopyPiece() else { break }
      } else {
        guard machine.awaitsReply, !link.isBusy else { break }
        let reply = link.nextReply()
        machine.received(reply)
        act()
        if case .end = reply { endsInARow += 1 } else { endsInARow = 0 }
        // A connection that has ended has nothing to say without end.
        if endsInARow == 3 { break }
      }
    }
    if let ticket = machine.current?.ticket {
      switch errands[ticket]?.owner {
      case .rows(let backlog): wake(backlog)
      case .scope(let scope): if let pieces = scope.pieces { wake(pieces) }
      default: break
      }
    }
    // Without a request under way nothing else makes libpq look at what it has read: messages, or the server's last words.
    let notifications = link.takeNotifications()
    if let notificationHandler, !notifications.isEmpty {
      aftermath.add(.notifications(notificationHandler, notifications))
    }
  }

  /// Whether whoever takes what is under way has enough for now.
  private var isBackedUp: Bool {
    guard let ticket = machine.current?.ticket, machine.current?.isCancelled == false else {
      return false
    }
    switch errands[ticket]?.owner {
    case .rows(let backlog): return backlog.isFull
    case .scope(let scope): return scope.pieces?.isFull ?? false
    default: return false
    }
  }

  private mutating func takeCopyPiece() -> Bool {
    switch link.nextCopyPiece() {
    case .later: return false
    case .end:
      machine.copyOutEnded()
      return true
    case .bytes(let bytes):
      if let ticket = machine.current?.ticket, machine.current?.isCancelled == false,
        case .scope(let scope) = errands[ticket]?.owner
      {
        scope.pieces?.add(bytes, cost: bytes.count)
      }
      return true
    }
  }

  /// Keeps the thread asleep while somebody else looks for an answer, or wakes it for answers again.
  func mute(_ isMuted: Bool) {
    guard let registration, isReading else { return }
    thread.mute(registration, isMuted, writing: isWriting)
  }

  private mutating func watchSocket() {
    guard let registration else { return }
    let reads = !isBackedUp
    guard reads != isReading || hasUnsent != isWriting else { return }
    thread.watch(
      registration, reading: reads, writing: hasUnsent, wasWatched: isReading || isWriting)
    isReading = reads
    isWriting = hasUnsent
  }

  /// The connection is of no use any more: everybody is told, the socket is closed.
  mutating func fail(_ error: PostgresError) {
    guard !link.isFinished else { return }
    hasUnsent = false
    if let registration {
      thread.remove(registration, isWatched: isReading || isWriting)
      self.registration = nil
    }
    link.finish()
    machine.lost(error)
    act()
    aftermath.chores.append(.released)
  }
}
