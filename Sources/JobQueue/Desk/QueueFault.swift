/// What somebody asked of the queue cannot be: coded, with what to do.
public struct QueueFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable code such as `TW-JOB-001`.
  public let code: String
  /// What, which value.
  public let message: String
  /// What to try.
  public let advice: String

  /// The lines shown to people.
  public var description: String { "error \(code): \(message)\n  \(advice)" }

  /// There is no queue of that name.
  public static func unknownQueue(_ name: String) -> QueueFault {
    QueueFault(
      code: "TW-JOB-001", message: "there is no queue named \(name)",
      advice: "open it: SELECT tradewind.open_queue('\(name)'); or start a worker that serves it")
  }

  /// There is no job of that id.
  public static func unknownJob(_ id: String) -> QueueFault {
    QueueFault(
      code: "TW-JOB-002", message: "there is no job \(id)",
      advice: "finished jobs are kept for a while only; look at: tradewind queue list")
  }

  /// It is not in a state for that.
  public static func wrongState(_ id: String, _ state: String, _ wanted: String) -> QueueFault {
    QueueFault(
      code: "TW-JOB-003", message: "job \(id) is \(state)",
      advice: "this is for jobs that are \(wanted)")
  }

  /// The time zone is unknown to the server, or the pattern never comes.
  public static func badSchedule(_ name: String, _ why: String) -> QueueFault {
    QueueFault(
      code: "TW-JOB-004", message: "schedule \(name): \(why)",
      advice:
        "a pattern is minute hour day month weekday, a zone an IANA name such as Europe/Madrid")
  }
}
