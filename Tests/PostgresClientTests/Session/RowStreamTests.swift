import PostgresClient
import Testing

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct RowStreamTests {
  @Test func allRowsInOrder() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    for backlog in [1, 2, 100, 100_000] {
      var next = 1
      for try await row in try connection.rows(
        "SELECT generate_series(1, $1::int8)", 5000, backlog: backlog)
      {
        #expect(try row.decode(Int.self) == next)
        next += 1
      }
      #expect(next == 5001)
    }
    // No rows at all.
    for try await _ in try connection.rows("SELECT 1 WHERE false") { Issue.record("a row") }
  }

  /// The error comes after the rows before it.
  @Test func failureMidway() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    var count = 0
    let error = await #expect(throws: PostgresError.self) {
      for try await _ in try connection.rows(
        "SELECT 1 / (1000 - n) FROM generate_series(1, 2000) n")
      {
        count += 1
      }
    }
    #expect(error?.sqlState == "22012")
    #expect(count == 999)
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  /// Letting go early stops the statement; the connection is free at once, not after the other ten million rows.
  @Test func lettingGoEarly() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    for taken in [0, 1, 700] {
      var count = 0
      let rows = try connection.rows("SELECT generate_series(1, 1000000000)")
      if taken > 0 {
        for try await _ in rows {
          count += 1
          if count == taken { break }
        }
      }
      withExtendedLifetime(rows) {}
    }
    #expect(try await connection.query("SELECT 1").count == 1)
    #expect(!connection.isClosed)
  }

  @Test func cancelledTask() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let task = Task {
      var count = 0
      for try await _ in try connection.rows("SELECT generate_series(1, 1000000000)") { count += 1 }
    }
    try await Task.sleep(for: .milliseconds(30))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  /// A taker that pauses holds the server back: what is received meanwhile is a backlog, not the result.
  @Test func slowTaker() async throws {
    let connection = try await Server.connect()
    let other = try await Server.connect()
    defer {
      connection.close()
      other.close()
    }
    // 400 MB, of which the server can only send what two socket buffers and the backlog take.
    let rows = try connection.rows(
      "SELECT repeat('x', 4000) FROM generate_series(1, 100000)", backlog: 100)
    var iterator = rows.makeAsyncIterator()
    _ = try await iterator.next()
    #expect(
      try await Server.eventually {
        try await other.query(
          "SELECT wait_event FROM pg_stat_activity WHERE pid = $1", connection.processID)[0].decode(
            String?.self) == "ClientWrite"
      }, "the server waits for its client")
    var count = 1
    while try await iterator.next() != nil { count += 1 }
    #expect(count == 100_000)
  }
}
