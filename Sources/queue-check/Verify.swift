import ArgumentParser
import Glibc
import PostgresClient

/// Holds the database against what was noted outside of it.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that nothing is lost, doubled or completed by a stale lease.",
    discussion: """
      Reads every file of a folder that ends in .log. Exit 4 where something is wrong.

      Examples:
        queue-check verify --logs /tmp/fire
        queue-check verify --logs /tmp/fire --database "$URL"
      """)

  @OptionGroup var database: DatabaseOptions

  @Option(help: "Folder of the logs.")
  var logs: String

  func run() async throws {
    let noted = try NotedJobs(folder: logs)
    let connection = try await Connection.open(ConnectionSettings(database.database))
    defer { connection.close() }
    let stored = try await StoredJobs.read(connection)
    let verdict = Verdict(noted, stored)
    print(verdict.json)
    if !verdict.isGood { throw ExitCode(4) }
  }
}
