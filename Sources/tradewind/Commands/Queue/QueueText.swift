import JobQueue
import LogisticsModel
import PostgresClient

/// Jobs as they are printed.
enum QueueText {
  static func milliseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
  }

  /// `850 ms`, `12 s`, `7 min`, `3 h`; nothing where there is nothing.
  static func age(_ milliseconds: Int64?) -> String {
    guard let milliseconds else { return "" }
    return switch milliseconds {
    case ..<1000: "\(milliseconds) ms"
    case ..<120_000: "\(milliseconds / 1000) s"
    case ..<7_200_000: "\(milliseconds / 60_000) min"
    default: "\(milliseconds / 3_600_000) h"
    }
  }

  /// RFC 3339, to the second.
  static func time(_ time: Timestamp?) -> String? {
    guard let micros = time?.unixMicroseconds else { return nil }
    let seconds = micros >= 0 ? micros / 1_000_000 : (micros - 999_999) / 1_000_000
    let minutes = seconds >= 0 ? seconds / 60 : (seconds - 59) / 60
    let rest = seconds - minutes * 60
    let text = Instant(minutes: minutes).rfc3339()
    guard text.hasSuffix("Z"), text.count >= 17 else { return text }
    return "\(text.prefix(16)):\(rest < 10 ? "0" : "")\(rest)Z"
  }

  static let heads = ["JOB", "QUEUE", "KIND", "STATE", "ATTEMPT", "WHEN", ""]

  static func table(_ entries: [QueueEntry]) -> String {
    var table = TextTable(heads, [.left, .left, .left, .left, .right, .left, .left])
    for entry in entries {
      table.append([
        entry.id, entry.queue, entry.kind.map { "\($0)/\(entry.version ?? 0)" } ?? "?", entry.state,
        "\(entry.attempt)", entry.finished_at ?? entry.run_at ?? "",
        entry.cancel_asked ? "to be cancelled" : entry.last_reason ?? "",
      ])
    }
    return table.text
  }
}

/// A job, as JSON has it.
struct QueueEntry: Encodable {
  let id: String
  let tenant: Int32
  let queue: String
  let kind: String?
  let version: Int32?
  let state: String
  let attempt: Int16
  let priority: Int16?
  let run_at: String?
  let finished_at: String?
  let cancel_asked: Bool
  let lease: Int64?
  let result: JSONFragment?
  let errors: JSONFragment?
  let payload: JSONFragment?
}

extension QueueEntry {
  init(_ entry: JobDesk.Entry) {
    self.init(
      id: entry.id.description, tenant: entry.tenant, queue: entry.queue, kind: entry.kind,
      version: entry.version, state: entry.state, attempt: entry.attempt, priority: entry.priority,
      run_at: QueueText.time(entry.runAt), finished_at: QueueText.time(entry.finishedAt),
      cancel_asked: entry.cancelAsked, lease: entry.lease,
      result: entry.result.flatMap { JSONFragment($0) },
      errors: entry.errors.flatMap { JSONFragment($0) },
      payload: entry.payload.flatMap { JSONFragment($0) })
  }

  /// Why the last attempt went wrong, as people read it.
  var last_reason: String? {
    guard case .array(let all) = errors, case .object(let last) = all.last,
      case .string(let reason) = last["reason"]
    else { return nil }
    return ShipmentText.printable(String(reason.prefix(60)))
  }
}
