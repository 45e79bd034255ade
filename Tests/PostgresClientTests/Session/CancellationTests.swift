import PostgresClient
import Testing

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct CancellationTests {
  @Test func stopsTheServerAndLeavesTheConnection() async throws {
    let connection = try await Server.connect()
    let other = try await Server.connect()
    defer {
      connection.close()
      other.close()
    }
    let task = Task { try await connection.query("SELECT pg_sleep(60)") }
    #expect(
      try await Server.eventually {
        try await other.query(
          "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
          connection.processID
        ).count == 1
      })
    let clock = ContinuousClock()
    let begun = clock.now
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(clock.now - begun < .seconds(20))
    #expect(try await connection.query("SELECT 2")[0].decode(Int.self) == 2)
  }

  /// A timeout of the server has the same code but is nobody's cancellation.
  @Test func timeoutIsAnError() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    try await connection.run(script: "SET statement_timeout = 20")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT pg_sleep(60)")
    }
    #expect(error?.errorClass == .cancelled)
  }

  @Test func cancelledBeforeItBegins() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await connection.query("SELECT 1")
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  /// Hundreds of statements cancelled at any moment of their lives; after each, the connection answers the
  /// right question.
  ///
  /// A request to stop that came late would stop the wrong one.
  @Test func storm() async throws {
    var generator = SplitMix(state: 7)
    let connections = [
      try await Server.connect(), try await Server.connect(), try await Server.connect(),
    ]
    for round in 0..<100 {
      let pause = Int.random(in: 0...3000, using: &generator)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, connection) in connections.enumerated() {
          group.addTask {
            let task = Task {
              try await connection.query("SELECT pg_sleep(0.002), $1::int8", round)
            }
            try await Task.sleep(for: .microseconds(pause + 300 * index))
            task.cancel()
            do {
              let value = try await task.value[0].value(1, as: Int.self)
              #expect(value == round)
            } catch is CancellationError {}
            let after = try await connection.query("SELECT $1::int8", round * 10)[0].decode(
              Int.self)
            #expect(after == round * 10)
          }
        }
        try await group.waitForAll()
      }
    }
    for connection in connections {
      #expect(!connection.isClosed)
      connection.close()
    }
  }

  /// Many tasks in line on one connection, half of them cancelled: the others are answered.
  @Test func inLine() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let tasks = (0..<40).map { number in
      Task {
        try await connection.query("SELECT pg_sleep(0.003), $1::int8", number)[0].value(
          1, as: Int.self)
      }
    }
    for (number, task) in tasks.enumerated() where number % 2 == 1 { task.cancel() }
    for (number, task) in tasks.enumerated() {
      do {
        #expect(try await task.value == number)
      } catch is CancellationError {
        #expect(number % 2 == 1)
      }
    }
    #expect(try await connection.query("SELECT 1").count == 1)
  }
}
