import ArgumentParser

/// `tradewind db`: the database behind shipments and jobs.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db",
    abstract: "Start, stop, look at and migrate the PostgreSQL database.",
    discussion: """
      Where nothing names a server (--database, TRADEWIND_DATABASE_URL, PGHOST and
      the like, or database in the settings file), tradewind makes a private one
      for this user: reachable by a socket only, durable, started when it is
      needed. Quotes need no database.

      Examples:
        tradewind db start && tradewind db migrate
        psql "$(tradewind db url)"
      """,
    subcommands: [
      DatabaseStart.self, DatabaseStop.self, DatabaseStatus.self, DatabaseURL.self,
      DatabaseMigrate.self,
    ])
}
