import ArgumentParser
import PostgresClient

/// Migrates, and makes the tables that effects go to.
struct Prepare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Migrate the database and make the tables of effects.")

  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    let connection = try await Connection.open(ConnectionSettings(database.database))
    defer { connection.close() }
    _ = try await Migrator(folder: database.sql + "/migrations").migrate(on: connection)
    // No key on the job: an effect that is doubled is to be seen, not refused.
    try await connection.run(
      script: """
        CREATE SCHEMA IF NOT EXISTS queue_check;
        CREATE TABLE IF NOT EXISTS queue_check.effect (
          tenant_id int NOT NULL, job_id uuid NOT NULL, attempt int2 NOT NULL, value int8 NOT NULL);
        CREATE TABLE IF NOT EXISTS queue_check.counter (n int PRIMARY KEY, value int8 NOT NULL);
        INSERT INTO queue_check.counter SELECT n, 0 FROM generate_series(0, 7) AS n ON CONFLICT DO NOTHING;
        GRANT USAGE ON SCHEMA queue_check TO tradewind_service;
        GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA queue_check TO tradewind_service;
        """)
  }
}
