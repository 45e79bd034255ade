import ArgumentParser

/// `tradewind queue`: jobs, and those who work on them.
struct QueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "Look at jobs, enqueue them, try them again, hold them up.",
    discussion: """
      Jobs may be enqueued by any program that speaks SQL, too:
      SELECT tradewind.enqueue('default', 'replan', '{"leg":"air"}');

      Examples:
        tradewind queue stats --watch
        tradewind queue dead --queue default
      """,
    subcommands: [
      QueueStats.self, QueueList.self, QueueShow.self, QueueEnqueue.self, QueueRetry.self,
      QueueCancel.self, QueueDead.self, QueuePause.self, QueueResume.self, QueuePurge.self,
      QueueLimit.self,
    ])
}
