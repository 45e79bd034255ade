import ArgumentParser

/// The job queue under fire and under the clock: what `scripts/queue-fire.sh` and `scripts/bench-queue.sh` are made of.
@main
struct QueueCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue-check",
    abstract:
      "Jobs with effects, workers that are killed, and a check that nothing is lost or doubled.",
    discussion: """
      Works on any database that has been migrated; the tables of its own lie in a
      schema named queue_check.

      Examples:
        queue-check prepare && queue-check send --jobs 1000 --log sent.log
        queue-check work --log work-1.log --until-empty && queue-check verify --logs .
      """,
    subcommands: [
      Prepare.self, Send.self, Work.self, Verify.self, Proxy.self, Wake.self, Fairness.self,
    ])
}

/// Which database, and where the statements are.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "PostgreSQL connection string; default: libpq's own variables.")
  var database = ""

  @Option(help: "Folder of sql/queries and sql/migrations.")
  var sql = "sql"

  @Flag(help: "Through a pooler that hands servers on after each transaction.")
  var pooled = false
}
