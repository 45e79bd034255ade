import PostgresClient
import TestSupport
import Testing

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct PoolTests {
  @Test func lendsInOrder() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 1))
    let order = Order()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask {
          _ = try await pool.withConnection { connection in
            await order.add(number)
            return try await connection.query("SELECT pg_sleep(0.002)")
          }
        }
        // Each stands in line before the next one comes.
        let isInLine = try await Server.eventually {
          let waiting = pool.census.waiting
          let served = await order.numbers.count
          return waiting + served > number
        }
        #expect(isInLine)
      }
      try await group.waitForAll()
    }
    #expect(await order.numbers == Array(0..<20))
    #expect(pool.census.connections == 1)
    await pool.drain()
  }

  actor Order {
    var numbers: [Int] = []
    func add(_ number: Int) { numbers.append(number) }
  }

  /// All are lent: whoever waits is told when the time is up, and not much later.
  @Test func deadline() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 2))
    let (hold, release) = AsyncStream<Void>.makeStream()
    let taken = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          try await pool.withConnection { _ in
            taken.add()
            for await _ in hold {}
          }
        }
      }
      let areTaken = try await Server.eventually { taken.count == 2 }
      #expect(areTaken)
      let clock = ContinuousClock()
      let begun = clock.now
      await withTaskGroup(of: PostgresError.Code?.self) { waiters in
        for _ in 0..<50 {
          waiters.addTask {
            do {
              try await pool.withConnection(deadline: .milliseconds(100)) { _ in }
              return nil
            } catch {
              return (error as? PostgresError)?.code
            }
          }
        }
        for await code in waiters { #expect(code == .poolDeadline) }
      }
      let waited = clock.now - begun
      #expect(waited >= .milliseconds(100))
      #expect(waited < .seconds(20))
      #expect(pool.census.waiting == 0)
      release.finish()
      try await group.waitForAll()
    }
    // Nothing was lost on the way.
    #expect(try await pool.withConnection { try await $0.query("SELECT 1").count } == 1)
    await pool.drain()
  }

  @Test func cancelledWaiter() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 1))
    try await pool.withConnection { _ in
      let waiter = Task { try await pool.withConnection { _ in } }
      let isWaiting = try await Server.eventually { pool.census.waiting == 1 }
      #expect(isWaiting)
      waiter.cancel()
      await #expect(throws: CancellationError.self) { try await waiter.value }
      #expect(pool.census.waiting == 0)
    }
    await pool.drain()
  }

  /// What a body leaves behind does not meet the next one.
  @Test func leftOpenTransaction() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 1))
    let first = try await pool.withConnection { connection in
      try await connection.query("BEGIN")
      return connection.processID
    }
    let (second, status) = try await pool.withConnection { ($0.processID, $0.transactionStatus) }
    #expect(first == second)
    #expect(status == .idle)
    let third = try await pool.withConnection { connection in
      try await connection.query("BEGIN")
      _ = try? await connection.query("SELECT nothing")
      return connection.transactionStatus
    }
    #expect(third == .failed)
    #expect(try await pool.withConnection { $0.transactionStatus } == .idle)
    await pool.drain()
  }

  /// A statement still under way at the end of the body: the connection is not lent again.
  @Test func leftRunning() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 1))
    let (first, left) = try await pool.withConnection { connection in
      let left = Task { try await connection.query("SELECT pg_sleep(20)") }
      let isRunning = try await Server.eventually { connection.transactionStatus == .active }
      #expect(isRunning)
      return (connection.processID, left)
    }
    #expect(try await pool.withConnection { $0.processID } != first)
    await #expect(throws: PostgresError.self) { try await left.value }
    await pool.drain()
  }

  /// A connection the server ended while it lay idle is replaced before anybody meets it.
  @Test func terminatedWhileIdle() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(minimum: 1, maximum: 1))
    let admin = try await Server.connect()
    defer { admin.close() }
    for _ in 0..<5 {
      let processID = try await pool.withConnection { $0.processID }
      try await admin.query("SELECT pg_terminate_backend($1)", processID)
      let isGone = try await Server.eventually {
        try await pool.withConnection { $0.processID } != processID
      }
      #expect(isGone)
      #expect(try await pool.withConnection { try await $0.query("SELECT 1").count } == 1)
    }
    await pool.drain()
  }

  /// Bodies cancelled in the middle of a statement cost no connections.
  @Test func cancelledBodies() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 2))
    let seen = Seen()
    for round in 0..<30 {
      let tasks = (0..<4).map { _ in
        Task {
          try await pool.withConnection { connection in
            await seen.add(connection.processID)
            return try await connection.query("SELECT pg_sleep(30)")
          }
        }
      }
      try await Task.sleep(for: .milliseconds(round % 7))
      for task in tasks { task.cancel() }
      for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
    }
    #expect(try await pool.withConnection { try await $0.query("SELECT 1").count } == 1)
    #expect(await seen.processIDs.count <= 2)
    await pool.drain()
  }

  actor Seen {
    var processIDs = Set<Int32>()
    func add(_ processID: Int32) { processIDs.insert(processID) }
  }

  @Test func shortLives() async throws {
    let pool = Pool(
      try Server.settings(), PoolSettings(maximum: 2, maximumLifetime: .milliseconds(100)))
    var seen = Set<Int32>()
    for _ in 0..<20 {
      seen.insert(
        try await pool.withConnection { connection in
          try await connection.query("SELECT pg_sleep(0.02)")
          return connection.processID
        })
    }
    #expect(seen.count >= 3)
    #expect(pool.census.connections <= 2)
    await pool.drain()
  }

  @Test func drain() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(minimum: 2, maximum: 4))
    let (hold, release) = AsyncStream<Void>.makeStream()
    let taken = Counter()
    let user = Task {
      try await pool.withConnection { connection in
        taken.add()
        for await _ in hold {}
        return try await connection.query("SELECT 1").count
      }
    }
    let isTaken = try await Server.eventually { taken.count == 1 }
    #expect(isTaken)
    async let drained: Void = pool.drain()
    let isRefused = try await Server.eventually {
      do {
        try await pool.withConnection { _ in }
        return false
      } catch {
        return (error as? PostgresError)?.code == .poolDraining
      }
    }
    #expect(isRefused)
    // Whoever has one may finish.
    release.finish()
    #expect(try await user.value == 1)
    await drained
    #expect(pool.census.connections == 0)
    await pool.drain()
  }

  @Test func drainWithPatience() async throws {
    let pool = Pool(try Server.settings(), PoolSettings(maximum: 1))
    let taken = Counter()
    let user = Task {
      try await pool.withConnection { connection in
        taken.add()
        return try await connection.query("SELECT pg_sleep(60)")
      }
    }
    let isTaken = try await Server.eventually { taken.count == 1 }
    #expect(isTaken)
    await pool.drain(patience: .milliseconds(50))
    let error = await #expect(throws: PostgresError.self) { try await user.value }
    #expect(error?.code == .closed)
  }

  /// A password that is wrong is wrong at once, not when the deadline is over.
  @Test func wrongPassword() async throws {
    let admin = try await Server.connect()
    defer { admin.close() }
    try await admin.run(script: "CREATE ROLE pool_guest LOGIN PASSWORD 'right' CONNECTION LIMIT 2")
    let info = try Server.shared.conninfo() + " user=pool_guest "
    let pool = Pool(ConnectionSettings(info + "password=wrong"))
    let clock = ContinuousClock()
    let begun = clock.now
    let error = await #expect(throws: PostgresError.self) { try await pool.withConnection { _ in } }
    #expect(error?.sqlState == "28P01")
    #expect(error.map { "\($0)".contains("wrong") } == false)
    #expect(clock.now - begun < .seconds(20))
    await pool.drain()

    // More are wanted than the role may have: the others wait for those.
    let crowded = Pool(ConnectionSettings(info + "password=right"), PoolSettings(maximum: 6))
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<12 {
        group.addTask {
          try await crowded.withConnection {
            try await $0.query("SELECT pg_sleep(0.01), $1::int8", number)[0].value(1, as: Int.self)
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 66)
    await crowded.drain()
    let direct = try await Connection.open(ConnectionSettings(info + "password=right"))
    let second = try await Connection.open(ConnectionSettings(info + "password=right"))
    let tooMany = await #expect(throws: PostgresError.self) {
      try await Connection.open(ConnectionSettings(info + "password=right"))
    }
    #expect(tooMany?.errorClass == .tooManyConnections)
    direct.close()
    second.close()
    let isDropped = try await Server.eventually {
      (try? await admin.run(script: "DROP ROLE pool_guest")) != nil
    }
    #expect(isDropped)
  }
}
