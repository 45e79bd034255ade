import TestSupport
import Testing

@testable import PostgresClient

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct TransactionTests {
  struct Odd: Error {}

  func withTable(_ name: String, _ body: (Connection, Connection, CopyTarget) async throws -> Void)
    async throws
  {
    let connection = try await Server.connect()
    let other = try await Server.connect()
    defer {
      connection.close()
      other.close()
    }
    try await other.run(script: Statement(trusted: "CREATE TABLE \(name) (n int4 PRIMARY KEY)"))
    try await body(connection, other, CopyTarget(name))
    try await other.run(script: Statement(trusted: "DROP TABLE \(name)"))
  }

  func rows(_ connection: Connection, _ name: String) async throws -> [Int32] {
    try await connection.query(Statement(trusted: "SELECT n FROM \(name) ORDER BY n")).decode(
      Int32.self)
  }

  @Test func commitsAndRollsBack() async throws {
    try await withTable("tx_plain") { connection, other, _ in
      let value = try await connection.transaction { tx in
        try await tx.query("INSERT INTO tx_plain VALUES (1)")
        #expect(connection.transactionStatus == .open)
        return "kept"
      }
      #expect(value == "kept")
      await #expect(throws: Odd.self) {
        try await connection.transaction { tx in
          try await tx.query("INSERT INTO tx_plain VALUES (2)")
          throw Odd()
        }
      }
      #expect(connection.transactionStatus == .idle)
      let found = try await rows(other, "tx_plain")
      #expect(found == [1])
    }
  }

  /// An error that the body keeps to itself has undone the transaction all the same: nobody is told it was committed.
  @Test func swallowedError() async throws {
    try await withTable("tx_swallowed") { connection, other, _ in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { tx in
          try await tx.query("INSERT INTO tx_swallowed VALUES (1)")
          _ = try? await tx.query("INSERT INTO tx_swallowed VALUES (1)")
        }
      }
      #expect(error?.code == .misuse)
      let found = try await rows(other, "tx_swallowed")
      #expect(found == [])
    }
  }

  @Test func failureAtCommit() async throws {
    try await withTable("tx_deferred") { connection, other, _ in
      try await other.run(
        script:
          "ALTER TABLE tx_deferred ADD m int4 REFERENCES tx_deferred DEFERRABLE INITIALLY DEFERRED")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction {
          try await $0.query("INSERT INTO tx_deferred VALUES (1, 9)")
        }
      }
      #expect(error?.sqlState == "23503")
      #expect(connection.transactionStatus == .idle)
      let found = try await rows(other, "tx_deferred")
      #expect(found == [])
    }
  }

  /// Two serialisable transactions that cannot both be: the pool runs the loser again.
  @Test func retried() async throws {
    try await withTable("tx_serial") { _, other, _ in
      let pool = Pool(try Server.settings(), PoolSettings(maximum: 4))
      let runs = Counter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            try await pool.transaction(TransactionOptions(.serialisable), attempts: 50) { tx in
              runs.add()
              let count = try await tx.query("SELECT count(*) FROM tx_serial")[0].decode(Int.self)
              try await tx.query("SELECT pg_sleep(0.01)")
              try await tx.query("INSERT INTO tx_serial VALUES ($1)", Int32(count))
            }
          }
        }
        try await group.waitForAll()
      }
      let found = try await rows(other, "tx_serial")
      #expect(found == [0, 1, 2, 3])
      #expect(runs.count > 4, "nobody had to run again, so nothing was tested")
      await pool.drain()
    }
  }

  @Test func cancelledBody() async throws {
    try await withTable("tx_cancelled") { connection, other, _ in
      let task = Task {
        try await connection.transaction { tx in
          try await tx.query("INSERT INTO tx_cancelled VALUES (1)")
          try await tx.query("SELECT pg_sleep(30)")
        }
      }
      let isAsleep = try await Server.eventually {
        try await other.query(
          "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
          connection.processID
        ).count == 1
      }
      #expect(isAsleep)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(connection.transactionStatus == .idle)
      let found = try await rows(other, "tx_cancelled")
      #expect(found == [])
    }
  }

  /// What the server says of ids: one committed, one rolled back, one under way, one of the future.
  @Test func evidence() async throws {
    let connection = try await Server.connect()
    let other = try await Server.connect()
    defer {
      connection.close()
      other.close()
    }
    func id(_ end: Statement) async throws -> TransactionID {
      try await connection.query("BEGIN")
      let id = try await connection.query("SELECT pg_current_xact_id()")[0].decode(
        TransactionID.self)
      try await connection.query(end)
      return id
    }
    let life = try await other.evidence(of: TransactionID(number: 3)).life
    func fate(_ id: TransactionID) async throws -> CommitFate {
      try await other.evidence(of: id).fate(of: CommitTrace(transaction: id, life: life))
    }
    #expect(try await fate(id("COMMIT")) == .committed)
    #expect(try await fate(id("ROLLBACK")) == .rolledBack)
    #expect(try await fate(id("SELECT 1")) == .undecided)
    try await connection.query("ROLLBACK")
    #expect(try await fate(TransactionID(number: 5_000_000)) == .rolledBack)
  }

  /// The questions need no privileges.
  @Test func plainRoleMayAsk() async throws {
    let admin = try await Server.connect()
    defer { admin.close() }
    try await admin.run(script: "CREATE ROLE plain_asker LOGIN PASSWORD 'open sesame'")
    let plain = try await Connection.open(
      ConnectionSettings(try Server.shared.conninfo() + " user=plain_asker password='open sesame'"))
    try await plain.transaction { try await $0.query("SELECT 1") }
    let evidence = try await plain.evidence(of: TransactionID(number: 3))
    #expect(evidence.life.system != 0)
    plain.close()
    #expect(
      try await Server.eventually {
        (try? await admin.run(script: "DROP ROLE plain_asker")) != nil
      })
  }

  @Test func readOnly() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction(TransactionOptions(.repeatableRead, isReadOnly: true)) {
        try await $0.query("CREATE TABLE never (n int4)")
      }
    }
    #expect(error?.sqlState == "25006")
  }
}
