import PostgresClient
import Synchronization

/// What a handler may ask while it works.
public final class JobControl: Sendable {
  private struct State {
    var isStopped = false
    var cancelled: Set<UniqueID> = []
  }

  private let state = Mutex(State())

  /// Nothing is stopped or cancelled yet.
  public init() {}

  /// Whether the work is of no use any more: it took too long, the worker lost its lease, or a drain has run out of grace.
  ///
  /// The handler's task is cancelled too, so that whatever it awaits ends.
  public var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Whether somebody asked for this job to be cancelled; then `.cancelled` is a good outcome, and so is any other.
  public func isCancelled(_ job: Job) -> Bool { state.withLock { $0.cancelled.contains(job.id) } }

  /// Lets others have the thread, and looks whether to go on; a handler that computes for long calls it every few milliseconds.
  ///
  /// - Parameter job: What is being worked at.
  /// - Returns: The outcome to give at once; nil: go on.
  public func pause(in job: Job) async -> Outcome? {
    await Task.yield()
    if isCancelled(job) { return .cancelled }
    return isStopped ? .snooze(.zero) : nil
  }

  func stop() { state.withLock { $0.isStopped = true } }
  func cancel(_ id: UniqueID) { state.withLock { _ = $0.cancelled.insert(id) } }
}
