import ArgumentParser
import PostgresClient

/// `tradewind db status`: whether the database runs and is up to date.
struct DatabaseStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say whether the database runs and is up to date.",
    discussion: """
      Changes and starts nothing. Exit 0 where the database answers, 69 where it
      does not, 78 where it cannot be used as it is.

      Examples:
        tradewind db status
        tradewind db status --json --database postgresql://analyst@db.example/shop
      """)

  @OptionGroup var options: DatabaseOptions

  @OptionGroup var source: DatabaseAddressOptions

  struct Answer: Encodable {
    struct Migrations: Encodable {
      let applied: Int
      let pending: [String]
      let usable: Bool
      let states: [String: String]
    }
    var state: String
    var url: String?
    var origin: String
    var folder: String?
    var logs: String?
    var pid: Int32?
    var serverVersion: String?
    var migrations: Migrations?

    enum CodingKeys: String, CodingKey {
      case state, url, origin, folder, logs, pid, migrations
      case serverVersion = "server_version"
    }
  }

  func run() async throws {
    try await DatabaseFailure.told {
      let migrator = try Migrator(folder: Home.path("sql/migrations"))
      let address = try source.address(try options.settings())
      var answer = Answer(state: "running", origin: address.origin.text)
      var refusal: (any Error)?
      switch address.server {
      case .named(let conninfo): answer.url = try ConnectionSettings(conninfo).address()
      case .own(let cluster, let folder):
        let status = cluster.status()
        answer.state = status.state.rawValue
        answer.url = status.url
        answer.folder = folder
        answer.logs = status.url == nil ? nil : status.logs
        answer.pid = status.processID
        refusal = status.refusal
      }
      if answer.state == "running", let url = answer.url {
        do {
          let conninfo = if case .named(let conninfo) = address.server { conninfo } else { url }
          let connection = try await Connection.open(ConnectionSettings(conninfo))
          defer { connection.close() }
          answer.serverVersion = connection.serverParameter("server_version")
          let status = try await migrator.status(on: connection)
          answer.migrations = Self.migrations(status)
          refusal = status.refusal
        } catch let error as PostgresError {
          answer.state = "unreachable"
          refusal = error
        }
      }
      Streams.out(options.json ? try JSONText.pretty(answer) + "\n" : Self.text(answer))
      if let refusal { throw refusal }
      if answer.state != "running" { throw ExitStatus.unavailable }
    }
  }

  private static func migrations(_ status: MigrationStatus) -> Answer.Migrations {
    Answer.Migrations(
      applied: status.entries.count { if case .applied = $0.state { true } else { false } },
      pending: status.pending.map(\.label), usable: status.isUsable,
      states: Dictionary(
        status.entries.map { ($0.label, $0.state.word) }, uniquingKeysWith: { first, _ in first }))
  }

  private static func text(_ answer: Answer) -> String {
    var table = TextTable(["", ""], [.left, .left])
    table.append(["state", answer.state])
    if let version = answer.serverVersion { table.append(["server", "PostgreSQL \(version)"]) }
    if let pid = answer.pid { table.append(["process", "\(pid)"]) }
    if let url = answer.url { table.append(["url", url]) }
    table.append(["named by", answer.origin == "default" ? "nobody: private" : answer.origin])
    if let folder = answer.folder { table.append(["folder", folder]) }
    if let logs = answer.logs { table.append(["logs", logs]) }
    if let migrations = answer.migrations {
      let pending =
        migrations.pending.isEmpty ? "" : ", pending: " + migrations.pending.joined(separator: " ")
      table.append(["migrations", "\(migrations.applied) applied\(pending)"])
    }
    return String(table.text.drop { $0 == "\n" })
  }
}
