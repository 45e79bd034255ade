/// What a ticket stands for: what to send, and who waits for what comes of it.
///
/// Bound relied on: a waiting task is woken once, since its errand is taken out of the line when it ends; `SessionMachineTests` hold
/// that each ticket is completed once.
final class Errand: Sendable {
  enum Owner: Sendable {
    /// A task that waits for the result.
    case result(UnsafeContinuation<ResultSet, any Error>)
    /// A task that takes rows one after the other.
    case rows(Backlog<Row>)
    /// A scope that sends more: a copy or a pipeline.
    case scope(Scope)
    /// A statement of a pipeline.
    case pending(PendingResult)
  }

  let statement: Statement
  let parameters: Parameters
  let owner: Owner

  init(statement: Statement, parameters: Parameters, owner: Owner) {
    self.statement = statement
    self.parameters = parameters
    self.owner = owner
  }
}

/// The errands of a connection in the order of their tickets, which is nearly the order in which they end.
struct ErrandLine: Sendable {
  private var entries: [(ticket: Ticket, errand: Errand?)] = []
  private var head = 0

  /// The errand of a ticket that has not ended.
  ///
  /// - Complexity: O(1) for the first and the last, else O(errands).
  subscript(ticket: Ticket) -> Errand? {
    index(of: ticket).flatMap { entries[$0].errand }
  }

  mutating func append(_ ticket: Ticket, _ errand: Errand) { entries.append((ticket, errand)) }

  /// Takes out the errand of a ticket.
  mutating func remove(_ ticket: Ticket) -> Errand? {
    guard let index = index(of: ticket) else { return nil }
    let errand = entries[index].errand
    entries[index].errand = nil
    while head < entries.count, entries[head].errand == nil { head += 1 }
    if head == entries.count {
      entries.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 4096 {
      entries.removeFirst(head)
      head = 0
    }
    return errand
  }

  private func index(of ticket: Ticket) -> Int? {
    guard head < entries.count else { return nil }
    if entries[head].ticket == ticket { return head }
    if entries[entries.count - 1].ticket == ticket { return entries.count - 1 }
    return entries[head...].firstIndex { $0.ticket == ticket }
  }
}

/// A copy or a pipeline, between its opening and its end.
///
/// Read and changed under the lock of its connection only.
final class Scope: @unchecked Sendable {
  /// Pieces of a copy on their way out of the server.
  let pieces: Backlog<[UInt8]>?
  var opening: CheckedContinuation<Void, any Error>?
  var closing: CheckedContinuation<ResultSet?, any Error>?
  /// Waits until the socket has taken what was written.
  var draining: CheckedContinuation<Void, any Error>?
  var result: Result<ResultSet?, any Error>?
  /// Statements of a pipeline that failed.
  var failed: [PendingResult] = []

  init(pieces: Backlog<[UInt8]>? = nil) { self.pieces = pieces }
}

/// A task to be woken once the lock is released.
enum Wakeup: Sendable {
  case result(UnsafeContinuation<ResultSet, any Error>, Result<ResultSet, any Error>)
  case scope(CheckedContinuation<Void, any Error>, Result<Void, any Error>)
  case closing(CheckedContinuation<ResultSet?, any Error>, Result<ResultSet?, any Error>)
  case rows(CheckedContinuation<Backlog<Row>.Taken, Never>, Backlog<Row>.Taken)
  case pieces(CheckedContinuation<Backlog<[UInt8]>.Taken, Never>, Backlog<[UInt8]>.Taken)
  case pending(PendingResult, Result<ResultSet, any Error>)
  case notifications(@Sendable ([Notification]) -> Void, [Notification])

  func run() {
    switch self {
    case .result(let continuation, let result): continuation.resume(with: result)
    case .scope(let continuation, let result): continuation.resume(with: result)
    case .closing(let continuation, let result): continuation.resume(with: result)
    case .rows(let continuation, let taken): continuation.resume(returning: taken)
    case .pieces(let continuation, let taken): continuation.resume(returning: taken)
    case .pending(let pending, let result): pending.settle(result)
    case .notifications(let handler, let notifications): handler(notifications)
    }
  }
}

/// Something to be done beside the connection once the lock is released.
enum Chore: Sendable {
  case requestCancel
  case scheduleCancel
  case startPatience(Ticket)
  case released
}

/// What is left to do once the lock is released; mostly one task is to be woken, for which no array is made.
struct Aftermath: Sendable {
  var first: Wakeup?
  var others: [Wakeup] = []
  var chores: [Chore] = []

  mutating func add(_ wakeup: Wakeup) {
    if first == nil { first = wakeup } else { others.append(wakeup) }
  }
}
