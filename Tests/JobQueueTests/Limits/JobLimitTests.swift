import PostgresClient
import Synchronization
import Testing

@testable import JobQueue

/// Limits over several workers.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct JobLimitTests {
  @Test("no more run at once than the limit allows, over two workers, and all of it comes back")
  func atOnce() async throws {
    let depot = try await QueueServer.depot()
    try await depot.sender.enqueue(
      (0..<40).map { _ in NewJob("plan") } + (0..<40).map { _ in NewJob("noop") })
    let running = Mutex((now: 0, most: 0))
    var kinds = JobKinds()
    kinds.registerEach("plan", limit: .atOnce(3)) { _, _ in
      running.withLock { $0 = ($0.now + 1, Swift.max($0.most, $0.now + 1)) }
      try await Task.sleep(for: .milliseconds(5))
      running.withLock { $0.now -= 1 }
      return .done()
    }
    kinds.register("noop") { jobs, _ in BatchOutcome(jobs.map { _ in .done() }) }
    let settings = WorkerSettings(slots: 10, batch: 10)
    let other = depot.worker(kinds, settings)
    try await depot.working(depot.worker(kinds, settings)) {
      try await depot.working(other) {
        let isDone = try await depot.eventually { try await depot.done() == 80 }
        #expect(isDone)
        let isBack = try await depot.eventually {
          try await depot.count("SELECT left_micro FROM tradewind.job_limit WHERE scope = 'plan'")
            == 3_000_000
        }
        #expect(isBack, "idle blocks are given back")
      }
    }
    let most = running.withLock { $0.most }
    #expect(most >= 1 && most <= 3, "\(most) at once")
  }

  @Test("no more begin than a minute allows")
  func perMinute() async throws {
    let depot = try await QueueServer.depot()
    try await depot.sender.enqueue((0..<20).map { _ in NewJob("call") })
    var kinds = JobKinds()
    kinds.registerEach("call", limit: .perMinute(5)) { _, _ in .done() }
    try await depot.working(depot.worker(kinds)) {
      let isUsed = try await depot.eventually { try await depot.done() >= 5 }
      #expect(isUsed)
      try await Task.sleep(for: .milliseconds(300))
    }
    #expect(try await depot.done() <= 6)
    // What has flowed back by the server's clock may be taken.
    try await depot.eye.run(
      script:
        "UPDATE tradewind.job_limit SET filled_at = clock_timestamp() - interval '36 s', left_micro = 0"
    )
    let lease = try await depot.eye.query(
      "INSERT INTO tradewind.job_lease (node, pid, version, slots, expires_at) VALUES ('t', 1, '0', 1, now() + interval '1 min') RETURNING lease"
    )[0].decode(Int64.self)
    let given = try await depot.eye.query(
      depot.queries[.takeLimit], lease, "call", Int32(100), Int32(0))[0].decode(Int32.self)
    #expect(given == 3, "three fifths of a minute at five a minute")
  }

  @Test(
    "a block is never more than half of what is left, and a lowered cap takes effect as blocks come back"
  )
  func blocks() async throws {
    let depot = try await QueueServer.depot()
    let lease = try await depot.eye.query(
      "INSERT INTO tradewind.job_lease (node, pid, version, slots, expires_at) VALUES ('t', 1, '0', 1, now() + interval '1 min') RETURNING lease"
    )[0].decode(Int64.self)
    func set(_ cap: Int32) async throws {
      try await depot.eye.query(depot.queries[.setLimit], "plan", cap, Int32(0), Int32(0))
    }
    func take(_ count: Int32) async throws -> Int32 {
      try await depot.eye.query(depot.queries[.takeLimit], lease, "plan", count, Int32(0))[0]
        .decode(
          Int32.self)
    }
    try await set(10)
    #expect(try await take(100) == 5)
    #expect(try await take(2) == 2)
    #expect(try await take(100) == 2)
    #expect(try await take(100) == 1)
    #expect(try await take(100) == 0)
    try await set(4)
    try await depot.eye.query(depot.queries[.returnLimit], lease, "plan", Int32(5), Int32(0))
    #expect(try await take(100) == 0)
    try await depot.eye.query(depot.queries[.returnLimit], lease, "plan", Int32(5), Int32(0))
    #expect(try await depot.count("SELECT left_micro FROM tradewind.job_limit") == 4_000_000)
    // More than is held is not given back.
    try await depot.eye.query(depot.queries[.returnLimit], lease, "plan", Int32(1), Int32(0))
    #expect(try await depot.count("SELECT left_micro FROM tradewind.job_limit") == 4_000_000)
  }
}
