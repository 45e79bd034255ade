import PostgresClient
import Synchronization
import Testing

@testable import JobQueue

@Suite(.needsServer, .timeLimit(.minutes(1))) struct JobSenderTests {
  @Test("a key stands for one job, while it waits, when it is done, and from two sides at once")
  func keys() async throws {
    let depot = try await QueueServer.depot()
    let first = try await depot.sender.enqueue([NewJob("noop", key: "a"), NewJob("noop", key: "b")])
    let again = try await depot.sender.enqueue([
      NewJob("noop", key: "b"), NewJob("noop"), NewJob("noop", key: "a"),
    ])
    #expect([again[0], again[2]] == [first[1], first[0]])
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job") == 3)
    // Another tenant's key is another key.
    let other = try await depot.sender.enqueue([NewJob("noop", tenant: 2, key: "a")])
    #expect(other != [first[0]])
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually { try await depot.done() == 4 }
      #expect(isDone)
    }
    #expect(try await depot.sender.enqueue([NewJob("noop", key: "a")]) == [first[0]])
    let sender = depot.sender
    let ids = try await withThrowingTaskGroup(of: [UniqueID].self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await sender.enqueue((0..<20).map { NewJob("noop", key: "race-\($0)") })
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(ids).count == 1)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job") == 20)
    // A key that has run out stands for a new job.
    try await depot.eye.run(
      script: "UPDATE tradewind.job_once SET expires_at = now() - interval '1 s' WHERE key = 'a'")
    #expect(try await depot.sender.enqueue([NewJob("noop", key: "a")]) != [first[0]])
  }

  @Test("jobs of a transaction are there exactly if it is committed, and many are copied")
  func transactional() async throws {
    let depot = try await QueueServer.depot()
    struct Undone: Error {}
    await #expect(throws: Undone.self) {
      try await depot.pool.transaction { connection in
        try await depot.sender.enqueue([NewJob("never_seen_before")], on: connection)
        throw Undone()
      }
    }
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job") == 0)
    // The number the kind would have had went with it, and is not remembered.
    try await depot.sender.enqueue([NewJob("never_seen_before")])
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_status WHERE kind = 'never_seen_before'") == 1)
    let many = (0..<2000).map { NewJob("noop", JSONB("{\"n\":\($0)}"), priority: Int16($0 % 8)) }
    try await depot.sender.enqueue(many)
    #expect(
      try await depot.count(
        "SELECT sum((payload ->> 'n')::int) FROM tradewind.job WHERE payload ? 'n'") == 1_999_000)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job WHERE run_at > now()") == 0)
  }

  @Test("a queue that is not there is named, with how to open it")
  func unknownQueue() async throws {
    let depot = try await QueueServer.depot()
    let fault = await #expect(throws: QueueFault.self) {
      try await depot.sender.enqueue([NewJob("noop", queue: "nowhere")])
    }
    #expect(fault?.code == "TW-JOB-001")
    #expect(fault?.description.contains("open_queue('nowhere')") == true)
  }

  @Test("an idle worker is woken long before it would look, and hints of a window are one message")
  func wakes() async throws {
    let depot = try await QueueServer.depot()
    let seen = Mutex<[ContinuousClock.Instant]>([])
    var kinds = JobKinds()
    kinds.registerEach("noop") { _, _ in
      seen.withLock { $0.append(.now) }
      return .done()
    }
    let settings = WorkerSettings(shortestPoll: .seconds(30), longestPoll: .seconds(30))
    let worker = depot.worker(kinds, settings)
    try await depot.working(worker) {
      let isThere = try await depot.eventually {
        try await depot.count(
          "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        ) == 1
      }
      #expect(isThere)
      let began = ContinuousClock.now
      for _ in 0..<5 { try await depot.sender.enqueue([NewJob("noop")]) }
      let isDone = try await depot.eventually { try await depot.done() == 5 }
      #expect(isDone)
      // Well before the thirty seconds after which it would look, however busy the machine is.
      #expect(began.duration(to: .now) < .seconds(20))
    }
  }

  @Test("polling alone finds everything too")
  func polling() async throws {
    let depot = try await QueueServer.depot()
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    let silent = JobSender(depot.pool, depot.queries, wakes: false)
    let settings = WorkerSettings(longestPoll: .milliseconds(50), listens: false)
    try await depot.working(depot.worker(kinds, settings)) {
      for _ in 0..<10 {
        try await silent.enqueue([NewJob("noop")])
        try await Task.sleep(for: .milliseconds(20))
      }
      let isDone = try await depot.eventually { try await depot.done() == 10 }
      #expect(isDone)
    }
  }
}
