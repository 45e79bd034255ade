import PostgresClient
import TestSupport
import Testing

/// A server that takes six connections, and more who want one.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct ExhaustionTests {
  static let most = 6

  static func server() throws -> ScratchPostgres {
    try ScratchPostgres(settings: [
      "max_connections": "\(most)", "superuser_reserved_connections": "0", "max_wal_senders": "0",
    ])
  }

  @Test func oneTooMany() async throws {
    let server = try Self.server()
    defer { server.remove() }
    let settings = ConnectionSettings(server.conninfo())
    var held: [Connection] = []
    for _ in 0..<Self.most { held.append(try await Connection.open(settings)) }
    let error = await #expect(throws: PostgresError.self) { try await Connection.open(settings) }
    #expect(error?.errorClass == .tooManyConnections)
    #expect(error?.sqlState == "53300")
    #expect(error?.description.contains("max_connections") ?? false, "says what to do")
    // Those who were there first notice nothing; one that leaves makes room.
    for connection in held { #expect(try await connection.query("SELECT 1").count == 1) }
    held.removeLast().close()
    let isTaken = try await Server.eventually {
      guard let next = try? await Connection.open(settings) else { return false }
      held.append(next)
      return true
    }
    #expect(isTaken)
    for connection in held { connection.close() }
  }

  /// Three of six places are taken and a pool would have eight: it works with the three it gets, and nobody fails.
  @Test func aPoolMakesDo() async throws {
    let server = try Self.server()
    defer { server.remove() }
    let settings = ConnectionSettings(server.conninfo())
    var held: [Connection] = []
    for _ in 0..<3 { held.append(try await Connection.open(settings)) }
    let pool = Pool(settings, PoolSettings(maximum: 8, deadline: .seconds(20)))
    let done = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<40 {
        group.addTask {
          try await pool.withConnection {
            try await $0.query("SELECT pg_sleep(0.01)")
            return task
          }
        }
      }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(done.count == 40)
    #expect(pool.census.waiting == 0)
    // With every place taken a waiter is told at its deadline, and why.
    await pool.drain()
    for _ in 0..<3 {
      var isOpen = false
      while !isOpen {
        if let next = try? await Connection.open(settings) {
          held.append(next)
          isOpen = true
        }
      }
    }
    // Long enough for a refusal to arrive on a busy machine: a deadline that passes before one has no reason to tell.
    let hungry = Pool(settings, PoolSettings(maximum: 2, deadline: .seconds(4)))
    let error = await #expect(throws: PostgresError.self) {
      try await hungry.withConnection { try await $0.query("SELECT 1") }
    }
    #expect(
      error?.description.contains("too many clients") ?? false, "\(String(describing: error))")
    await hungry.drain()
    for connection in held { connection.close() }
  }
}
