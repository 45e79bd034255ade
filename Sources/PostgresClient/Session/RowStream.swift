/// The rows of a statement as they come.
///
/// One task may take them, once.
///
/// ```swift
/// for try await row in try connection.rows("SELECT id FROM leg") { … }
/// ```
public struct RowStream: AsyncSequence, Sendable {
  /// Rows.
  public typealias Element = Row

  private let taker: Taker<Row>

  init(connection: Connection, ticket: Ticket, backlog: Backlog<Row>) {
    taker = Taker(connection: connection, ticket: ticket, backlog: backlog)
  }

  /// Begins to take rows; every iterator goes on where the last one stopped.
  public func makeAsyncIterator() -> Iterator { Iterator(taker: taker) }

  /// Takes rows one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    let taker: Taker<Row>
    private var batch: [Row] = []
    private var next = 0

    init(taker: Taker<Row>) { self.taker = taker }

    /// The next row, or nil after the last.
    ///
    /// - Throws: `PostgresError`; `CancellationError` if the task was cancelled.
    public mutating func next() async throws -> Row? {
      if next == batch.count {
        guard let more = try await taker.take() else { return nil }
        batch = more
        next = 0
      }
      defer { next += 1 }
      return batch[next]
    }
  }
}

/// Takes what a request delivers, and cancels it when let go of before its end.
final class Taker<Element: Sendable>: Sendable {
  let connection: Connection
  let ticket: Ticket
  private let backlog: Backlog<Element>

  init(connection: Connection, ticket: Ticket, backlog: Backlog<Element>) {
    self.connection = connection
    self.ticket = ticket
    self.backlog = backlog
  }

  // A ticket that has ended is unknown to the connection, so cancelling it does nothing.
  deinit { connection.cancel(ticket) }

  /// What has come, at least one item; nil at the end.
  func take() async throws -> [Element]? {
    try await withTaskCancellationHandler {
      switch await backlog.take() {
      case .items(let items, let wasFull):
        if wasFull { connection.withCore { $0.roomWasMade() } }
        return items
      case .end(let result):
        try result.get()
        return nil
      case .nothingYet: return nil
      }
    } onCancel: {
      connection.cancel(ticket)
    }
  }
}
