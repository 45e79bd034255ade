import ArgumentParser
import JobQueue

/// `tradewind queue show`: one job, with its history.
struct QueueShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a job, with payload, result and what went wrong.",
    discussion: """
      Exit 66 where there is no such job, or none any more.

      Examples:
        tradewind queue show 01a2009d-31e1-746f-9ec2-b079bbd72155
        tradewind queue show 01a2009d-31e1-746f-9ec2-b079bbd72155 --json
      """)

  @Argument(help: "Its id.")
  var id: String

  @OptionGroup var options: QueueOptions

  func validate() throws { _ = try QueueOptions.id(id) }

  func run() async throws {
    let id = try QueueOptions.id(id)
    let entry = try await options.reach { reach in
      QueueEntry(try await reach.desk.job(id, tenant: reach.tenant))
    }
    Streams.out(options.json ? try JSONText.pretty(entry) + "\n" : try Self.text(entry))
  }

  /// A line for each thing known of it; errors oldest first.
  static func text(_ entry: QueueEntry) throws -> String {
    var table = TextTable(["", ""], [.left, .left])
    table.append(["job", entry.id])
    table.append(["queue", entry.queue])
    table.append(["kind", entry.kind.map { "\($0), version \(entry.version ?? 0)" } ?? "unknown"])
    table.append(["state", entry.cancel_asked ? "\(entry.state), to be cancelled" : entry.state])
    table.append(["attempts", "\(entry.attempt)"])
    if let priority = entry.priority { table.append(["priority", "\(priority)"]) }
    if let time = entry.run_at { table.append(["due", time]) }
    if let time = entry.finished_at { table.append(["finished", time]) }
    if let lease = entry.lease { table.append(["worker", "\(lease)"]) }
    if let payload = entry.payload { table.append(["payload", try JSONText.line(payload)]) }
    if let result = entry.result { table.append(["result", try JSONText.line(result)]) }
    if case .array(let errors) = entry.errors {
      for error in errors {
        table.append(["went wrong", ShipmentText.printable(try JSONText.line(error))])
      }
    }
    return String(table.text.drop { $0 == "\n" })
  }
}
