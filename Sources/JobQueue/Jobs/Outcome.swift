public import PostgresClient

/// What became of one attempt.
public enum Outcome: Sendable {
  /// It is done: result and effects are committed together with the completion, or not at all.
  case done(result: JSONB? = nil, effects: [Effect] = [])
  /// It went wrong and is tried again, after a pause that grows unless one is given; dead after the last attempt.
  case retry(Setback, after: Duration? = nil)
  /// Not yet: looked at again later, and this attempt does not count.
  case snooze(Duration)
  /// It went wrong, and another attempt would end the same way.
  case failed(Setback)
  /// It was stopped because somebody asked for that.
  case cancelled
}

/// Why an attempt went wrong, as it is kept in the history of the job.
public struct Setback: Hashable, Sendable {
  /// Stable, for machines: `timeout`, `worker_lost`, `error`, `sqlstate_23505`, or the handler's own.
  public let code: String
  /// For people; kept to 500 characters.
  public let reason: String

  /// A code and a reason.
  public init(_ code: String, _ reason: String) {
    self.code = code
    self.reason = String(reason.prefix(500))
  }

  /// An error that a handler threw.
  init(_ error: any Error) {
    if let error = error as? PostgresError {
      self.init(error.sqlState.map { "sqlstate_\($0)" } ?? error.code.rawValue, "\(error)")
    } else {
      self.init("error", "\(error)")
    }
  }

  /// Its handler took longer than its kind allows.
  static let timeout = Setback("timeout", "the handler took longer than it may")
}

/// Something in the database that an attempt changes.
///
/// Effects run in the transaction that completes the job: they are there exactly if the job is done under this attempt, whatever
/// happens to the worker, the connection or the server.
public enum Effect: Sendable {
  /// A statement, sent along with all others in one round trip.
  case statement(Statement, Parameters)
  /// Statements that depend on each other's answers. The job is committed in a transaction of its own; the body must not end it.
  case work(@Sendable (Connection) async throws -> Void)
}

/// What became of a batch: an outcome for each of its jobs, in their order.
public struct BatchOutcome: Sendable {
  /// One for each job.
  public var outcomes: [Outcome]
  /// Effects of several jobs at once, such as one insert of arrays.
  ///
  /// Called with the positions of the jobs that are done and to be committed together: mostly all, but some or one where another
  /// could not be completed. So it must make them anew from the positions.
  public var effects: (@Sendable (_ done: [Int]) -> [Effect])?

  /// Outcomes, and effects of several at once.
  public init(_ outcomes: [Outcome], effects: (@Sendable (_ done: [Int]) -> [Effect])? = nil) {
    self.outcomes = outcomes
    self.effects = effects
  }
}
