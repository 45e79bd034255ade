import PostgresClient
import Synchronization
import Testing

@testable import JobQueue

/// Limits over all kinds, limits and shares of tenants.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct TenantRulesTests {
  /// How many of each tenant, and of all, ran at once at most.
  private struct Most {
    var now: [Int32: Int] = [:]
    var most: [Int32: Int] = [:]

    mutating func begins(_ tenant: Int32) {
      for one in [tenant, 0] {
        now[one, default: 0] += 1
        most[one] = Swift.max(most[one] ?? 0, now[one] ?? 0)
      }
    }

    mutating func ends(_ tenant: Int32) { for one in [tenant, 0] { now[one, default: 0] -= 1 } }
  }

  @Test("no more run at once than all may, and than a tenant may, over two workers and two kinds")
  func limits() async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.query("SELECT tradewind.open_queue('fair', true)")
    let desk = JobDesk(depot.pool, depot.queries)
    try await desk.setLimit(.atOnce(6), ofTenant: nil)
    try await desk.setLimit(.atOnce(2), ofTenant: 2)
    for kind in ["plan", "noop"] {
      try await depot.sender.enqueue(
        (0..<60).map { NewJob(kind, tenant: 1 + Int32($0 % 3), queue: "fair") })
    }
    let most = Mutex(Most())
    var kinds = JobKinds()
    for kind in ["plan", "noop"] {
      kinds.registerEach(kind, limit: kind == "plan" ? .atOnce(4) : nil) { job, _ in
        most.withLock { $0.begins(job.tenant) }
        try await Task.sleep(for: .milliseconds(4))
        most.withLock { $0.ends(job.tenant) }
        return .done()
      }
    }
    let settings = WorkerSettings(
      queues: ["fair"], fairQueues: ["fair"], slots: 20, batch: 10, measureEvery: .milliseconds(100)
    )
    let other = depot.worker(kinds, settings)
    try await depot.working(depot.worker(kinds, settings)) {
      try await depot.working(other) {
        let isDone = try await depot.eventually { try await depot.done() == 120 }
        #expect(isDone)
        let isBack = try await depot.eventually {
          try await desk.limits().allSatisfy { $0.held == 0 }
        }
        #expect(isBack, "what is idle goes back")
      }
    }
    let seen = most.withLock { $0.most }
    #expect((seen[0] ?? 0) <= 6 && (seen[2] ?? 0) <= 2 && (seen[2] ?? 0) >= 1, "\(seen)")
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_limit WHERE left_micro <> cap * 1000000::bigint") == 0)
    // Nothing is limited any more, and a worker that runs notices.
    try await desk.setLimit(nil, ofTenant: nil)
    try await desk.setLimit(nil, ofTenant: 2)
    #expect(try await desk.limits().map(\.kind) == ["plan"])
  }

  @Test("rules that change are heeded by a worker that runs")
  func changes() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    try await desk.setLimit(.perMinute(1), ofTenant: nil)
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    try await depot.sender.enqueue((0..<30).map { _ in NewJob("noop") })
    let settings = WorkerSettings(measureEvery: .milliseconds(50))
    try await depot.working(depot.worker(kinds, settings)) {
      let isBegun = try await depot.eventually { try await depot.done() >= 1 }
      #expect(isBegun)
      #expect(try await depot.done() < 30)
      try await desk.setLimit(nil, ofTenant: nil)
      let isDone = try await depot.eventually { try await depot.done() == 30 }
      #expect(isDone)
    }
  }

  @Test("a tenant with a share of three gets three for each of another's", arguments: [1, 4, 12])
  func weights(_ slots: Int) async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.query("SELECT tradewind.open_queue('fair', true)")
    let desk = JobDesk(depot.pool, depot.queries)
    try await desk.setWeight(3, ofTenant: 2)
    try await depot.sender.enqueue(
      (0..<240).map { NewJob("noop", tenant: 1 + Int32($0 % 2), queue: "fair") })
    let order = Mutex<[Int32]>([])
    var kinds = JobKinds()
    kinds.register("noop", batch: 100) { jobs, _ in
      order.withLock { $0 += jobs.map(\.tenant) }
      return effects(of: jobs)
    }
    let settings = WorkerSettings(
      queues: ["fair"], fairQueues: ["fair"], slots: slots, batch: slots, exchanges: 1)
    try await depot.working(depot.worker(kinds, settings)) {
      let isDone = try await depot.eventually { try await depot.done() == 240 }
      #expect(isDone)
    }
    // As long as both have jobs: of the first 120, 90 are the second's.
    let share = order.withLock { $0.prefix(120).filter { $0 == 2 }.count }
    #expect((84...96).contains(share), "\(share) of 120")
  }
}
