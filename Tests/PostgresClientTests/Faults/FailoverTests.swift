import PostgresClient
import TestSupport
import Testing

/// A standby takes over, and one connection string follows.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct FailoverTests {
  /// The primary waits for its standby at each commit, so what was acknowledged outlives the primary.
  ///
  /// The pool names both hosts and asks for the one that can be written to.
  @Test func promotedStandby() async throws {
    let primary = try ScratchPostgres(settings: [
      "synchronous_commit": "remote_apply", "synchronous_standby_names": "*",
    ])
    defer { primary.remove() }
    let standby = try await RestartTests.offPool {
      try ScratchPostgres(settings: ["synchronous_commit": "on"], following: primary)
    }
    defer { standby.remove() }
    let pool = Pool(
      ConnectionSettings(
        "host=\(primary.folder),\(standby.folder) port=5432,5432 user=tradewind dbname=postgres "
          + "target_session_attrs=read-write"),
      PoolSettings(maximum: 3, deadline: .seconds(20)))
    try await pool.withConnection {
      try await $0.run(script: "CREATE TABLE kept (token int8 PRIMARY KEY)")
    }
    let isOver = Counter()
    let tokens = Counter()
    let (acknowledged, lost) = try await withThrowingTaskGroup(of: ([Int], [Int]).self) { group in
      for _ in 0..<3 {
        group.addTask {
          var (acknowledged, lost) = ([Int](), [Int]())
          while isOver.count == 0 {
            let token = tokens.next()
            do {
              try await pool.transaction {
                try await $0.query("INSERT INTO kept VALUES ($1)", token)
              }
              acknowledged.append(token)
            } catch let error as PostgresError where error.code == .commitUnknown {
              // The new primary has a life of its own: it can deny, not confirm.
            } catch let error as PostgresError {
              #expect([.reconnect, .retryTransaction].contains(error.errorClass), "\(error)")
              lost.append(token)
            }
          }
          return (acknowledged, lost)
        }
      }
      let isBusy = try await Server.eventually { tokens.count > 30 }
      #expect(isBusy)
      try await RestartTests.offPool { try primary.stop(.immediate) }
      let before = tokens.count
      let direct = try await Connection.open(ConnectionSettings(standby.conninfo()))
      #expect(try await direct.query("SELECT pg_promote()")[0].decode(Bool.self))
      let goesOn = try await Server.eventually { tokens.count > before + 20 }
      #expect(goesOn)
      direct.close()
      isOver.add()
      return try await group.reduce(into: ([Int](), [Int]())) {
        $0.0 += $1.0
        $0.1 += $1.1
      }
    }
    let kept = Set(
      try await pool.withConnection {
        try await $0.query("SELECT token FROM kept").decode(Int.self)
      })
    #expect(acknowledged.count > 40)
    #expect(acknowledged.allSatisfy(kept.contains), "an acknowledged transaction is gone")
    #expect(!lost.contains(where: kept.contains), "a lost transaction is there")
    await pool.drain()
  }

  /// A primary that has become a standby refuses to be written to: that asks for another connection, not for another attempt.
  @Test func readOnlyServer() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    try await connection.run(script: "SET default_transaction_read_only = on")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("CREATE TABLE never (n int4)")
    }
    #expect(error?.sqlState == "25006")
    #expect(error?.errorClass == .reconnect)
  }
}
