import Glibc
import PostgresClient
import TestSupport
import Testing

/// One session, cut or delayed at every byte of it: it never hangs, and never gives a wrong answer.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(2))) struct ByteFaultTests {
  /// `TRADEWIND_TEST_EVERY_BYTE=1` takes every byte; otherwise every `stride`th, beginning where no other multiple does.
  static let stride = getenv("TRADEWIND_TEST_EVERY_BYTE") == nil ? 7 : 1

  enum Outcome: Equatable {
    case done
    /// It ended before the commit, or the server says nothing was kept.
    case notKept
    case unknown
  }

  /// Asks a little of everything, and writes one row in a transaction.
  static func session(_ settings: ConnectionSettings, token: Int) async throws -> Outcome {
    let connection: Connection
    do {
      connection = try await Connection.open(settings)
    } catch let error as PostgresError {
      #expect(error.code == .cannotConnect, "\(error)")
      return .notKept
    }
    defer { connection.close() }
    do {
      for number in 0..<3 {
        let (back, text) = try await connection.query("SELECT $1::int8, 'é' || $2", number, "x")[0]
          .decode(Int.self, String.self)
        #expect(back == number)
        #expect(text == "éx")
      }
      let sums = try await connection.pipeline { pipeline in
        let first = try await pipeline.send("SELECT $1::int8 + 1", token)
        let second = try await pipeline.send("SELECT $1::int8 + 2", token)
        return (
          try await first.rows[0].decode(Int.self), try await second.rows[0].decode(Int.self)
        )
      }
      #expect(sums == (token + 1, token + 2))
      var rows: [Int] = []
      for try await row in try connection.rows("SELECT generate_series(1::int8, 4)") {
        rows.append(try row.decode(Int.self))
      }
      #expect(rows == [1, 2, 3, 4])
      var text = ""
      for try await piece in try await connection.copyOut("COPY (VALUES (7), (8)) TO STDOUT") {
        text += String(decoding: piece, as: UTF8.self)
      }
      #expect(text == "7\n8\n")
      return try await write(connection, token)
    } catch let error as PostgresError {
      #expect(error.errorClass == .reconnect, "\(error)")
      return .notKept
    }
  }

  static func write(_ connection: Connection, _ token: Int) async throws -> Outcome {
    do {
      try await connection.transaction { tx in
        try await tx.copyIn(into: CopyTarget("byte_fault")) { try await $0.write(token) }
      }
      return .done
    } catch let error as PostgresError {
      switch error.code {
      case .commitUnknown: return .unknown
      case .commitLost: return .notKept
      default:
        #expect(error.errorClass == .reconnect, "\(error)")
        return .notKept
      }
    }
  }

  /// Runs the session with each fault, four at a time, and holds what it says against what is in the table.
  func run(_ faults: [FaultProxy.Fault]) async throws -> [Outcome: Int] {
    let server = try Server.shared
    let admin = try await Server.connect()
    defer { admin.close() }
    try await admin.run(
      script: "DROP TABLE IF EXISTS byte_fault; CREATE TABLE byte_fault (token int8)")
    let next = Counter()
    let outcomes = try await withThrowingTaskGroup(of: [(Int, Outcome)].self) { group in
      for _ in 0..<4 {
        group.addTask {
          let proxy = try FaultProxy(to: server.socketPath)
          defer { proxy.close() }
          let settings = ConnectionSettings(
            "host=\(proxy.folder) port=5432 user=tradewind dbname=postgres",
            cancelPatience: .milliseconds(500))
          var outcomes: [(Int, Outcome)] = []
          while true {
            let token = next.next()
            guard token < faults.count else { return outcomes }
            proxy.arm(faults[token])
            outcomes.append((token, try await Self.session(settings, token: token)))
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let kept = try await admin.query("SELECT token FROM byte_fault").decode(Int.self)
    #expect(Set(kept).count == kept.count, "a row was written twice")
    for (token, outcome) in outcomes where outcome != .unknown {
      #expect(kept.contains(token) == (outcome == .done), "\(faults[token]): \(outcome)")
    }
    try await admin.run(script: "DROP TABLE byte_fault")
    return outcomes.reduce(into: [:]) { $0[$1.1, default: 0] += 1 }
  }

  /// How many bytes the session has in each direction.
  func length() async throws -> (toServer: Int, toClient: Int) {
    let proxy = try FaultProxy(to: try Server.shared.socketPath)
    defer { proxy.close() }
    let admin = try await Server.connect()
    defer { admin.close() }
    try await admin.run(
      script: "DROP TABLE IF EXISTS byte_fault; CREATE TABLE byte_fault (token int8)")
    let outcome = try await Self.session(
      ConnectionSettings("host=\(proxy.folder) port=5432 user=tradewind dbname=postgres"), token: 0)
    #expect(outcome == .done)
    let isOver = try await Server.eventually { proxy.lastBytes.toClient > 0 }
    #expect(isOver)
    return proxy.lastBytes
  }

  @Test func cutTowardsTheClient() async throws {
    let bytes = try await length().toClient
    let outcomes = try await run(
      Swift.stride(from: 0, through: bytes, by: Self.stride).map { .cut(.toClient, after: $0) })
    // Only the last bytes, and those of the farewell, leave the session whole.
    #expect(outcomes[.done, default: 0] < 200 / Self.stride)
    #expect(outcomes[.notKept, default: 0] > 500 / Self.stride)
  }

  @Test func cutTowardsTheServer() async throws {
    let bytes = try await length().toServer
    let outcomes = try await run(
      Swift.stride(from: 0, through: bytes, by: Self.stride).map { .cut(.toServer, after: $0) })
    #expect(outcomes[.notKept, default: 0] > 500 / Self.stride)
  }

  @Test func delayed() async throws {
    let bytes = try await length()
    let faults =
      Swift.stride(from: 1, to: bytes.toClient, by: Self.stride).map {
        FaultProxy.Fault.pause(.toClient, after: $0, microseconds: 300)
      }
      + Swift.stride(from: 1, to: bytes.toServer, by: Self.stride).map {
        .pause(.toServer, after: $0, microseconds: 300)
      }
    let outcomes = try await run(faults)
    #expect(outcomes == [.done: faults.count], "a delay is no fault")
  }

  /// Nothing comes back and nobody says so: a cancelled task is free within its patience, and the connection is given up.
  @Test func blackHole() async throws {
    let proxy = try FaultProxy(to: try Server.shared.socketPath)
    defer { proxy.close() }
    for after in [700, 800] {
      proxy.arm(.blackHole(.toClient, after: after))
      let connection: Connection
      let settings = ConnectionSettings(
        "host=\(proxy.folder) port=5432 user=tradewind dbname=postgres connect_timeout=2",
        cancelPatience: .milliseconds(300))
      connection = try await Connection.open(settings)
      let task = Task { try await connection.query("SELECT repeat('x', 2000), pg_sleep(0.01)") }
      try await Task.sleep(for: .milliseconds(100))
      let clock = ContinuousClock()
      let begun = clock.now
      task.cancel()
      await #expect(throws: (any Error).self) { try await task.value }
      #expect(clock.now - begun < .seconds(20))
      #expect(connection.isClosed)
    }
  }
}
