/// What a ticket stands for: what to send, and who waits for what comes of it.
struct Errand: Sendable {
  enum Owner: Sendable {
    /// A task that waits for the result.
    case result(CheckedContinuation<ResultSet, any Error>)
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
  case result(CheckedContinuation<ResultSet, any Error>, Result<ResultSet, any Error>)
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
