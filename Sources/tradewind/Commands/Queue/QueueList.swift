import ArgumentParser
import JobQueue

/// `tradewind queue list`: jobs, newest first.
struct QueueList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List jobs, newest first.",
    discussion: """
      States: waiting, scheduled, running, done, failed, cancelled, dead. The next
      page begins --before the last id of this one.

      Examples:
        tradewind queue list --state waiting --state running
        tradewind queue list --kind replan --limit 20 --json
      """)

  static let states = ["waiting", "scheduled", "running", "done", "failed", "cancelled", "dead"]

  @Option(help: "Only those in a state; several are welcome.")
  var state: [String] = []

  @Option(help: "Only those of a queue.")
  var queue: String?

  @Option(help: "Only those of a kind.")
  var kind: String?

  @Option(help: "Only those with ids below this one.")
  var before: String?

  @Option(help: "At most so many.")
  var limit: Int32 = 50

  @OptionGroup var options: QueueOptions

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is within 1...10000") }
    if let unknown = state.first(where: { !Self.states.contains($0) }) {
      throw ValidationError(
        "state \"\(unknown.prefix(40))\" is unknown: " + Self.states.joined(separator: ", "))
    }
    if let before { _ = try QueueOptions.id(before) }
  }

  func run() async throws {
    var filter = JobDesk.Filter()
    filter.queue = queue
    filter.kind = kind
    filter.states = state.isEmpty ? nil : state
    filter.before = try before.map(QueueOptions.id)
    filter.limit = limit
    let found = try await options.reach { reach in
      filter.tenant = reach.tenant
      return try await reach.desk.list(filter)
    }.map { QueueEntry($0) }
    Streams.out(options.json ? try JSONText.pretty(found) + "\n" : QueueText.table(found))
  }
}

/// `tradewind queue dead`: what failed or died, and why.
struct QueueDead: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead", abstract: "List jobs that failed or died, with the last reason.",
    discussion: """
      --retry queues them again, the latest first.

      Examples:
        tradewind queue dead --queue default
        tradewind queue dead --queue default --retry --limit 100
      """)

  @Option(help: "Only those of a queue.")
  var queue: String?

  @Option(help: "At most so many.")
  var limit: Int32 = 50

  @Flag(help: "Queue them again; needs --queue.")
  var retry = false

  @OptionGroup var options: QueueOptions

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is within 1...10000") }
    if retry, queue == nil { throw ValidationError("--retry needs --queue") }
  }

  struct Answer: Encodable {
    let retried: Int
  }

  func run() async throws {
    var filter = JobDesk.Filter()
    filter.queue = queue
    filter.states = ["failed", "dead"]
    filter.limit = limit
    try await options.reach { reach in
      if retry, let queue {
        let count = try await reach.desk.retryDead(in: queue, tenant: reach.tenant, limit: limit)
        reach.sender.wake([queue])
        Streams.out(
          options.json
            ? try JSONText.pretty(Answer(retried: count)) + "\n" : "\(count) queued again\n")
        return
      }
      filter.tenant = reach.tenant
      let found = try await reach.desk.list(filter).map { QueueEntry($0) }
      Streams.out(options.json ? try JSONText.pretty(found) + "\n" : QueueText.table(found))
    }
  }
}
