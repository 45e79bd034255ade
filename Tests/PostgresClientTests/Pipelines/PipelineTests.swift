import PostgresClient
import Testing

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct PipelineTests {
  @Test func answersInOrder() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let sums = try await connection.pipeline { pipeline in
      var pending: [PendingResult] = []
      for number in 0..<1000 {
        pending.append(try await pipeline.send("SELECT $1::int8 * 2", number))
      }
      var sums: [Int] = []
      for one in pending { sums.append(try await one.rows[0].decode(Int.self)) }
      return sums
    }
    #expect(sums == (0..<1000).map { $0 * 2 })
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  /// Statements between two syncs are one transaction: the duplicate undoes the row before it and keeps the one after it from being
  /// run; the next segment is run.
  @Test func abortsToTheNextSync() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    try await connection.run(
      script: "CREATE TEMP TABLE p (n int4 PRIMARY KEY); INSERT INTO p VALUES (1)")
    let insert: Statement = "INSERT INTO p VALUES ($1)"
    try await connection.pipeline { pipeline in
      let first = try await pipeline.send(insert, Int32(2))
      let duplicate = try await pipeline.send(insert, Int32(1))
      let third = try await pipeline.send(insert, Int32(3))
      pipeline.sync()
      let fourth = try await pipeline.send(insert, Int32(4))
      #expect(try await first.rows.affectedRows == 1)
      let error = await #expect(throws: PostgresError.self) { try await duplicate.rows }
      #expect(error?.errorClass == .duplicate)
      let notRun = await #expect(throws: PostgresError.self) { try await third.rows }
      #expect(notRun?.code == .pipelineAborted)
      #expect(try await fourth.rows.affectedRows == 1)
    }
    #expect(try await connection.query("SELECT n FROM p ORDER BY n").decode(Int32.self) == [1, 4])
  }

  /// A failure that nobody asked for is not lost.
  @Test func unaskedFailure() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let error = await #expect(throws: PostgresError.self) {
      try await connection.pipeline { pipeline in
        try await pipeline.send("SELECT 1")
        try await pipeline.send("SELECT 1 / 0")
        try await pipeline.send("SELECT 2")
      }
    }
    #expect(error?.sqlState == "22012")
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  /// The cause is thrown, not its consequence for the statement that was asked for.
  @Test func unaskedCause() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let error = await #expect(throws: PostgresError.self) {
      try await connection.pipeline { pipeline in
        try await pipeline.send("SELECT 1 / 0")
        return try await pipeline.send("SELECT 2").rows
      }
    }
    #expect(error?.sqlState == "22012")
  }

  /// What the body throws comes out, and the connection goes on.
  @Test func bodyThrows() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    struct Odd: Error {}
    await #expect(throws: Odd.self) {
      try await connection.pipeline { pipeline in
        try await pipeline.send("SELECT 1 / 0")
        throw Odd()
      }
    }
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  @Test func statementsThatCannotBePrepared() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    for _ in 0..<2 {
      let error = await #expect(throws: PostgresError.self) {
        try await connection.pipeline { try await $0.send("SELECT nothing").rows }
      }
      #expect(error?.sqlState == "42703")
    }
  }

  /// Both buffers fill: megabytes go out while megabytes come back.
  ///
  /// Whoever only wrote would wait for ever.
  @Test func bothDirectionsFull() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let text = String(repeating: "x", count: 100_000)
    let lengths = try await connection.pipeline { pipeline in
      var pending: [PendingResult] = []
      for _ in 0..<200 { pending.append(try await pipeline.send("SELECT $1::text", text)) }
      var lengths = 0
      for one in pending { lengths += try await one.rows[0].decode(String.self).utf8.count }
      return lengths
    }
    #expect(lengths == 20_000_000)
  }

  @Test func cancelled() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let task = Task {
      try await connection.pipeline(syncEvery: 1) { pipeline in
        for _ in 0..<100 { try await pipeline.send("SELECT pg_sleep(0.2)") }
      }
    }
    try await Task.sleep(for: .milliseconds(100))
    let clock = ContinuousClock()
    let begun = clock.now
    task.cancel()
    await #expect(throws: (any Error).self) { try await task.value }
    #expect(clock.now - begun < .seconds(15))
    if !connection.isClosed { #expect(try await connection.query("SELECT 1").count == 1) }
  }

  @Test func othersWait() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let other = try await connection.pipeline { pipeline in
      let first = try await pipeline.send("SELECT pg_sleep(0.05)")
      let other = Task { try await connection.query("SELECT 5")[0].decode(Int32.self) }
      _ = try await first.rows
      return other
    }
    #expect(try await other.value == 5)
  }
}
