import Synchronization

/// One connection to a server.
///
/// Any task may use it; what they ask is answered in the order it came. No call blocks the thread it runs on: sockets are waited
/// for by one thread of the process (`IOThread`), names and connections are made on threads of their own.
///
/// ```swift
/// let connection = try await Connection.open(ConnectionSettings("postgresql://db/tradewind"))
/// let rows = try await connection.query("SELECT id, name FROM carrier WHERE id = $1", 7)
/// let (id, name) = try rows[0].decode(Int64.self, String.self)
/// ```
///
/// Cancelling a task cancels its statement on the server and leaves the connection usable. A statement that was complete before
/// the server heard of it gives its result: it has been done.
public final class Connection: Sendable {
  /// The thread that waits for this connection; a task that prefers it as its executor changes no threads at an answer.
  public let thread: IOThread
  /// The server process behind this connection, as notifications and `pg_stat_activity` show it.
  public let processID: Int32
  let settings: ConnectionSettings
  private let cancelKey: CancelKey?
  private let core: Mutex<SessionCore>
  private let lastTicket = Atomic<UInt64>(0)
  private let closeHandler = Mutex<(@Sendable () -> Void)?>(nil)
  /// What tells this server and its present life from others; asked for once.
  let serverLife = Mutex<ServerLife?>(nil)

  private init(
    _ link: consuming ServerLink, _ settings: ConnectionSettings, _ thread: IOThread
  ) {
    self.thread = thread
    self.settings = settings
    processID = link.processID
    cancelKey = link.cancelKey
    core = Mutex(
      SessionCore(link: link, thread: thread, preparedStatements: settings.preparedStatements))
  }

  deinit {
    let aftermath = core.withLock { core in
      core.fail(PostgresError(.closed, "the connection was let go of"))
      return core.takeAftermath()
    }
    aftermath.first?.run()
    for wakeup in aftermath.others { wakeup.run() }
  }

  /// Connects.
  ///
  /// - Parameters:
  ///   - settings: Where to, and how.
  ///   - thread: The thread to wait on; one serves all connections of most processes.
  ///   - onNotice: Called on that thread for what the server says unasked; without it such messages are dropped. They may
  ///     quote values.
  /// - Returns: A connection that stands.
  /// - Throws: `PostgresError` with code `cannotConnect`, `unverifiedHost` or `badConninfo`; `CancellationError`.
  public static func open(
    _ settings: ConnectionSettings = ConnectionSettings(), on thread: IOThread = .shared,
    onNotice: (@Sendable (PostgresError.Report) -> Void)? = nil
  ) async throws -> Connection {
    let opening = Opening()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        opening.wait(continuation)
        BlockingCalls.shared.run {
          guard opening.isWanted else { return }
          do throws(PostgresError) {
            let link = ServerLink(owning: try Conninfo.connect(settings), onNotice: onNotice)
            let connection = Connection(link, settings, thread)
            connection.startWatching()
            opening.settle(.success(connection))
          } catch {
            opening.settle(.failure(error))
          }
        }
      }
    } onCancel: {
      opening.settle(.failure(CancellationError()))
    }
  }

  private func startWatching() {
    core.withLock { core in
      core.registration = thread.register(core.link.descriptor, owner: self)
    }
  }

  /// Ends the connection; whoever waits for an answer is told that it is closed.
  ///
  /// Closing twice is allowed.
  public func close() {
    withCore { $0.fail(PostgresError(.closed, "the connection was closed")) }
  }

  /// Whether the connection has ended.
  public var isClosed: Bool { core.withLock { $0.link.isFinished } }

  /// Whether nothing is under way or waiting.
  var isIdle: Bool { core.withLock { $0.machine.isIdle } }

  /// Whether nothing is under way but a request to stop what has ended meanwhile.
  var isComingToRest: Bool {
    core.withLock { $0.machine.current == nil && $0.machine.waiting.isEmpty }
  }

  /// Whether a transaction is open, as the server last said.
  public var transactionStatus: TransactionStatus { core.withLock { $0.link.transactionStatus } }

  /// A setting the server reports by itself, such as `server_version` or `TimeZone`.
  public func serverParameter(_ name: String) -> String? {
    core.withLock { $0.link.parameter(name) }
  }

  /// Calls back once when the connection has ended, at once if it has already.
  func onClose(_ handler: @escaping @Sendable () -> Void) {
    closeHandler.withLock { $0 = handler }
    guard isClosed else { return }
    let mine = closeHandler.withLock { handler in
      defer { handler = nil }
      return handler
    }
    mine?()
  }

  /// Hands every notification that comes on this connection to a handler, on the thread that waits for it.
  ///
  /// The handler must not block. Without a handler notifications are dropped.
  public func onNotification(_ handler: @escaping @Sendable ([Notification]) -> Void) {
    withCore { $0.notificationHandler = handler }
  }

  // MARK: The lock

  /// Uses the state; tasks are woken after the lock is released.
  func withCore<Result: Sendable>(_ body: (inout SessionCore) -> Result) -> Result {
    let (result, aftermath) = core.withLock { core in
      let result = body(&core)
      return (result, core.takeAftermath())
    }
    aftermath.first?.run()
    for wakeup in aftermath.others { wakeup.run() }
    for chore in aftermath.chores { carryOut(chore) }
    return result
  }

  private func carryOut(_ chore: Chore) {
    switch chore {
    case .requestCancel:
      guard let cancelKey else { return }
      BlockingCalls.shared.run { [weak self] in
        cancelKey.send()
        self?.withCore { core in core.tell { $0.cancelReturned() } }
      }
    case .scheduleCancel:
      thread.schedule(after: .milliseconds(50)) { [weak self] in
        self?.withCore { core in core.tell { $0.cancelAgain() } }
      }
    case .startPatience(let ticket):
      thread.schedule(after: settings.cancelPatience) { [weak self] in
        self?.withCore { core in core.tell { $0.patienceEnded(ticket) } }
      }
    case .released:
      let handler = closeHandler.withLock { handler in
        defer { handler = nil }
        return handler
      }
      handler?()
    }
  }

  /// A ticket of its own for each request.
  func newTicket() -> Ticket {
    Ticket(number: lastTicket.add(1, ordering: .relaxed).newValue)
  }

  /// Nobody waits for a request any more.
  func cancel(_ ticket: Ticket) {
    withCore { core in core.tell { $0.cancel(ticket) } }
  }
}

extension Connection: SocketOwner {
  func socketIsReady() { withCore { $0.socketIsReady() } }
}

/// A connection being made, for whoever still wants it.
private final class Opening: Sendable {
  private struct State {
    var continuation: CheckedContinuation<Connection, any Error>?
    var early: Result<Connection, any Error>?
    var isSettled = false
  }

  private let state = Mutex(State())

  /// Whether nobody has given up yet.
  var isWanted: Bool { state.withLock { !$0.isSettled } }

  func wait(_ continuation: CheckedContinuation<Connection, any Error>) {
    let early = state.withLock { state in
      if state.early == nil { state.continuation = continuation }
      return state.early
    }
    if let early { continuation.resume(with: early) }
  }

  /// The first result counts; a connection nobody wants closes as it is let go of.
  func settle(_ result: Result<Connection, any Error>) {
    let continuation = state.withLock { state in
      guard !state.isSettled else { return nil as CheckedContinuation<Connection, any Error>? }
      state.isSettled = true
      guard let continuation = state.continuation else {
        state.early = result
        return nil
      }
      state.continuation = nil
      return continuation
    }
    continuation?.resume(with: result)
  }
}
