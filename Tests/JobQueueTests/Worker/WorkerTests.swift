import PostgresClient
import Synchronization
import TestSupport
import Testing

@testable import JobQueue

/// Whole workers over a server.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct WorkerTests {
  @Test("batches with effects, each once")
  func drains() async throws {
    let depot = try await QueueServer.depot()
    let ids = try await depot.sender.enqueue((0..<1000).map { _ in NewJob("noop") })
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    let witness = Witness()
    let worker = depot.worker(kinds, observer: witness)
    try await depot.working(worker) {
      let isDone = try await depot.eventually { try await depot.done() == 1000 }
      #expect(isDone)
    }
    #expect(try await depot.count("SELECT count(DISTINCT job) FROM effect") == 1000)
    #expect(try await depot.count("SELECT count(*) FROM effect") == 1000)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job") == 0)
    #expect(
      try await depot.count("SELECT count(*) FROM tradewind.job_lease") == 0, "a drain retires")
    #expect(witness.tally["done"] == 1000)
    #expect(Set(ids).count == 1000)
  }

  @Test("rows that were changed since their claim are found again, all of them in one go")
  func moved() async throws {
    let depot = try await QueueServer.depot()
    try await depot.sender.enqueue((0..<50).map { _ in NewJob("noop") })
    let eye = depot.eye
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in
      // Somebody asks for a cancellation of each, too late: every row lies elsewhere now.
      try await eye.query("UPDATE tradewind.job SET cancel_asked = true WHERE lease IS NOT NULL")
      return effects(of: jobs)
    }
    let witness = Witness()
    try await depot.working(depot.worker(kinds, observer: witness)) {
      let isDone = try await depot.eventually { try await depot.done() == 50 }
      #expect(isDone)
    }
    #expect(try await depot.count("SELECT count(DISTINCT job) FROM effect") == 50)
    #expect(try await depot.count("SELECT count(*) FROM effect") == 50)
    #expect(witness.tally["done"] == 50 && witness.tally["fenced"] == 0)
  }

  @Test(
    "a handler's errors are history: tried again, then dead with every reason; failures end at once"
  )
  func retriesAndDeath() async throws {
    let depot = try await QueueServer.depot()
    let backoff = Backoff(base: .milliseconds(5), ceiling: .milliseconds(20))
    let tally = Tally()
    var kinds = JobKinds()
    kinds.registerEach("flaky", backoff: backoff) { job, _ in
      tally.add("flaky")
      return job.attempt < 3 ? .retry(Setback("busy", "attempt \(job.attempt)")) : .done()
    }
    kinds.registerEach("poison", backoff: backoff) { _, _ in throw Poison() }
    kinds.registerEach("hopeless") { _, _ in .failed(Setback("hopeless", "never")) }
    kinds.registerEach("sleepy") { job, _ in
      tally.add("sleepy")
      return tally["sleepy"] < 3
        ? .snooze(.milliseconds(5)) : .done(result: JSONB("\(job.attempt)"))
    }
    try await depot.sender.enqueue([
      NewJob("flaky"), NewJob("poison", maxAttempts: 3), NewJob("hopeless"),
      NewJob("sleepy", maxAttempts: 1),
    ])
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually {
        try await depot.count("SELECT count(*) FROM tradewind.job_done") == 4
      }
      #expect(isDone)
    }
    let rows = try await depot.eye.query(
      "SELECT kind, state, attempt::int4, coalesce(jsonb_array_length(errors), 0), result::text FROM tradewind.job_status ORDER BY kind"
    )
    let told = try rows.map { row in
      let (kind, state, attempt, errors, result) = try row.decode(
        String.self, String.self, Int32.self, Int32.self, String?.self)
      return "\(kind) \(state) \(attempt) \(errors) \(result ?? "-")"
    }
    #expect(
      told == [
        "flaky done 3 2 -", "hopeless failed 1 1 -", "poison dead 3 3 -", "sleepy done 1 0 1",
      ])
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_done WHERE errors @> '[{\"code\":\"error\",\"attempt\":2,\"reason\":\"Poison()\"}]'"
      ) == 1)
  }

  @Test("effects that fail spoil their own job and no other of the batch")
  func spoiledEffect() async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.run(
      script: "CREATE TABLE once (n int8 PRIMARY KEY); INSERT INTO once VALUES (5)")
    var kinds = JobKinds()
    kinds.register("count", backoff: Backoff(base: .milliseconds(5), ceiling: .milliseconds(5))) {
      jobs, _ in
      BatchOutcome(
        jobs.map { job in
          .done(effects: [
            .statement(
              "INSERT INTO once SELECT ($1::jsonb ->> 'n')::int8", Parameters(job.payload))
          ])
        })
    }
    try await depot.sender.enqueue(
      (0..<10).map { NewJob("count", JSONB("{\"n\":\($0)}"), maxAttempts: 2) })
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually {
        try await depot.count("SELECT count(*) FROM tradewind.job_done") == 10
      }
      #expect(isDone)
    }
    #expect(try await depot.done() == 9)
    #expect(try await depot.count("SELECT count(*) FROM once") == 10)
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_done WHERE state = 4 AND payload = '{\"n\":5}' AND errors @> '[{\"code\":\"sqlstate_23505\"}]'"
      ) == 1)
  }

  @Test("effects that need answers run in the transaction of their own job")
  func interactiveEffects() async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.run(
      script: "CREATE TABLE pile (n int4 NOT NULL CHECK (n >= 0)); INSERT INTO pile VALUES (3)")
    var kinds = JobKinds()
    kinds.registerEach("take", backoff: Backoff(base: .milliseconds(5), ceiling: .milliseconds(5)))
    { _, _ in
      .done(effects: [
        .work { connection in
          let left = try await connection.query("SELECT n FROM pile FOR UPDATE")[0].decode(
            Int32.self)
          try await connection.query("UPDATE pile SET n = $1", left - 1)
        }
      ])
    }
    try await depot.sender.enqueue((0..<5).map { _ in NewJob("take", maxAttempts: 2) })
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually {
        try await depot.count("SELECT count(*) FROM tradewind.job_done") == 5
      }
      #expect(isDone)
    }
    #expect(try await depot.done() == 3)
    #expect(try await depot.count("SELECT n::int8 FROM pile") == 0)
  }

  @Test(
    "a job that is not held any more takes its effects with it, the others of its batch are kept")
  func fencedOut() async throws {
    let depot = try await QueueServer.depot()
    let ids = try await depot.sender.enqueue((0..<5).map { _ in NewJob("noop") })
    let gate = Gate()
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in
      if jobs.contains(where: { $0.attempt == 1 }) { await gate.pass() }
      return effects(of: jobs)
    }
    let witness = Witness()
    try await depot.working(depot.worker(kinds, observer: witness)) {
      let isRunning = try await depot.eventually { gate.isReached }
      #expect(isRunning)
      // Somebody takes one away, as a rescue would.
      try await depot.eye.query("UPDATE tradewind.job SET lease = NULL WHERE id = $1", ids[2])
      gate.open()
      let isDone = try await depot.eventually { try await depot.done() == 5 }
      #expect(isDone)
    }
    #expect(witness.tally["fenced"] == 1)
    #expect(try await depot.count("SELECT count(*) FROM effect") == 5)
    #expect(
      try await depot.eye.query("SELECT attempt FROM effect WHERE job = $1", ids[2])[0].decode(
        Int16.self) == 2)
  }

  @Test("more urgent first, then older; what is due later waits")
  func order() async throws {
    let depot = try await QueueServer.depot()
    var jobs = [7, 3, 0, 3, 7].enumerated().map { index, priority in
      NewJob(
        "note", JSONB("\(index)"),
        id: .version7(milliseconds: UInt64(index), randomHigh: 0, randomLow: 0),
        priority: Int16(priority))
    }
    jobs.append(NewJob("note", JSONB("9"), runAt: try await soon(depot, "1 hour")))
    jobs.append(NewJob("note", JSONB("8"), priority: 7, runAt: try await soon(depot, "0.3 s")))
    try await depot.sender.enqueue(jobs)
    let seen = Mutex<[String]>([])
    var kinds = JobKinds()
    kinds.registerEach("note") { job, _ in
      seen.withLock { $0.append(job.payload.text) }
      return .done()
    }
    try await depot.working(depot.worker(kinds, WorkerSettings(slots: 1))) {
      let isDone = try await depot.eventually { try await depot.done() == 6 }
      #expect(isDone)
    }
    #expect(seen.withLock { $0 } == ["2", "1", "3", "0", "4", "8"])
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job") == 1)
  }

  private func soon(_ depot: Depot, _ pause: String) async throws -> Timestamp {
    try await depot.eye.query("SELECT now() + $1::text::interval", pause)[0].decode(Timestamp.self)
  }

  @Test(
    "kinds and versions nobody here knows wait for a worker that does, and keep nobody from work")
  func unknownKinds() async throws {
    let depot = try await QueueServer.depot()
    try await depot.sender.enqueue([
      NewJob("note"), NewJob("note", version: 2), NewJob("other"), NewJob("note"),
    ])
    var old = JobKinds()
    old.registerEach("note") { _, _ in .done() }
    var new = old
    new.registerEach("note", version: 2) { job, _ in .done(result: JSONB("\(job.version)")) }
    try await depot.working(depot.worker(old)) {
      let isDone = try await depot.eventually { try await depot.done() == 2 }
      #expect(isDone)
      #expect(try await depot.count("SELECT count(*) FROM tradewind.job WHERE attempt = 0") == 2)
      try await depot.working(depot.worker(new)) {
        let isDone = try await depot.eventually { try await depot.done() == 3 }
        #expect(isDone)
      }
    }
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_status WHERE kind = 'other' AND state = 'waiting'") == 1
    )
  }

  @Test("a handler that takes too long has failed, even if it does not care")
  func timeouts() async throws {
    let depot = try await QueueServer.depot()
    let gate = Gate()
    var kinds = JobKinds()
    kinds.registerEach(
      "slow", timeout: .milliseconds(100), backoff: Backoff(base: .milliseconds(1))
    ) { job, control in
      if job.attempt == 1 {
        await gate.pass()
        return .done(
          result: JSONB("\"late\""),
          effects: [.statement("INSERT INTO effect VALUES ($1, 1, 0)", Parameters(job.id))])
      }
      return .done(result: JSONB("\"in time\""))
    }
    try await depot.sender.enqueue([NewJob("slow")])
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually { try await depot.done() == 1 }
      #expect(isDone)
      gate.open()
    }
    #expect(try await depot.count("SELECT count(*) FROM effect") == 0)
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_done WHERE result = '\"in time\"' AND errors @> '[{\"code\":\"timeout\"}]'"
      ) == 1)
  }

  @Test("a drain waits for what ends in time and gives back what does not")
  func drain() async throws {
    let depot = try await QueueServer.depot()
    let gate = Gate()
    var kinds = JobKinds()
    kinds.registerEach("quick") { _, _ in
      try await Task.sleep(for: .milliseconds(100))
      return .done()
    }
    kinds.registerEach("endless") { _, _ in
      await gate.pass()
      return .done()
    }
    try await depot.sender.enqueue([NewJob("quick"), NewJob("endless"), NewJob("quick")])
    let worker = depot.worker(kinds)
    let run = Task { try await worker.run() }
    let isReached = try await depot.eventually { gate.isReached && worker.health.inHand == 3 }
    #expect(isReached)
    let began = ContinuousClock.now
    await worker.drain(within: .milliseconds(1500))
    try await run.value
    #expect(began.duration(to: .now) < .seconds(5))
    #expect(try await depot.done() == 2)
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job WHERE lease IS NULL AND attempt = 0") == 1)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job_lease") == 0)
    gate.open()
  }

  struct Poison: Error {}
}

/// Holds whoever passes until it is opened; does not care about cancellation.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var isReached = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }
  private let state = Mutex(State())

  var isReached: Bool { state.withLock { $0.isReached } }

  func pass() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        state.isReached = true
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
