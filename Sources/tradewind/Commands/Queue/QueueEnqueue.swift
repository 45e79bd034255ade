import ArgumentParser
import JobQueue
import PostgresClient

/// `tradewind queue enqueue`: a job.
struct QueueEnqueue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enqueue", abstract: "Enqueue a job and print its id.",
    discussion: """
      Under a --key that is known, the id of the job enqueued first is printed and
      nothing is enqueued. Workers that wait are woken.

      Examples:
        tradewind queue enqueue replan '{"leg":"air"}'
        tradewind queue enqueue export --key nightly-2026-11-22 --in 3600
      """)

  @Argument(help: "What is to be done.")
  var kind: String

  @Argument(help: "What it is about: a JSON document.")
  var payload = "{}"

  @Option(help: "Name of the queue.")
  var queue = "default"

  @Option(help: "Version of the payload.")
  var payloadVersion: Int32 = 1

  @Option(help: "0 (most urgent) to 7.")
  var priority: Int16 = 4

  @Option(name: .customLong("in"), help: "Not before so many seconds.")
  var delay: Int64 = 0

  @Option(help: "Enqueue it once only under this key, for a day.")
  var key: String?

  @Option(help: "Tried so often.")
  var attempts: Int16 = 20

  @OptionGroup var options: QueueOptions

  struct Answer: Encodable {
    let id: String
    let enqueued: Bool
  }

  func validate() throws {
    guard (0...7).contains(priority) else { throw ValidationError("--priority is within 0...7") }
    guard attempts >= 1 else { throw ValidationError("--attempts is 1 at least") }
    guard (0...315_360_000).contains(delay) else {
      throw ValidationError("--in is within ten years")
    }
    guard JSONFragment(payload) != nil else {
      throw ValidationError("the payload is no JSON document")
    }
    if let key, !(1...200).contains(key.utf8.count) {
      throw ValidationError("--key has 1 to 200 bytes")
    }
  }

  func run() async throws {
    let answer = try await options.reach { reach in
      var job = NewJob(
        kind, JSONB(payload), tenant: reach.tenant, queue: queue, version: payloadVersion,
        priority: priority, key: key, maxAttempts: attempts)
      if delay > 0 { job.runAt = try await reach.desk.serverTime(in: .seconds(delay)) }
      let id = try await reach.sender.enqueue([job])[0]
      // The hint goes out on its own; a moment for it.
      try await Task.sleep(for: .milliseconds(20))
      return Answer(id: id.description, enqueued: id == job.id)
    }
    if options.json {
      Streams.out(try JSONText.pretty(answer) + "\n")
    } else {
      if !answer.enqueued, !options.quiet { Narration.note("the key is known: enqueued before") }
      Streams.out(answer.id + "\n")
    }
  }
}
