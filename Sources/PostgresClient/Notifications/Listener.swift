import Synchronization

/// Listens to channels over a connection of its own, and connects again whenever that ends.
///
/// Messages are hints: one sent while nobody listens is gone. So after each connection, the first included, the listener says
/// `mayHaveMissed`, and whoever listens looks once at what the messages would have told of.
///
/// ```swift
/// for try await event in Listener(settings, channels: ["tw_queue"]) { … }
/// ```
///
/// It stops when the sequence is let go of or its task is cancelled.
public struct Listener: AsyncSequence, Sendable {
  /// What it tells.
  public typealias Element = ListenerEvent

  private let settings: ConnectionSettings
  private let channels: [String]
  private let limit: Int
  private let thread: IOThread

  /// A listener that has not begun.
  ///
  /// - Parameters:
  ///   - settings: Where to connect.
  ///   - channels: Names, of 63 bytes at most.
  ///   - limit: Messages kept for a slow taker.
  ///   - thread: The thread to wait on.
  public init(
    _ settings: ConnectionSettings, channels: [String], limit: Int = 1024,
    on thread: IOThread = .shared
  ) {
    self.settings = settings
    self.channels = channels
    self.limit = limit
    self.thread = thread
  }

  /// Begins to listen.
  public func makeAsyncIterator() -> Iterator {
    let mailbox = Mailbox(limit: limit)
    let task = Task { [settings, channels, thread] in
      await Self.run(settings, channels, thread, mailbox)
    }
    return Iterator(mailbox: mailbox, task: task)
  }

  /// Takes events one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private let mailbox: Mailbox
    private let worker: Worker
    private var batch: ArraySlice<ListenerEvent> = []

    fileprivate init(mailbox: Mailbox, task: Task<Void, Never>) {
      self.mailbox = mailbox
      worker = Worker(task)
    }

    /// The next event; never nil but for a cancelled task.
    ///
    /// - Throws: `PostgresError` where connecting again would fail the same way, such as a wrong password.
    public mutating func next() async throws -> ListenerEvent? {
      if batch.isEmpty {
        let events = try await withTaskCancellationHandler {
          try await mailbox.take()
        } onCancel: { [worker] in
          worker.task.cancel()
        }
        guard let events else { return nil }
        batch = events[...]
      }
      return batch.popFirst()
    }
  }

  /// Stops the task when the iterator is let go of.
  private final class Worker: Sendable {
    let task: Task<Void, Never>
    init(_ task: Task<Void, Never>) { self.task = task }
    deinit { task.cancel() }
  }

  private static func run(
    _ settings: ConnectionSettings, _ channels: [String], _ thread: IOThread, _ mailbox: Mailbox
  ) async {
    var pause = Duration.milliseconds(10)
    while !Task.isCancelled {
      do {
        let connection = try await Connection.open(settings, on: thread)
        defer { connection.close() }
        connection.onNotification { mailbox.add($0) }
        for channel in channels {
          try await connection.query(
            Statement(trusted: "LISTEN \(CopyTarget.quoted(channel))", name: "listen"))
        }
        // Only now is nothing missed any more.
        mailbox.addGap()
        pause = .milliseconds(10)
        await connection.untilClosed()
      } catch let error as PostgresError where !error.isWorthRetrying {
        mailbox.end(error)
        return
      } catch {}
      try? await Task.sleep(for: pause)
      pause = Swift.min(pause * 2, .seconds(2))
    }
    mailbox.end(nil)
  }
}

/// Between the thread that receives messages and the task that takes them.
private final class Mailbox: Sendable {
  private struct State {
    var buffer: NotificationBuffer
    var end: Result<Void, PostgresError>?
    var taker: CheckedContinuation<Void, Never>?
  }

  private let state: Mutex<State>

  init(limit: Int) { state = Mutex(State(buffer: NotificationBuffer(limit: limit))) }

  func add(_ messages: [Notification]) { change { $0.buffer.add(messages) } }
  func addGap() { change { $0.buffer.addGap() } }
  func end(_ error: PostgresError?) {
    change { $0.end = error.map { .failure($0) } ?? .success(()) }
  }

  private func change(_ body: (inout State) -> Void) {
    let taker = state.withLock { state in
      body(&state)
      defer { state.taker = nil }
      return state.taker
    }
    taker?.resume()
  }

  /// What there is to tell, as soon as there is something; nil after the end.
  func take() async throws -> [ListenerEvent]? {
    while true {
      let (events, end) = state.withLock { state in (state.buffer.take(), state.end) }
      if !events.isEmpty { return events }
      if let end {
        try end.get()
        return nil
      }
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          guard state.buffer.isEmpty, state.end == nil else { return true }
          state.taker = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    }
  }
}

extension Connection {
  /// Waits until the connection has ended or the task is cancelled.
  func untilClosed() async {
    let (ended, signal) = AsyncStream<Void>.makeStream()
    onClose { signal.finish() }
    for await _ in ended {}
  }
}

extension PostgresError {
  /// Whether another attempt to connect may end otherwise.
  var isWorthRetrying: Bool {
    switch code {
    case .unverifiedHost, .badConninfo, .misuse: false
    case .cannotConnect:
      // No state: nobody answered. Else what passes: starting up, shutting down, too many connections.
      report == nil || errorClass == .reconnect || errorClass == .tooManyConnections
    case .server: errorClass != .other
    default: true
    }
  }
}
