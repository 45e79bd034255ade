import ArgumentParser
import JobQueue

/// `tradewind queue retry`: have a job tried again.
struct QueueRetry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Try a job again, or now.",
    discussion: """
      One that failed, died or was cancelled waits again, with its history and all
      attempts to come; one that waits for later is due now.

      Examples:
        tradewind queue retry 01a2009d-31e1-746f-9ec2-b079bbd72155
        tradewind queue retry 01a2009d-31e1-746f-9ec2-b079bbd72155 --json
      """)

  @Argument(help: "Its id.")
  var id: String

  @OptionGroup var options: QueueOptions

  func validate() throws { _ = try QueueOptions.id(id) }

  func run() async throws {
    let id = try QueueOptions.id(id)
    try await options.reach { reach in
      try await reach.desk.retry(id, tenant: reach.tenant)
      reach.sender.wake([try await reach.desk.job(id, tenant: reach.tenant).queue])
      try QueueAnswer.print("queued", options)
    }
  }
}

/// `tradewind queue cancel`: have a job stopped.
struct QueueCancel: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancel a job, or have its worker told to stop it.",
    discussion: """
      One that waits is cancelled at once. One that runs may still end as it would:
      show tells.

      Examples:
        tradewind queue cancel 01a2009d-31e1-746f-9ec2-b079bbd72155
        tradewind queue cancel 01a2009d-31e1-746f-9ec2-b079bbd72155 --json
      """)

  @Argument(help: "Its id.")
  var id: String

  @OptionGroup var options: QueueOptions

  func validate() throws { _ = try QueueOptions.id(id) }

  func run() async throws {
    let id = try QueueOptions.id(id)
    try await options.reach { reach in
      let what = try await reach.desk.cancel(id, tenant: reach.tenant)
      try QueueAnswer.print(what.rawValue, options)
    }
  }
}

/// `tradewind queue pause`: hold a queue up.
struct QueuePause: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Have nothing more of a queue claimed; what runs goes on.",
    discussion: """
      Examples:
        tradewind queue pause default
        tradewind queue pause default --json
      """)

  @Argument(help: "Name of the queue.")
  var queue: String

  @OptionGroup var options: QueueOptions

  func run() async throws {
    try await options.reach { reach in
      try await reach.desk.pause(queue)
      try QueueAnswer.print("paused", options)
    }
  }
}

/// `tradewind queue resume`: let a queue go on.
struct QueueResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let a queue that was paused go on.",
    discussion: """
      Examples:
        tradewind queue resume default
        tradewind queue resume default --json
      """)

  @Argument(help: "Name of the queue.")
  var queue: String

  @OptionGroup var options: QueueOptions

  func run() async throws {
    try await options.reach { reach in
      try await reach.desk.resume(queue)
      try QueueAnswer.print("resumed", options)
    }
  }
}

/// `tradewind queue purge`: remove jobs for good.
struct QueuePurge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Remove waiting jobs of a queue, or dead ones, for good.",
    discussion: """
      Of all tenants. What runs is left alone. Needs --yes.

      Examples:
        tradewind queue purge default --dead --yes
        tradewind queue purge default --kind replan --yes
      """)

  @Argument(help: "Name of the queue.")
  var queue: String

  @Flag(help: "Those that failed or died, instead of those that wait.")
  var dead = false

  @Option(help: "Only those of a kind.")
  var kind: String?

  @Option(help: "Version of that kind's payload.")
  var payloadVersion: Int32 = 1

  @Flag(help: "Really.")
  var yes = false

  @OptionGroup var options: QueueOptions

  func validate() throws {
    guard yes else { throw ValidationError("jobs are removed for good; say --yes") }
  }

  struct Answer: Encodable {
    let removed: Int
  }

  func run() async throws {
    try await options.reach { reach in
      let removed = try await reach.desk.purge(
        dead ? .dead : .waiting, queue, kind: kind.map { ($0, payloadVersion) })
      Streams.out(
        options.json
          ? try JSONText.pretty(Answer(removed: removed)) + "\n" : "\(removed) removed\n")
    }
  }
}

/// What a change says when it is made.
enum QueueAnswer {
  struct Document: Encodable {
    let state: String
  }

  static func print(_ state: String, _ options: QueueOptions) throws {
    Streams.out(
      options.json ? try JSONText.pretty(Document(state: state)) + "\n" : state + "\n")
  }
}
