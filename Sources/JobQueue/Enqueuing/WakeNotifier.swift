import PostgresClient
import Synchronization

/// Tells workers that a queue has jobs: the first hint at once, those within the next five milliseconds as one.
///
/// Sent after the commit and over a connection of the pool, never in the transaction that enqueues: the server takes a global lock for
/// each commit that carries a message.
final class WakeNotifier: Sendable {
  static let window: Duration = .milliseconds(5)

  private enum Stage {
    case quiet
    /// Sent within the window; whether more hints came since.
    case sent(again: Bool)
  }

  private let pool: Pool
  private let queries: QueryTable<JobQuery>
  private let isSilent: Bool
  private let stages = Mutex<[Int16: Stage]>([:])

  init(_ pool: Pool, _ queries: QueryTable<JobQuery>, isSilent: Bool) {
    self.pool = pool
    self.queries = queries
    self.isSilent = isSilent
  }

  /// A queue has jobs.
  func hint(_ queue: Int16) {
    guard !isSilent else { return }
    let isFirst = stages.withLock { stages in
      switch stages[queue] ?? .quiet {
      case .quiet:
        stages[queue] = .sent(again: false)
        return true
      case .sent:
        stages[queue] = .sent(again: true)
        return false
      }
    }
    if isFirst { send(queue) }
  }

  private func send(_ queue: Int16) {
    pool.thread.schedule(after: Self.window) { [self] in windowEnded(queue) }
    Task(executorPreference: pool.thread) { [self] in
      // A hint that is lost costs a poll.
      _ = try? await pool.withConnection { connection in
        try await connection.query(queries[.wakeQueue], "\(queue)")
      }
    }
  }

  private func windowEnded(_ queue: Int16) {
    let isAgain = stages.withLock { stages in
      guard case .sent(let again) = stages[queue], again else {
        stages[queue] = .quiet
        return false
      }
      stages[queue] = .sent(again: false)
      return true
    }
    if isAgain { send(queue) }
  }
}
