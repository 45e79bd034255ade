import ArgumentParser
import JobQueue

/// `tradewind queue stats`: how the queues and the workers stand.
struct QueueStats: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Say how the queues and the workers stand.",
    discussion: """
      What ended is counted over the last hour; what waits and runs up to 100,000
      in a queue: 90000+ says that there are more. --watch goes on until Ctrl-C; with
      --json it prints a line each time.

      Examples:
        tradewind queue stats
        tradewind queue stats --watch --every 2
      """)

  @Flag(help: "Again and again.")
  var watch = false

  @Option(help: "Seconds between two looks.")
  var every = 1

  @OptionGroup var options: QueueOptions

  struct Answer: Encodable {
    struct Queue: Encodable {
      let name: String
      let fair: Bool
      let paused: Bool
      let waiting: Int64
      let scheduled: Int64
      let running: Int64
      let oldest_age_ms: Int64?
      let done: Int64
      let failed: Int64
      let cancelled: Int64
      let dead: Int64
      let cut: Bool
    }
    struct Worker: Encodable {
      let lease: Int64
      let node: String
      let pid: Int32
      let version: String
      let slots: Int32
      let in_hand: Int64
      let draining: Bool
      let lease_left_ms: Int64
    }
    let queues: [Queue]
    let workers: [Worker]
  }

  func validate() throws {
    guard (1...3600).contains(every) else { throw ValidationError("--every is within 1...3600") }
  }

  func run() async throws {
    try await options.reach { reach in
      while true {
        let answer = Self.answer(try await reach.desk.stats(), try await reach.desk.workers())
        if options.json {
          Streams.out(
            (watch ? try JSONText.line(answer) : try JSONText.pretty(answer)) + "\n")
        } else {
          let text = Self.text(answer)
          Streams.out(watch && Streams.isTerminal ? Self.overwriting(text) : text)
        }
        guard watch else { return }
        try await Task.sleep(for: .seconds(every))
      }
    }
  }

  /// On a terminal each look replaces the one before, line by line: clearing everything first would flicker.
  static func overwriting(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "\u{1B}[H" + lines.joined(separator: "\u{1B}[K\n") + "\u{1B}[J"
  }

  private static func answer(
    _ queues: [JobDesk.QueueStats], _ workers: [JobDesk.WorkerEntry]
  ) -> Answer {
    Answer(
      queues: queues.map {
        .init(
          name: $0.name, fair: $0.isFair, paused: $0.isPaused, waiting: $0.waiting,
          scheduled: $0.scheduled, running: $0.running,
          oldest_age_ms: $0.oldest.map(QueueText.milliseconds), done: $0.done, failed: $0.failed,
          cancelled: $0.cancelled, dead: $0.dead, cut: $0.isCut)
      },
      workers: workers.map {
        .init(
          lease: $0.lease, node: $0.node, pid: $0.processID, version: $0.version, slots: $0.slots,
          in_hand: $0.inHand, draining: $0.isDraining,
          lease_left_ms: QueueText.milliseconds($0.left))
      })
  }

  static func text(_ answer: Answer) -> String {
    var queues = TextTable(
      ["QUEUE", "WAITING", "OLDEST", "SCHEDULED", "RUNNING", "DONE", "FAILED", "DEAD", ""],
      [.left, .right, .right, .right, .right, .right, .right, .right, .left])
    for queue in answer.queues {
      let marks = [queue.paused ? "paused" : nil, queue.fair ? "fair" : nil].compactMap { $0 }
      let more = queue.cut ? "+" : ""
      queues.append([
        queue.name, "\(queue.waiting)\(more)", QueueText.age(queue.oldest_age_ms),
        "\(queue.scheduled)\(more)", "\(queue.running)\(more)", "\(queue.done)", "\(queue.failed)",
        "\(queue.dead)",
        marks.joined(separator: ", "),
      ])
    }
    var text = queues.text
    guard !answer.workers.isEmpty else { return text + "no worker runs\n" }
    var workers = TextTable(
      ["WORKER", "NODE", "PROCESS", "VERSION", "IN HAND", "SLOTS", ""],
      [.right, .left, .right, .left, .right, .right, .left])
    for worker in answer.workers {
      let isSilent = worker.lease_left_ms < 0
      workers.append([
        "\(worker.lease)", worker.node, "\(worker.pid)", worker.version, "\(worker.in_hand)",
        "\(worker.slots)", isSilent ? "silent" : worker.draining ? "draining" : "",
      ])
    }
    text += "\n" + workers.text
    return text
  }
}
