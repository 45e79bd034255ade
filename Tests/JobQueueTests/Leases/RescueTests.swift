import PostgresClient
import Synchronization
import Testing

@testable import JobQueue

/// What becomes of jobs whose worker stops answering.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct RescueTests {
  private let fast = WorkerSettings(leaseTerm: .seconds(3), shortestPoll: .milliseconds(5))
  /// For what must not lose its lease, on a machine with other work too.
  private let steady = WorkerSettings(leaseTerm: .seconds(6), shortestPoll: .milliseconds(5))

  private func lease(_ depot: Depot, _ term: String = "-1 s") async throws -> Int64 {
    try await depot.eye.query(
      """
      INSERT INTO tradewind.job_lease (node, pid, version, slots, expires_at)
      VALUES ('gone', 1, '0', 1, clock_timestamp() + $1::text::interval) RETURNING lease
      """, term)[0].decode(Int64.self)
  }

  @Test("jobs of a lease that has run out are taken over, dead ones buried, limits given back")
  func takesOver() async throws {
    let depot = try await QueueServer.depot()
    func id(_ number: UInt64) -> UniqueID {
      .version7(milliseconds: number, randomHigh: 0, randomLow: 0)
    }
    try await depot.sender.enqueue([
      NewJob("noop", id: id(1)), NewJob("noop", id: id(2), maxAttempts: 1),
      NewJob("noop", id: id(3)),
    ])
    let gone = try await lease(depot)
    try await depot.eye.query("UPDATE tradewind.job SET lease = $1, attempt = 1", gone)
    try await depot.eye.query(
      "UPDATE tradewind.job SET cancel_asked = true WHERE id = (SELECT max(id::text)::uuid FROM tradewind.job)"
    )
    try await depot.eye.run(
      script: "INSERT INTO tradewind.job_limit VALUES ('noop', 0, 5, 0, 2000000)")
    try await depot.eye.query(
      "INSERT INTO tradewind.job_limit_hold VALUES ($1, 'noop', 0, 3)", gone)
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    let witness = Witness()
    try await depot.working(depot.worker(kinds, fast, observer: witness)) {
      let isOver = try await depot.eventually {
        try await depot.count("SELECT count(*) FROM tradewind.job_done") == 3
      }
      #expect(isOver)
    }
    let states = try await depot.eye.query(
      "SELECT state FROM tradewind.job_status ORDER BY 1"
    ).decode(String.self)
    #expect(states == ["cancelled", "dead", "done"])
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_done WHERE errors @> '[{\"code\":\"worker_lost\"}]'")
        == 3)
    #expect(try await depot.count("SELECT left_micro FROM tradewind.job_limit") == 5_000_000)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job_limit_hold") == 0)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job_lease_lost") == 1)
    #expect(witness.events.withLock { $0.contains("rescued(leases: [\(gone)])") })
  }

  @Test("jobs of a lease that is not there at all are found too")
  func orphans() async throws {
    let depot = try await QueueServer.depot()
    try await depot.sender.enqueue([NewJob("noop")])
    try await depot.eye.query("UPDATE tradewind.job SET lease = 999, attempt = 1")
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    try await depot.working(depot.worker(kinds, fast)) {
      let isDone = try await depot.eventually { try await depot.done() == 1 }
      #expect(isDone)
    }
  }

  @Test("a worker that was given up drops what it had, keeps none of it, and begins anew")
  func fenced() async throws {
    let depot = try await QueueServer.depot()
    try await depot.sender.enqueue([NewJob("noop")])
    let gate = Gate()
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in
      if jobs[0].attempt == 1 { await gate.pass() }
      return effects(of: jobs)
    }
    let witness = Witness()
    try await depot.working(depot.worker(kinds, fast, observer: witness)) {
      let isReached = try await depot.eventually { gate.isReached }
      #expect(isReached)
      // As another worker's rescue does.
      let old = try await depot.eye.query("DELETE FROM tradewind.job_lease RETURNING lease")[0]
        .decode(
          Int64.self)
      let isFenced = try await depot.eventually {
        witness.events.withLock { $0.contains("fenced(lease: \(old))") }
      }
      #expect(isFenced)
      gate.open()
      // Its own orphan sweep, or a look, finds the job.
      try await depot.eye.query("UPDATE tradewind.job SET lease = NULL WHERE lease = $1", old)
      let isDone = try await depot.eventually { try await depot.done() == 1 }
      #expect(isDone)
    }
    let attempts = try await depot.eye.query("SELECT attempt FROM effect").decode(Int16.self)
    #expect(attempts == [2])
  }

  @Test(
    "a lease is kept while its worker lives, however long a job takes, and blocks of handlers do not stop the beats"
  )
  func longJob() async throws {
    let depot = try await QueueServer.depot()
    try await depot.sender.enqueue([NewJob("long")])
    var kinds = JobKinds()
    kinds.registerEach("long") { job, _ in
      // Blocks a thread, as user code may.
      let end = ContinuousClock.now + .milliseconds(6500)
      while ContinuousClock.now < end {}
      return .done(effects: [
        .statement("INSERT INTO effect VALUES ($1, $2, 0)", Parameters(job.id, job.attempt))
      ])
    }
    let other = depot.worker(kinds, steady)
    try await depot.working(depot.worker(kinds, steady)) {
      try await depot.working(other) {
        let isDone = try await depot.eventually { try await depot.done() == 1 }
        #expect(isDone)
      }
    }
    #expect(try await depot.eye.query("SELECT attempt FROM effect").decode(Int16.self) == [1])
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job_lease_lost") == 0)
  }

  @Test("a claim whose answer was lost comes back")
  func lostClaim() async throws {
    let depot = try await QueueServer.depot()
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    let worker = depot.worker(kinds, steady)
    try await depot.working(worker) {
      let isThere = try await depot.eventually { worker.health.lease != nil }
      #expect(isThere)
      // Held under its lease, and it does not know: as after an answer that never came.
      let lease = try #require(worker.health.lease)
      try await depot.sender.enqueue([
        NewJob("noop", runAt: Timestamp(microseconds: 10_000_000_000_000_000))
      ])
      try await depot.eye.query(
        "UPDATE tradewind.job SET lease = $1, attempt = 1, run_at = now()", lease)
      worker.tell { machine, _ in machine.isClaimLost = true }
      let isDone = try await depot.eventually { try await depot.done() == 1 }
      #expect(isDone)
    }
    #expect(try await depot.eye.query("SELECT attempt FROM effect").decode(Int16.self) == [1])
  }
}
