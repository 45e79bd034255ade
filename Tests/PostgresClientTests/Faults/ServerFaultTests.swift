import PostgresClient
import Synchronization
import TestSupport
import Testing

/// What servers do to their clients, done by a server.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct ServerFaultTests {
  @Test func terminatedMidQuery() async throws {
    let connection = try await Server.connect()
    let admin = try await Server.connect()
    defer { admin.close() }
    let task = Task { try await connection.query("SELECT pg_sleep(60)") }
    let isRunning = try await Server.eventually {
      try await admin.query(
        "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
        connection.processID
      ).count == 1
    }
    #expect(isRunning)
    let line = Task { try await connection.query("SELECT 1") }
    try await admin.query("SELECT pg_terminate_backend($1)", connection.processID)
    let error = await #expect(throws: PostgresError.self) { try await task.value }
    #expect(error?.sqlState == "57P01")
    #expect(error?.errorClass == .reconnect)
    // Whoever stood in line, or comes later, is told as well.
    let second = await #expect(throws: PostgresError.self) { try await line.value }
    #expect(second?.errorClass == .reconnect)
    let third = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
    #expect(third?.errorClass == .reconnect)
    #expect(connection.isClosed)
  }

  @Test func terminatedWhileStreamingAndCopying() async throws {
    let admin = try await Server.connect()
    defer { admin.close() }
    for kind in 0..<3 {
      let connection = try await Server.connect()
      let processID = connection.processID
      let begun = Counter()
      let task = Task {
        switch kind {
        case 0:
          for try await _ in try connection.rows("SELECT generate_series(1, 1000000000)") {
            begun.add()
          }
        case 1:
          for try await _ in try await connection.copyOut(
            "COPY (SELECT generate_series(1, 1000000000)) TO STDOUT")
          { begun.add() }
        default:
          try await connection.run(script: "CREATE TEMP TABLE t (n int8)")
          try await connection.copyIn(into: CopyTarget("t")) { rows in
            for number in 0... {
              try await rows.write(number)
              begun.add()
            }
          }
        }
      }
      let isRunning = try await Server.eventually { begun.count > 1000 }
      #expect(isRunning)
      try await admin.query("SELECT pg_terminate_backend($1)", processID)
      let error = await #expect(throws: PostgresError.self) { try await task.value }
      #expect(error?.errorClass == .reconnect, "\(kind)")
      #expect(connection.isClosed)
    }
  }

  @Test func idleInTransactionKill() async throws {
    var settings = try Server.settings()
    settings.idleInTransactionTimeout = .milliseconds(50)
    let connection = try await Connection.open(settings)
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { tx in
        try await Task.sleep(for: .milliseconds(500))
        return try await tx.query("SELECT 1")
      }
    }
    #expect(error?.errorClass == .reconnect)
    #expect(error?.sqlState == "25P03", "the server's last words: \(String(describing: error))")
  }

  @Test func nobodyListens() async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await Connection.open(ConnectionSettings("host=/nonexistent dbname=x"))
    }
    #expect(error?.code == .cannotConnect)
    #expect(error?.errorClass == .reconnect)
    // Of several hosts the one that answers is taken.
    let info =
      "host=/nonexistent,\(try Server.shared.folder) port=5432,5432 user=tradewind dbname=postgres "
    let connection = try await Connection.open(
      ConnectionSettings(info + "target_session_attrs=read-write"))
    #expect(try await connection.query("SELECT 1").count == 1)
    connection.close()
    let none = await #expect(throws: PostgresError.self) {
      try await Connection.open(ConnectionSettings(info + "target_session_attrs=standby"))
    }
    #expect(none?.code == .cannotConnect)
  }

  @Test func cancelledWhileConnecting() async throws {
    // A server that takes the connection and never says a word.
    let proxy = try FaultProxy(to: try Server.shared.socketPath)
    defer { proxy.close() }
    proxy.arm(.blackHole(.toClient, after: 0))
    let folder = proxy.folder
    let task = Task {
      try await Connection.open(
        ConnectionSettings("host=\(folder) user=tradewind connect_timeout=30"))
    }
    try await Task.sleep(for: .milliseconds(50))
    let clock = ContinuousClock()
    let begun = clock.now
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(clock.now - begun < .seconds(10))
  }
}

/// A crash of the server under load, and its return.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct RestartTests {
  /// When something last happened.
  final class Moment: Sendable {
    private let last = Mutex(ContinuousClock.now)
    var instant: ContinuousClock.Instant { last.withLock { $0 } }
    func set() { last.withLock { $0 = .now } }
  }

  /// Writers in transactions while the server crashes three times: what was acknowledged is there once, what was said to be lost is
  /// not, and work goes on within two seconds of the server's return.
  @Test func crashesUnderLoad() async throws {
    let server = try ScratchPostgres(settings: [
      "synchronous_commit": "on", "track_commit_timestamp": "on",
    ])
    defer { server.remove() }
    let settings = ConnectionSettings(server.conninfo())
    let pool = Pool(settings, PoolSettings(maximum: 4, deadline: .seconds(20)))
    _ = try await pool.withConnection {
      try await $0.run(script: "CREATE TABLE kept (token uuid PRIMARY KEY)")
    }
    let isOver = Counter()
    let lastSuccess = Moment()
    struct Ledger: Sendable {
      var acknowledged: [UniqueID] = []
      var lost: [UniqueID] = []
      var unknown: [UniqueID] = []
    }
    let ledgers = try await withThrowingTaskGroup(of: Ledger.self) { group in
      for worker in 0..<4 {
        group.addTask {
          var ledger = Ledger()
          var number: UInt64 = 0
          while isOver.count == 0 {
            number += 1
            let token = UniqueID(high: UInt64(worker), low: number)
            do {
              _ = try await pool.transaction { tx in
                try await tx.query("INSERT INTO kept VALUES ($1)", token)
              }
              ledger.acknowledged.append(token)
              lastSuccess.set()
            } catch let error as PostgresError {
              switch error.code {
              case .commitUnknown: ledger.unknown.append(token)
              default:
                #expect([.reconnect, .retryTransaction].contains(error.errorClass), "\(error)")
                ledger.lost.append(token)
              }
            }
          }
          return ledger
        }
      }
      for _ in 0..<3 {
        try await Task.sleep(for: .milliseconds(250))
        try await Self.offPool { try server.stop(.immediate) }
        try await Self.offPool { try server.start() }
        let returned = ContinuousClock.now
        let goesOn = try await Server.eventually { lastSuccess.instant > returned }
        #expect(goesOn)
        let pause = ClientFiguresTests.seconds(lastSuccess.instant - returned)
        ClientFiguresTests.report("first commit after the return of a crashed server", pause, "s")
        #expect(pause < (ClientFiguresTests.isMeasuring ? 2 : 10))
      }
      isOver.add()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let kept = Set(
      try await pool.withConnection {
        try await $0.query("SELECT token FROM kept").decode(UniqueID.self)
      })
    let acknowledged = ledgers.flatMap(\.acknowledged)
    #expect(acknowledged.count > 10)
    #expect(acknowledged.allSatisfy(kept.contains), "an acknowledged transaction is gone")
    #expect(!ledgers.flatMap(\.lost).contains(where: kept.contains), "a lost transaction is there")
    let known = acknowledged.count + ledgers.flatMap(\.unknown).count(where: kept.contains)
    #expect(kept.count == known)
    await pool.drain()
  }

  /// Runs what blocks on a thread of its own.
  static func offPool<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws
    -> Value
  {
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Value, any Error>) in
      startDetached { continuation.resume(with: Result { try body() }) }
    }
  }
}
