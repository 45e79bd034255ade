import PostgresClient
import Testing

@testable import JobQueue

/// Schedules over a server, which knows the zones.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct ScheduleTests {
  private func schedule(_ pattern: String, zone: String = "UTC", catchesUp: Bool = false) throws
    -> Schedule
  {
    Schedule(
      "nightly", try #require(CronPattern(pattern)), zone: zone, kind: "noop", catchesUp: catchesUp)
  }

  @Test("each firing enqueues one job, however many workers look")
  func once() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    try await desk.set(try schedule("0 * * * *", catchesUp: true))
    // Four firings have been missed.
    try await depot.eye.run(
      script:
        "UPDATE tradewind.job_schedule SET next_local = next_local - interval '4 h', next_at = next_at - interval '4 h'"
    )
    var kinds = JobKinds()
    kinds.registerEach("noop") { job, _ in .done(result: JSONB("\"\(job.trace ?? "")\"")) }
    let others = (0..<3).map { _ in depot.worker(kinds) }
    let runs = others.map { worker in Task { try await worker.run() } }
    let isDone = try await depot.eventually { try await depot.done() == 4 }
    #expect(isDone)
    try await Task.sleep(for: .milliseconds(200))
    for worker in others { await worker.drain(within: .seconds(1)) }
    for run in runs { try await run.value }
    #expect(try await depot.done() == 4)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job_firing") == 4)
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_done WHERE result = '\"schedule:nightly\"'") == 4)
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_schedule WHERE next_at > now() AND next_at <= now() + interval '1 h'"
      ) == 1)
  }

  @Test("a firing that is there already enqueues nothing")
  func uniqueRow() async throws {
    let depot = try await QueueServer.depot()
    try await JobDesk(depot.pool, depot.queries).set(try schedule("0 * * * *"))
    try await depot.eye.run(
      script:
        "INSERT INTO tradewind.job_firing SELECT tenant_id, name, next_local, gen_random_uuid() FROM tradewind.job_schedule"
    )
    let queues = try await depot.eye.query(
      depot.queries[.fireSchedule], Int32(1), "nightly", "2027-01-01 00:00")
    #expect(queues.isEmpty)
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job") == 0)
  }

  @Test(
    "the zone decides, in summer and winter, where the clock skips and where it shows a time twice",
    arguments: [
      // Madrid is an hour ahead in winter, two in summer.
      ("2026-12-01 03:00", "2026-12-01 02:00:00+00"),
      ("2026-07-01 03:00", "2026-07-01 01:00:00+00"),
      // 29 March 2026: 02:00 to 03:00 is skipped. 25 October 2026: it comes twice.
      ("2026-03-29 02:30", "2026-03-29 01:30:00+00"),
      ("2026-10-25 02:30", "2026-10-25 01:30:00+00"),
    ])
  func zones(_ local: String, _ expected: String) async throws {
    let depot = try await QueueServer.depot()
    let kind = try await depot.eye.query(depot.queries[.kindNumber], "noop", Int32(1))[0].decode(
      Int32.self)
    try await depot.eye.query(
      depot.queries[.setSchedule], Int32(1), "s", Int16(1), kind, "30 2 * * *", "Europe/Madrid",
      JSONB("{}"), Int16(4), Int16(20), false, local)
    try await depot.eye.run(script: "SET TimeZone = 'UTC'")
    let at = try await depot.eye.query("SELECT next_at::text FROM tradewind.job_schedule")[0]
      .decode(String.self)
    #expect(at == expected)
  }

  @Test("a zone nobody knows is refused; the same schedule again keeps its next firing")
  func registration() async throws {
    let depot = try await QueueServer.depot()
    let desk = JobDesk(depot.pool, depot.queries)
    await #expect(throws: QueueFault.self) {
      try await desk.set(try schedule("0 3 * * *", zone: "Europe/Atlantis"))
    }
    try await desk.set(try schedule("0 3 * * *", zone: "Europe/Madrid"))
    try await depot.eye.run(script: "UPDATE tradewind.job_schedule SET next_at = '2030-01-01'")
    try await desk.set(try schedule("0 3 * * *", zone: "Europe/Madrid"))
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_schedule WHERE next_at = '2030-01-01'") == 1)
    try await desk.set(try schedule("0 4 * * *", zone: "Europe/Madrid"))
    #expect(
      try await depot.count(
        "SELECT count(*) FROM tradewind.job_schedule WHERE next_at < '2030-01-01'") == 1)
    #expect(try await desk.removeSchedule("nightly"))
    #expect(try await desk.removeSchedule("nightly") == false)
  }
}
