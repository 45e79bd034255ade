import PostgresClient
import Testing

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct ConnectionTests {
  @Test func answersInOrder() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    // Tasks share the connection; each gets its own answer.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          let back = try await connection.query("SELECT $1::int8", number)[0].decode(Int.self)
          #expect(back == number)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func settingsReachTheServer() async throws {
    var settings = try Server.settings()
    settings.applicationName = "tradewind/test"
    settings.statementTimeout = .seconds(7)
    settings.idleInTransactionTimeout = .milliseconds(1500)
    let connection = try await Connection.open(settings)
    defer { connection.close() }
    let (name, statement, idle, encoding) = try await connection.query(
      """
      SELECT current_setting('application_name'), current_setting('statement_timeout'),
        current_setting('idle_in_transaction_session_timeout'), current_setting('client_encoding')
      """)[0].decode(String.self, String.self, String.self, String.self)
    #expect(name == "tradewind/test")
    #expect(statement == "7s")
    #expect(idle == "1500ms")
    #expect(encoding == "UTF8")
    #expect(connection.serverParameter("server_version")?.isEmpty == false)
    #expect(connection.processID > 0)
  }

  @Test func scripts() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let result = try await connection.run(
      script: "CREATE TEMP TABLE a (n int4); INSERT INTO a VALUES (1), (2), (3)")
    #expect(result.affectedRows == 3)
    #expect(result.commandTag == "INSERT 0 3")
    // One transaction: the second statement fails, and the first is undone.
    await #expect(throws: PostgresError.self) {
      try await connection.run(script: "DELETE FROM a; SELECT nothing")
    }
    #expect(try await connection.query("SELECT count(*) FROM a")[0].decode(Int.self) == 3)
  }

  @Test func misuse() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    // COPY in a plain query is refused, and the connection goes on.
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("COPY pg_class FROM STDIN")
    }
    #expect(error != nil)
    #expect(try await connection.query("SELECT 1").count == 1)
    await #expect(throws: PostgresError.self) {
      try await connection.copyIn("SELECT 1") { _ in }
    }
    #expect(try await connection.query("SELECT 1").count == 1)
    let tooMany = (0..<65_536).reduce(into: Parameters()) { parameters, _ in parameters.append(1) }
    let refused = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT 1", parameters: tooMany)
    }
    #expect(refused?.code == .misuse)
  }

  /// Two tables change under a prepared statement: it is prepared anew, unless a transaction has failed of it.
  @Test func preparedStatementsHeal() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    try await connection.run(script: "CREATE TEMP TABLE h (n int4); INSERT INTO h VALUES (1)")
    for _ in 0..<3 { #expect(try await connection.query("SELECT * FROM h")[0].count == 1) }
    try await connection.run(script: "ALTER TABLE h ADD m text")
    #expect(try await connection.query("SELECT * FROM h")[0].count == 2)
    // Somebody throws away all that was prepared.
    for _ in 0..<3 { try await connection.query("SELECT n FROM h") }
    try await connection.run(script: "DEALLOCATE ALL")
    #expect(try await connection.query("SELECT n FROM h").count == 1)
    try await connection.run(script: "ALTER TABLE h ADD o text")
    try await connection.run(script: "BEGIN")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT * FROM h")
    }
    #expect(error?.errorClass == .retryTransaction)
    try await connection.run(script: "ROLLBACK")
    #expect(try await connection.query("SELECT * FROM h")[0].count == 3)
  }

  @Test func preparedStatementsAreEvicted() async throws {
    var settings = try Server.settings()
    settings.preparedStatements = 3
    let connection = try await Connection.open(settings)
    defer { connection.close() }
    for _ in 0..<3 {
      for number in 0..<10 {
        let statement = Statement(trusted: "SELECT $1::int4 + \(number)")
        for _ in 0..<2 {
          #expect(
            try await connection.query(statement, Int32(1))[0].decode(Int32.self)
              == Int32(number + 1))
        }
      }
    }
    let left = try await connection.query("SELECT count(*) FROM pg_prepared_statements")
    #expect(try left[0].decode(Int.self) <= 3)
  }

  @Test func closing() async throws {
    let connection = try await Server.connect()
    let waiting = Task { try await connection.query("SELECT pg_sleep(30)") }
    #expect(try await Server.eventually { connection.transactionStatus == .active })
    connection.close()
    let error = await #expect(throws: PostgresError.self) { try await waiting.value }
    #expect(error?.code == .closed)
    await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
    connection.close()
    #expect(connection.isClosed)
  }

  /// A connection that nobody holds any more is closed.
  @Test func lettingGo() async throws {
    var connection: Connection? = try await Server.connect()
    let processID = try #require(connection?.processID)
    connection = nil
    let other = try await Server.connect()
    defer { other.close() }
    #expect(
      try await Server.eventually {
        try await other.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1", processID).isEmpty
      })
  }

  @Test func notices() async throws {
    let (said, sink) = AsyncStream<PostgresError.Report>.makeStream()
    let connection = try await Connection.open(try Server.settings()) { sink.yield($0) }
    defer { connection.close() }
    try await connection.run(script: "DO $$ BEGIN RAISE WARNING 'full moon'; END $$")
    let first = await said.first { _ in true }
    #expect(first?.message == "full moon")
    #expect(first?.severity == "WARNING")
  }

  /// A task that prefers the thread of its connection runs on it, and so may many at once.
  @Test func tasksOnTheThread() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let sum = try await withTaskExecutorPreference(connection.thread) {
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<50 {
          group.addTask {
            try await connection.query("SELECT $1::int8", number)[0].decode(Int.self)
          }
        }
        return try await group.reduce(0, +)
      }
    }
    #expect(sum == 1225)
  }

  /// No thread of the cooperative pool is held: a hundred statements sleep at once while others go on.
  @Test func nobodyIsBlocked() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 20))
    let clock = ContinuousClock()
    let begun = clock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          _ = try await pool.withConnection { try await $0.query("SELECT pg_sleep(2)") }
        }
      }
      try await group.waitForAll()
    }
    // One after the other they would take forty seconds, two at a time twenty.
    #expect(clock.now - begun < .seconds(15))
    await pool.drain()
  }
}
