/// What a database remembers of a migration.
struct MigrationRecord: Hashable, Sendable {
  let number: Int
  let name: String
  let checksum: Bytes
  let appliedAt: Timestamp

  var label: String { Migration.label(number, name) }
}

/// The SQL of the table of records, which has a schema of its own: it is there before the first migration.
///
/// Everybody may read it, so that a program of any role can see whether the database is what it expects.
enum MigrationLedger {
  /// Whether there is a table of records, as the catalogue itself says.
  ///
  /// `to_regclass` would ask the session's cache of names, which hears of other sessions' changes only when a table is locked: in
  /// a transaction begun before another process committed the first migration it still says that there is none.
  static let exists = Statement(
    "migration ledger",
    """
    SELECT EXISTS (
      SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = 'tradewind_history' AND c.relname = 'migration')
    """)

  static let create = Statement(
    "create migration ledger",
    """
    CREATE SCHEMA IF NOT EXISTS tradewind_history;
    CREATE TABLE IF NOT EXISTS tradewind_history.migration (
      number int4 PRIMARY KEY CHECK (number > 0),
      name text NOT NULL,
      checksum bytea NOT NULL CHECK (octet_length(checksum) = 32),
      applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      applied_by text NOT NULL DEFAULT session_user
    );
    GRANT USAGE ON SCHEMA tradewind_history TO PUBLIC;
    GRANT SELECT ON tradewind_history.migration TO PUBLIC;
    """)

  static let records = Statement(
    "migration records",
    """
    SELECT number, name, checksum, applied_at FROM tradewind_history.migration ORDER BY number
    """)

  static let insert = Statement(
    "record migration",
    "INSERT INTO tradewind_history.migration (number, name, checksum) VALUES ($1, $2, $3)")

  /// One migrator at a time in a database.
  ///
  /// Held to the end of the transaction, so that no connection, and no pooler, keeps it. The number is "tradewnd" in ASCII.
  static let lock = Statement(
    "lock migrations", "SELECT pg_try_advisory_xact_lock(8390876139571605092)")

  /// What a migration means must not depend on who runs it, and a long one is no reason to stop it.
  static let settle = Statement(
    "settings of a migration",
    """
    SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', '0', true),
      set_config('search_path', '', true), set_config('standard_conforming_strings', 'on', true)
    """)

  static func record(_ row: Row) throws -> MigrationRecord {
    let (number, name, checksum, appliedAt) = try row.decode(
      Int32.self, String.self, Bytes.self, Timestamp.self)
    return MigrationRecord(
      number: Int(number), name: name, checksum: checksum, appliedAt: appliedAt)
  }
}
