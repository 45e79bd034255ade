import PostgresClient
import TestSupport
import Testing

@testable import JobQueue

@Suite(.needsServer, .timeLimit(.minutes(1))) struct JobDeskTests {
  private var kinds: JobKinds {
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    return kinds
  }

  @Test("a waiting job is cancelled at once, a running one is told, an ended one is not touched")
  func cancellation() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    let gate = Gate()
    var kinds = kinds
    kinds.registerEach("long") { job, control in
      await gate.pass()
      while !control.isCancelled(job) { try await Task.sleep(for: .milliseconds(5)) }
      return .cancelled
    }
    let waiting = try await depot.sender.enqueue([NewJob("nobody_knows")])[0]
    #expect(try await desk.cancel(waiting, tenant: 1) == .cancelled)
    #expect(try await desk.job(waiting, tenant: 1).state == "cancelled")
    let running = try await depot.sender.enqueue([NewJob("long")])[0]
    try await depot.working(depot.worker(kinds)) {
      let isReached = try await depot.eventually { gate.isReached }
      #expect(isReached)
      #expect(try await desk.cancel(running, tenant: 1) == .asked)
      gate.open()
      let isOver = try await depot.eventually {
        try await desk.job(running, tenant: 1).state == "cancelled"
      }
      #expect(isOver)
    }
    let fault = await #expect(throws: QueueFault.self) { try await desk.cancel(running, tenant: 1) }
    #expect(fault?.code == "TW-JOB-003")
    let other = await #expect(throws: QueueFault.self) { try await desk.cancel(running, tenant: 2) }
    #expect(other?.code == "TW-JOB-002")
    // One that was cancelled may be queued again.
    try await desk.retry(waiting, tenant: 1)
    #expect(try await desk.job(waiting, tenant: 1).state == "waiting")
  }

  @Test("a paused queue claims nothing, and goes on when it is resumed")
  func pausing() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    try await desk.pause("default")
    try await depot.sender.enqueue([NewJob("noop")])
    try await depot.working(depot.worker(kinds)) {
      try await Task.sleep(for: .milliseconds(150))
      #expect(try await depot.done() == 0)
      #expect(try await desk.stats().first?.isPaused == true)
      try await desk.resume("default")
      let isDone = try await depot.eventually { try await depot.done() == 1 }
      #expect(isDone)
    }
    await #expect(throws: QueueFault.self) { try await desk.pause("nowhere") }
  }

  @Test(
    "dead jobs are found with their reasons, queued again, and removed; waiting ones are counted and removed"
  )
  func deadAndPurged() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    var kinds = JobKinds()
    kinds.registerEach("bad") { job, _ in
      .failed(Setback("bad", "attempt \(job.attempt)"))
    }
    try await depot.sender.enqueue((0..<3).map { _ in NewJob("bad") })
    try await depot.working(depot.worker(kinds)) {
      let isOver = try await depot.eventually { try await desk.stats()[0].failed == 3 }
      #expect(isOver)
    }
    var filter = JobDesk.Filter()
    filter.states = ["failed", "dead"]
    let dead = try await desk.list(filter)
    #expect(dead.count == 3 && dead.allSatisfy { $0.errors?.contains("\"bad\"") == true })
    #expect(try await desk.retryDead(in: "default", tenant: 1, limit: 2) == 2)
    let stats = try await desk.stats()[0]
    #expect(stats.waiting == 2 && stats.failed == 1)
    #expect(try await desk.purge(.waiting, "default") == 2)
    #expect(try await desk.purge(.dead, "default") == 1)
    #expect(try await desk.list(JobDesk.Filter()).isEmpty)
    let later = try await desk.serverTime(in: .seconds(3600))
    let id = try await depot.sender.enqueue([NewJob("bad", runAt: later)])[0]
    #expect(try await desk.stats()[0].scheduled == 1)
    try await desk.retry(id, tenant: 1)
    #expect(try await desk.stats()[0].waiting == 1)
  }

  /// Ids as different clients make them: some of this minute, some of the last month, some without a time.
  private func ids(_ count: Int) -> [UniqueID] {
    var random = SeededGenerator(seed: 71)
    let now = UniqueID.now().high >> 16
    return (0..<count).map { number in
      if number % 5 == 0 { return UniqueID(high: random.next(), low: random.next()) }
      let age = UInt64.random(in: 0...(1 << UInt64.random(in: 4...31)), using: &random)
      return .version7(
        milliseconds: now - age, randomHigh: UInt16(number), randomLow: random.next())
    }
  }

  @Test("pages of a list, one after the other, hold every job once, in the order of their ids")
  func pages() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    let ids = ids(300)
    // Every third still waits; of the others every fourth is dead.
    let (waiting, ended) = (ids.indices.filter { $0 % 3 == 0 }, ids.indices.filter { $0 % 3 > 0 })
    try await depot.eye.query(
      "INSERT INTO tradewind.job (tenant_id, id, queue, kind, payload) SELECT 1, i, 1, 1, '{}' FROM unnest($1::uuid[]) AS i",
      waiting.map { ids[$0] })
    try await depot.eye.query(
      """
      INSERT INTO tradewind.job_done (tenant_id, id, queue, kind, attempt, state, finished_at, payload)
      SELECT 1, i, 1, 1, 1, s, now(), '{}' FROM unnest($1::uuid[], $2::int2[]) AS w(i, s)
      """, ended.map { ids[$0] }, ended.map { Int16($0 % 4 == 0 ? 4 : 1) })
    func all(_ states: [String]?) async throws -> [UniqueID] {
      var filter = JobDesk.Filter()
      filter.limit = 23
      filter.states = states
      var found: [UniqueID] = []
      repeat {
        filter.before = found.last
        let page = try await desk.list(filter).map(\.id)
        if page.isEmpty { return found }
        found += page
      } while true
    }
    #expect(try await all(nil) == ids.sorted(by: >))
    #expect(try await all(["waiting"]) == waiting.map { ids[$0] }.sorted(by: >))
    let dead = ended.filter { $0 % 4 == 0 }.map { ids[$0] }.sorted(by: >)
    #expect(try await all(["dead"]) == dead)
    #expect(try await all(["dead", "failed", "cancelled"]) == dead)
    var none = JobDesk.Filter()
    none.before = UniqueID(high: 0, low: 0)
    #expect(try await desk.list(none).isEmpty)
  }

  @Test("workers are listed with what they have in hand")
  func workers() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    let worker = depot.worker(kinds, WorkerSettings(slots: 7, version: "9.9", node: "here"))
    try await depot.working(worker) {
      let isThere = try await depot.eventually { worker.health.lease != nil }
      #expect(isThere)
      let entry = try #require(try await desk.workers().first)
      #expect(
        entry.node == "here" && entry.version == "9.9" && entry.slots == 7 && entry.inHand == 0)
      #expect(entry.left > .seconds(5) && entry.left <= .seconds(15))
    }
    #expect(try await desk.workers().isEmpty)
  }
}
