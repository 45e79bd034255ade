import Synchronization
import TestSupport
import Testing

@testable import PostgresClient

@Suite(.needsServer, .serialized, .timeLimit(.minutes(2))) struct MigratorTests {
  /// A database of its own, gone afterwards.
  func withDatabase(
    _ name: String, _ body: (Connection, ConnectionSettings) async throws -> Void
  ) async throws {
    let admin = try await Server.connect()
    defer { admin.close() }
    try await admin.query(Statement(trusted: "CREATE DATABASE \(name)"))
    let settings = try Server.settings(database: name)
    let connection = try await Connection.open(settings)
    try await body(connection, settings)
    connection.close()
    try await admin.query(Statement(trusted: "DROP DATABASE \(name) WITH (FORCE)"))
  }

  let two = [
    "0001_stock.sql": "CREATE SCHEMA depot; CREATE TABLE depot.stock (n int4 PRIMARY KEY);",
    "0002_rows.sql": "INSERT INTO depot.stock SELECT generate_series(1, 1000);",
  ]

  @Test func appliesOnce() async throws {
    try await withDatabase("mig_once") { connection, _ in
      let fixture = SQLFixture(two)
      let migrator = try Migrator(folder: fixture.folder)
      let before = try await migrator.status(on: connection)
      #expect(before.pending.count == 2 && !before.isUsable)
      let log = Mutex<[String]>([])
      let report = try await migrator.migrate(on: connection) { progress in
        switch progress {
        case .applying(let migration): log.withLock { $0.append("applying " + migration.label) }
        case .applied(let migration, _): log.withLock { $0.append("applied " + migration.label) }
        case .waiting, .blocked: log.withLock { $0.append("waiting") }
        }
      }
      #expect(report.applied.map(\.0.label) == ["0001_stock", "0002_rows"])
      #expect(
        log.withLock { $0 } == [
          "applying 0001_stock", "applied 0001_stock", "applying 0002_rows", "applied 0002_rows",
        ])
      let again = try await migrator.migrate(on: connection)
      #expect(again.applied.isEmpty && again.total == 2)
      let after = try await migrator.status(on: connection)
      #expect(after.isUsable && after.entries.allSatisfy { $0.state.word == "applied" })
    }
  }

  /// A line added to what has been applied: refused, and what is new beside it is not applied either.
  @Test func changedFile() async throws {
    try await withDatabase("mig_changed") { connection, _ in
      let fixture = SQLFixture(two)
      _ = try await Migrator(folder: fixture.folder).migrate(on: connection)
      fixture.write("0002_rows.sql", (two["0002_rows.sql"] ?? "") + "\n")
      fixture.write("0003_more.sql", "CREATE TABLE depot.more ()")
      let error = await #expect(throws: SQLFileError.self) {
        try await Migrator(folder: fixture.folder).migrate(on: connection)
      }
      #expect(error?.summary == ["TW-MIG-010 0002_rows.sql"])
      let found = try await connection.query("SELECT to_regclass('depot.more')::text")[0].decode(
        String?.self)
      #expect(found == nil)
      fixture.remove("0003_more.sql")
      fixture.remove("0002_rows.sql")
      let gone = await #expect(throws: SQLFileError.self) {
        try await Migrator(folder: fixture.folder).migrate(on: connection)
      }
      #expect(gone?.findings.map(\.code) == [.absent])
    }
  }

  /// The second statement fails: nothing of the migration is kept, those before it are, and the error says where.
  @Test func failingMigration() async throws {
    try await withDatabase("mig_failing") { connection, _ in
      let fixture = SQLFixture(two)
      fixture.write(
        "0003_bad.sql", "CREATE TABLE depot.half ();\n\n  INSERT INTO depot.no_such VALUES (1);")
      let migrator = try Migrator(folder: fixture.folder)
      let error = await #expect(throws: MigrationError.self) {
        try await migrator.migrate(on: connection)
      }
      #expect(error?.code == .failed)
      #expect(error?.cause?.sqlState == "42P01")
      #expect(error?.description.contains("0003_bad.sql:3:15: nothing of it was kept") == true)
      #expect(connection.transactionStatus == .idle)
      let status = try await migrator.status(on: connection)
      #expect(status.entries.map(\.state.word) == ["applied", "applied", "pending"])
      let found = try await connection.query("SELECT to_regclass('depot.half')::text")[0].decode(
        String?.self)
      #expect(found == nil)
    }
  }

  /// Eight connections at once, as so many starting processes would: each migration is applied by one.
  @Test func concurrent() async throws {
    try await withDatabase("mig_race") { connection, settings in
      let fixture = SQLFixture(two)
      for number in 3...9 {
        fixture.write(
          "000\(number)_t.sql", "CREATE TABLE depot.t\(number) (); SELECT pg_sleep(0.02)")
      }
      let migrator = try Migrator(folder: fixture.folder)
      let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
        for _ in 0..<8 {
          group.addTask {
            let own = try await Connection.open(settings)
            defer { own.close() }
            return try await migrator.migrate(on: own).applied.map(\.0.number)
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(applied.sorted() == Array(1...9))
      #expect(try await migrator.status(on: connection).isUsable)
    }
  }

  /// A transaction that began before another process migrated sees, once it has the lock, what that one did.
  @Test func seesWhatWasCommittedMeanwhile() async throws {
    try await withDatabase("mig_meanwhile") { late, settings in
      let fixture = SQLFixture(two)
      let migrator = try Migrator(folder: fixture.folder)
      let early = try await Connection.open(settings)
      defer { early.close() }
      // The session remembers that there was no table, and finds every name it needs in its memory from then on.
      for _ in 0..<2 {
        try await late.transaction { tx in
          try await tx.query(MigrationLedger.settle, "1000")
          #expect(try await tx.query(MigrationLedger.lock)[0].decode(Bool.self))
          #expect(try await Migrator.records(on: tx).isEmpty)
        }
      }
      try await late.transaction { tx in
        try await tx.query(MigrationLedger.settle, "1000")
        _ = try await migrator.migrate(on: early)
        #expect(try await tx.query(MigrationLedger.lock)[0].decode(Bool.self))
        #expect(try await Migrator.records(on: tx).map(\.number) == [1, 2])
      }
    }
  }

  /// The running version holds a row lock; a migration that wants the table must not keep others waiting behind it.
  @Test func letsTheRunningVersionWork() async throws {
    try await withDatabase("mig_blocked") { connection, settings in
      let fixture = SQLFixture(two)
      _ = try await Migrator(folder: fixture.folder).migrate(on: connection)
      fixture.write(
        "0003_column.sql", "ALTER TABLE depot.stock ADD reserved int4 NOT NULL DEFAULT 0")
      let migrator = try Migrator(
        folder: fixture.folder, lockTimeout: .milliseconds(50), patience: .seconds(60))
      let holder = try await Connection.open(settings)
      try await holder.query("BEGIN")
      try await holder.query("UPDATE depot.stock SET n = n WHERE n = 1")
      let refusals = Counter()
      let migration = Task {
        let own = try await Connection.open(settings)
        defer { own.close() }
        return try await migrator.migrate(on: own) { progress in
          if case .blocked = progress { refusals.add() }
        }
      }
      #expect(try await Server.eventually { refusals.count >= 2 })
      // Had it queued, this would wait behind it for as long as the holder stays.
      var slowest = Duration.zero
      for _ in 0..<50 {
        let start = ContinuousClock.now
        try await connection.query("UPDATE depot.stock SET n = n WHERE n = 2")
        slowest = max(slowest, start.duration(to: .now))
      }
      #expect(slowest < .seconds(2))
      try await holder.query("COMMIT")
      let report = try await migration.value
      #expect(report.applied.map(\.0.number) == [3])
      holder.close()
    }
  }

  @Test func givesUp() async throws {
    try await withDatabase("mig_gives_up") { connection, settings in
      let fixture = SQLFixture(two)
      let holder = try await Connection.open(settings)
      try await holder.query("BEGIN")
      try await holder.query(MigrationLedger.lock)
      let migrator = try Migrator(folder: fixture.folder, patience: .milliseconds(500))
      let error = await #expect(throws: MigrationError.self) {
        try await migrator.migrate(on: connection)
      }
      #expect(error?.code == .locked)
      try await holder.query("ROLLBACK")
      holder.close()
      let report = try await migrator.migrate(on: connection)
      #expect(report.applied.count == 2)
    }
  }

  /// A migrator that dies in the middle leaves neither lock nor half a migration.
  @Test func killedMidway() async throws {
    try await withDatabase("mig_killed") { connection, settings in
      let fixture = SQLFixture(two)
      fixture.write("0003_slow.sql", "CREATE TABLE depot.slow (); SELECT pg_sleep(30)")
      let migrator = try Migrator(folder: fixture.folder)
      let own = try await Connection.open(settings)
      let task = Task { try await migrator.migrate(on: own) }
      #expect(
        try await Server.eventually {
          try await connection.query(
            "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
            own.processID
          ).count == 1
        })
      try await connection.query("SELECT pg_terminate_backend($1)", own.processID)
      await #expect(throws: PostgresError.self) { try await task.value }
      fixture.write("0003_slow.sql", "CREATE TABLE depot.slow ()")
      let report = try await Migrator(folder: fixture.folder).migrate(on: connection)
      #expect(report.applied.map(\.0.number) == [3])
    }
  }

  /// What a file means does not depend on the search path of who runs it.
  @Test func unqualifiedNamesAreRefused() async throws {
    try await withDatabase("mig_path") { connection, _ in
      let fixture = SQLFixture(["0001_a.sql": "CREATE TABLE somewhere ()"])
      let error = await #expect(throws: MigrationError.self) {
        try await Migrator(folder: fixture.folder).migrate(on: connection)
      }
      #expect(error?.cause?.sqlState == "3F000")
    }
  }
}
