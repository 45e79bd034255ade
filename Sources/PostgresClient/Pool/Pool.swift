import Synchronization

/// Connections to one server, lent to tasks one at a time.
///
/// ```swift
/// let pool = Pool(settings, PoolSettings(maximum: 8))
/// let count = try await pool.withConnection { try await $0.query("SELECT count(*) FROM leg")[0].decode(Int64.self) }
/// ```
///
/// Whoever must never wait behind others' work, such as a heartbeat, holds a `Connection` or a pool of its own.
public final class Pool: Sendable {
  private struct State {
    var machine: PoolMachine
    var connections: [PoolMachine.Member: Connection] = [:]
    var waiters: [PoolMachine.Waiter: CheckedContinuation<Lease, any Error>] = [:]
    var drainers: [CheckedContinuation<Void, Never>] = []
    var isDrained = false
    var lastWaiter = 0
  }

  private struct Lease: Sendable {
    let member: PoolMachine.Member
    let connection: Connection
  }

  /// What a pool holds at a moment.
  public struct Census: Hashable, Sendable {
    /// Connections that are open, being opened or lent.
    public let connections: Int
    /// Connections nobody uses.
    public let idle: Int
    /// Tasks that wait.
    public let waiting: Int
  }

  /// How many it holds, and for how long.
  public let settings: PoolSettings
  private let connectionSettings: ConnectionSettings
  /// The thread that waits for its connections; a task that prefers it as its executor changes no threads at an answer.
  public let thread: IOThread
  private let state: Mutex<State>

  /// A pool; its minimum of connections is opened at once, without waiting for them.
  public init(
    _ connectionSettings: ConnectionSettings, _ settings: PoolSettings = PoolSettings(),
    on thread: IOThread = .shared
  ) {
    self.settings = settings
    self.connectionSettings = connectionSettings
    self.thread = thread
    state = Mutex(State(machine: PoolMachine(settings)))
    tell { $0.start($1) }
  }

  deinit {
    for connection in state.withLock({ $0.connections.values }) { connection.close() }
  }

  /// What the pool holds now.
  public var census: Census {
    state.withLock { state in
      Census(
        connections: state.machine.count, idle: state.machine.idleCount,
        waiting: state.machine.waitingCount)
    }
  }

