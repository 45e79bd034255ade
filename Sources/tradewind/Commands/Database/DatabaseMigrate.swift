import ArgumentParser
import PostgresClient

/// `tradewind db migrate`: bring the database up to date.
struct DatabaseMigrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Apply the migrations that are pending.",
    discussion: """
      Each is applied once, whole or not at all, by whichever process comes first;
      the version that runs meanwhile works on. A migration that was changed after
      it had been applied is refused (exit 78); one that others keep from a table
      is tried again for a minute (then exit 75).

      Examples:
        tradewind db migrate
        tradewind db migrate --database postgresql://keeper@db.example/shop?sslmode=verify-full
      """)

  @OptionGroup var options: DatabaseOptions

  @OptionGroup var source: DatabaseAddressOptions

  struct Answer: Encodable {
    struct Applied: Encodable {
      let migration: String
      let milliseconds: Double
    }
    let applied: [Applied]
    let total: Int
  }

  func run() async throws {
    try await DatabaseFailure.told {
      let migrator = try Migrator(folder: Home.path("sql/migrations"))
      let address = try source.address(try options.settings())
      let connection = try await Connection.open(
        try await address.settings(isQuiet: options.quiet))
      defer { connection.close() }
      let report = try await migrator.migrate(on: connection) { progress in
        if !options.quiet { Self.tell(progress) }
      }
      if options.json {
        let applied = report.applied.map {
          Answer.Applied(migration: $0.label, milliseconds: Double(Self.microseconds($1)) / 1000)
        }
        Streams.out(
          try JSONText.pretty(Answer(applied: applied, total: report.total)) + "\n")
        return
      }
      for (migration, duration) in report.applied {
        let took = Narration.milliseconds(Self.microseconds(duration) * 1000)
        Streams.out("applied \(migration.label) in \(took)\n")
      }
      if report.applied.isEmpty { Streams.out("up to date: \(report.total) applied before\n") }
    }
  }

  private static func microseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
  }

  private static func tell(_ progress: Migrator.Progress) {
    switch progress {
    case .waiting: Narration.note("another process is migrating; waiting for it")
    case .blocked(let migration, _):
      Narration.note("others hold a lock that \(migration.label) needs; trying again")
    case .applying, .applied: break
    }
  }
}
