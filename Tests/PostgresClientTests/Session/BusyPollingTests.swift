import TestSupport
import Testing

@testable import PostgresClient

@Suite struct BusyPollingTests {
  /// Vain looks are followed by 1, 2, 4, … statements without; one in time ends that.
  @Test func pausesGrow() {
    var polling = BusyPolling()
    func pause() -> Int {
      var count = 0
      while !polling.begins() { count += 1 }
      return count
    }
    #expect(pause() == 0)
    for expected in [1, 2, 4, 8, 16, 32, 64, 128, 256, 256] {
      polling.ended(inTime: false)
      #expect(pause() == expected)
    }
    polling.ended(inTime: true)
    #expect(pause() == 0)
    #expect(pause() == 0)
    polling.ended(inTime: false)
    #expect(pause() == 1)
  }

  /// Quick statements, slow ones, failing ones and several at once: the same answers with polling and without.
  @Test(.needsServer, .timeLimit(.minutes(1)), arguments: [true, false])
  func changesNothing(_ polls: Bool) async throws {
    var settings = try Server.settings()
    settings.pollsBriefly = polls
    let connection = try await Connection.open(settings)
    defer { connection.close() }
    for number in 0..<300 {
      let slow = number % 50 == 49 ? 0.002 : 0
      let rows = try await connection.query(
        "SELECT $1::int8 + 1 FROM (SELECT pg_sleep($2::float8)) t", number, slow)
      #expect(try rows[0].decode(Int.self) == number + 1)
      if number % 60 == 0 {
        let error = await #expect(throws: PostgresError.self) {
          try await connection.query("SELECT 1 / ($1::int8 - $1::int8)", number)
        }
        #expect(error?.sqlState == "22012")
      }
    }
    let sums = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<40 {
        group.addTask {
          try await connection.query("SELECT $1::int8 * 2", number)[0].decode(Int.self)
        }
      }
      return try await group.reduce(0, +)
    }
    // 2 * (0 + 1 + ... + 39) = 39 * 40
    #expect(sums == 1560)
    // Nobody looks now: what comes unasked is still heard, so the thread is awake for this socket.
    let heard = Counter()
    connection.onNotification { for _ in $0 { heard.add() } }
    // A channel for each case: they run side by side.
    try await connection.query(polls ? "LISTEN polled" : "LISTEN waited")
    let other = try await Connection.open(settings)
    defer { other.close() }
    try await other.query(polls ? "NOTIFY polled" : "NOTIFY waited")
    let isHeard = try await Server.eventually { heard.count == 1 }
    #expect(isHeard)
  }
}