  /// Lends a connection to a body, in the order asked.
  ///
  /// A transaction the body leaves open is rolled back. A connection that ended or still runs something is not lent again.
  ///
  /// - Parameters:
  ///   - deadline: How long to wait for one; that of the settings unless given.
  ///   - isolation: Where the body runs: with its caller, unless told otherwise.
  ///   - body: Uses the connection, and nobody else does meanwhile.
  /// - Returns: What the body returns.
  /// - Throws: `PostgresError` with code `poolDeadline` or `poolDraining`, or why no connection can be made; `CancellationError`;
  ///   what the body throws.
  @discardableResult
  public func withConnection<Value>(
    deadline: Duration? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    let lease = try await lease(deadline ?? settings.deadline)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(lease.connection))
    } catch {
      outcome = .failure(error)
    }
    await giveBack(lease)
    return try outcome.get()
  }

  /// Runs a body in a transaction on a connection of the pool; see `Connection.transaction`.
  ///
  /// - Parameters:
  ///   - options: How it is run.
  ///   - attempts: How often it may be run in all, where the server asks for another run (`ErrorClass.retryTransaction`); between two
  ///     runs is a pause that grows. The body must do nothing that a rollback does not undo.
  ///   - resolve: See `Connection.transaction`.
  ///   - isolation: Where the body runs: with its caller, unless told otherwise.
  ///   - body: Uses the connection for its statements.
  /// - Returns: What the body returns.
  /// - Throws: What `withConnection` and `Connection.transaction` throw.
  @discardableResult
  public func transaction<Value>(
    _ options: TransactionOptions = TransactionOptions(), attempts: Int = 1,
    resolve: (@Sendable (Connection) async throws -> Bool?)? = nil,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    var run = 1
    while true {
      do {
        return try await withConnection { connection in
          try await connection.transaction(options, resolve: resolve, body)
        }
      } catch let error as PostgresError
        where error.errorClass == .retryTransaction && run < attempts
      {
        let ceiling = 5 << Swift.min(run, 8)
        try await Task.sleep(for: .milliseconds(Int.random(in: (ceiling / 2)...ceiling)))
        run += 1
      }
    }
  }

  /// Lends no more, lets those that are lent come back, and closes everything.
  ///
  /// - Parameter patience: After that, connections still lent are closed under their users; nil waits for them.
  public func drain(patience: Duration? = nil) async {
    tell { machine, _ in machine.drain() }
    if let patience {
      thread.schedule(after: patience) { [weak self] in self?.closeAll() }
    }
    await withCheckedContinuation { continuation in
      let isDrained = state.withLock { state in
        if !state.isDrained { state.drainers.append(continuation) }
        return state.isDrained
      }
      if isDrained { continuation.resume() }
    }
  }

  private func closeAll() {
    for connection in state.withLock({ Array($0.connections.values) }) { connection.close() }
  }

  // MARK: Lending

  private func lease(_ deadline: Duration) async throws -> Lease {
    try Task.checkCancellation()
    let waiter = state.withLock { state in
      state.lastWaiter += 1
      return PoolMachine.Waiter(number: state.lastWaiter)
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { $0.waiters[waiter] = continuation }
        tell { $0.ask(waiter, deadline: $1 + deadline, $1) }
        if Task.isCancelled { withdraw(waiter) }
      }
    } onCancel: {
      withdraw(waiter)
    }
  }

  private func withdraw(_ waiter: PoolMachine.Waiter) {
    let continuation = state.withLock { state in
      state.machine.withdraw(waiter)
      return state.waiters.removeValue(forKey: waiter)
    }
    continuation?.resume(throwing: CancellationError())
  }

  private func giveBack(_ lease: Lease) async {
    // A request to stop that has not come home holds the connection for a moment only: no reason to make a new one. So does a
    // transaction that was left open.
    if lease.connection.isComingToRest,
      !lease.connection.isIdle || lease.connection.transactionStatus != .idle
    {
      await lease.connection.rollBack()
    }
    let isUsable =
      !lease.connection.isClosed && lease.connection.isIdle
      && lease.connection.transactionStatus == .idle
    tell { $0.returned(lease.member, isUsable: isUsable, $1) }
  }

  // MARK: Acts

  /// Tells the machine of an event, and does what it decides.
  private func tell(_ event: (inout PoolMachine, PoolMachine.Instant) -> Void) {
    let actions = state.withLock { state in
      event(&state.machine, .now)
      return state.machine.takeActions()
    }
    for action in actions { perform(action) }
  }

  private func perform(_ action: PoolMachine.Action) {
    switch action {
    case .open(let member): open(member)
    case .openLater(let member, let pause):
      thread.schedule(after: pause) { [weak self] in self?.open(member) }
    case .check(let member): check(member)
    case .close(let member):
      state.withLock { $0.connections.removeValue(forKey: member) }?.close()
    case .lend(let member, let waiter):
      let (connection, continuation) = state.withLock { state in
        (state.connections[member], state.waiters.removeValue(forKey: waiter))
      }
      if let connection, let continuation {
        continuation.resume(returning: Lease(member: member, connection: connection))
      } else {
        // The waiter was cancelled between the decision and now.
        tell { $0.returned(member, isUsable: connection != nil, $1) }
      }
    case .refuse(let waiter, let error):
      state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume(throwing: error)
    case .wake(let deadline):
      thread.schedule(after: deadline - .now) { [weak self] in self?.tell { $0.tick($1) } }
    case .drained:
      let drainers = state.withLock { state in
        state.isDrained = true
        defer { state.drainers = [] }
        return state.drainers
      }
      for drainer in drainers { drainer.resume() }
    }
  }

  private func open(_ member: PoolMachine.Member) {
    Task { [weak self, connectionSettings, thread] in
      do {
        let connection = try await Connection.open(connectionSettings, on: thread)
        guard let self else {
          connection.close()
          return
        }
        state.withLock { $0.connections[member] = connection }
        connection.onClose { [weak self] in
          self?.tell { $0.died(member, $1) }
        }
        let tenth = settings.maximumLifetime / 10
        let lifetime = settings.maximumLifetime - tenth * Double.random(in: 0...1)
        tell { $0.opened(member, expires: $1 + lifetime, $1) }
      } catch {
        let error =
          error as? PostgresError ?? PostgresError(.cannotConnect, "connecting was cancelled")
        self?.tell { $0.openFailed(member, error, $1) }
      }
    }
  }

  private func check(_ member: PoolMachine.Member) {
    guard let connection = state.withLock({ $0.connections[member] }) else {
      tell { $0.checked(member, stands: false, $1) }
      return
    }
    let answer = Answer()
    thread.schedule(after: settings.checkPatience) {
      if !answer.isGiven { connection.close() }
    }
    Task { [weak self] in
      let stands = (try? await connection.query("SELECT 1")) != nil
      answer.give()
      self?.tell { $0.checked(member, stands: stands, $1) }
    }
  }
}

/// Whether a question has been answered.
private final class Answer: Sendable {
  private let given = Atomic(false)
  init() {}
  var isGiven: Bool { given.load(ordering: .acquiring) }
  func give() { given.store(true, ordering: .releasing) }
}
