import ArgumentParser
import PostgresClient

/// `tradewind db start`: have the private server running.
struct DatabaseStart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start the private server, and make it if there is none.",
    discussion: """
      It stays when this command ends, and when whoever called it is killed.
      Starting it twice, or from several processes at once, is fine.

      Examples:
        tradewind db start
        TRADEWIND_DATA=/srv/tradewind tradewind db start --json
      """)

  @OptionGroup var options: DatabaseOptions

  struct Answer: Encodable {
    let state: String
    let pid: Int32
    let url: String
    let folder: String
  }

  func run() async throws {
    try await DatabaseFailure.told {
      let (cluster, folder) = try options.ownCluster()
      let running = try await cluster.start { progress in
        if !options.quiet { DatabaseNotes.tell(progress, folder) }
      }
      let state = running.wasStarted ? "started" : "running"
      if options.json {
        let answer = Answer(
          state: state, pid: running.processID, url: running.url, folder: folder)
        Streams.out(try JSONText.pretty(answer) + "\n")
      } else {
        Streams.out("\(state), process \(running.processID): \(running.url)\n")
      }
    }
  }
}

/// `tradewind db stop`: end the private server.
struct DatabaseStop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop the private server; its data stays.",
    discussion: """
      Connections are closed and everything is written down. A server that
      somebody else named is never stopped. Exit 0 too where none runs.

      Examples:
        tradewind db stop
        tradewind db stop --quiet --json
      """)

  @OptionGroup var options: DatabaseOptions

  struct Answer: Encodable {
    let state = "stopped"
    let wasRunning: Bool
    let folder: String

    enum CodingKeys: String, CodingKey {
      case state
      case wasRunning = "was_running"
      case folder
    }
  }

  func run() async throws {
    try await DatabaseFailure.told {
      let (cluster, folder) = try options.ownCluster()
      let wasRunning = try await cluster.stop { progress in
        if !options.quiet { DatabaseNotes.tell(progress, folder) }
      }
      if options.json {
        Streams.out(
          try JSONText.pretty(Answer(wasRunning: wasRunning, folder: folder)) + "\n")
      } else {
        Streams.out(wasRunning ? "stopped\n" : "not running\n")
      }
    }
  }
}
