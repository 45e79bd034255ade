import PostgresClient
import Testing

@testable import JobQueue

/// The tables of `0005_job_queue` say what the Swift types say, and keep what they promise to others.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct JobSchemaTests {
  @Test("the states a finished job may have are those of JobState, and the view names them so")
  func states() async throws {
    let depot = try await QueueServer.depot()
    var allowed: Set<Int16> = []
    for state in Int16(-1)...9 {
      do {
        try await depot.eye.query(
          """
          INSERT INTO tradewind.job_done (tenant_id, id, queue, kind, attempt, state, finished_at, payload)
          VALUES (1, gen_random_uuid(), 1, 1, 1, $1, now(), '{}')
          """, state)
        allowed.insert(state)
      } catch let error as PostgresError {
        #expect(error.report?.constraint == "job_done_state")
      }
    }
    #expect(allowed == Set(JobState.allCases.map(\.rawValue)))
    let words = try await depot.eye.query("SELECT state FROM tradewind.job_status").decode(
      String.self)
    #expect(Set(words) == Set(JobState.allCases.map(\.word)))
  }

  @Test(
    "the service role may enqueue, work and look; the reading role may only look; days are made for both by the owner"
  )
  func roles() async throws {
    let depot = try await QueueServer.depot()
    let service = try await Connection.open(ConnectionSettings(depot.conninfo))
    defer { service.close() }
    try await service.run(script: "SET ROLE tradewind_service")
    try await service.query("SELECT tradewind.enqueue('default', 'noop')")
    try await service.query("SELECT tradewind.open_queue('more', true)")
    try await service.query("SELECT * FROM tradewind.keep_job_days()")
    try await service.query("SELECT tradewind.analyse_jobs()")
    try await service.query("UPDATE tradewind.job_queue SET paused_at = now()")
    let reader = try await Connection.open(ConnectionSettings(depot.conninfo))
    defer { reader.close() }
    try await reader.run(script: "SET ROLE tradewind_read_only")
    #expect(try await reader.query("SELECT state FROM tradewind.job_status").count == 1)
    let refused: [(Connection, Statement)] = [
      (service, "UPDATE tradewind.job_done SET state = 1"),
      (service, "INSERT INTO tradewind.job_queue VALUES (9, 'x', false)"),
      (service, "DROP TABLE tradewind.job_queue_1"),
      (reader, "SELECT tradewind.enqueue('default', 'noop')"),
      (reader, "SELECT tradewind.open_queue('other')"),
      (reader, "SELECT * FROM tradewind.keep_job_days()"),
    ]
    for (connection, statement) in refused {
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query(statement)
      }
      #expect(["42501"].contains(error?.sqlState?.rawValue), "\(statement)")
    }
  }

  @Test("days are made ahead and dropped when they are old; what has no day is kept all the same")
  func days() async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.run(
      script: """
        CREATE TABLE tradewind.job_done_20200101 PARTITION OF tradewind.job_done FOR VALUES FROM ('2020-01-01 00:00+00') TO ('2020-01-02 00:00+00');
        ALTER TABLE tradewind.job_done_20200101 OWNER TO tradewind_owner;
        INSERT INTO tradewind.job_done (tenant_id, id, queue, kind, attempt, state, finished_at)
        VALUES (1, gen_random_uuid(), 1, 1, 1, 1, '2020-01-01 12:00+00'), (1, gen_random_uuid(), 1, 1, 1, 1, '2019-06-01'),
          (1, gen_random_uuid(), 1, 1, 1, 1, now());
        """)
    let (made, dropped) = try await depot.eye.query(
      "SELECT made, dropped FROM tradewind.keep_job_days('14 days', 5)")[0].decode(
        Int32.self, Int32.self)
    #expect(made >= 2 && dropped == 1)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job_done") == 1)
  }

  @Test("every statement can be planned, and the hot ones only in one way, even on empty tables")
  func plans() async throws {
    let depot = try await QueueServer.depot()
    let connection = try await Connection.open(
      Worker.tuned(ConnectionSettings(depot.conninfo), WorkerSettings()))
    defer { connection.close() }
    for (number, query) in JobQuery.allCases.enumerated() {
      try await connection.run(
        script: Statement(trusted: "PREPARE q\(number) AS \(depot.queries[query].sql)"))
    }
  }

  /// What a hot statement may use of its partition.
  private static let means: [(JobQuery, Set<String>)] = [
    (.claimStrict, ["job_queue_1_strict", "Tid Scan"]),
    (.claimFair, ["job_queue_2_fair", "Tid Scan"]),
    (.completeJobs, ["job_queue_1_pkey", "Tid Scan"]),
    (.retryJobs, ["job_queue_1_pkey", "Tid Scan"]),
  ]

  @Test(
    "hot statements have one plan, whatever was known of the table when they were planned",
    arguments: ["", "VACUUM ANALYZE tradewind.job", "fill", "fill; VACUUM ANALYZE tradewind.job"])
  func onePlan(_ history: String) async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.query("SELECT tradewind.open_queue('fair', true)")
    for part in history.split(separator: "; ") {
      let fill = """
        INSERT INTO tradewind.job (tenant_id, id, queue, kind, payload)
        SELECT n % 3, gen_random_uuid(), 1 + n % 2, 1, '{}' FROM generate_series(1, 3000) AS n
        """
      try await depot.eye.query(
        Statement(trusted: part == "fill" ? fill : String(part), name: "history"))
    }
    let connection = try await Connection.open(
      Worker.tuned(ConnectionSettings(depot.conninfo), WorkerSettings()))
    defer { connection.close() }
    for (query, allowed) in Self.means {
      let isFair = query == .claimFair
      let statements = QueueStatements(depot.queries, queue: isFair ? 2 : 1, isFair: isFair)
      let sql =
        switch query {
        case .completeJobs: statements.complete.sql
        case .retryJobs: statements.retry.sql
        default: statements.claim.sql
        }
      try await connection.run(script: Statement(trusted: "PREPARE \(query) AS \(sql)"))
      let nulls = Array(repeating: "NULL", count: Self.parameterCount(sql)).joined(separator: ", ")
      let lines = try await connection.query(
        Statement(trusted: "EXPLAIN EXECUTE \(query)(\(nulls))")
      ).decode(String.self).filter { $0.contains("Scan") && $0.contains("on job_queue_") }
      let strangers = lines.filter { line in !allowed.contains { line.contains($0) } }
      #expect(strangers.isEmpty, "\(query): \(strangers)")
      #expect(lines.count >= 2, "\(query) looks at its partition")
    }
  }

  private static func parameterCount(_ sql: String) -> Int {
    (1...20).filter { sql.contains("$\($0):") }.max() ?? 0
  }
}
