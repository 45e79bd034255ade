import PostgresClient
import Synchronization
import Testing

@testable import JobQueue

/// What makes a worker fast changes nothing of what it does.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct WorkerSwitchesTests {
  /// Which of them are off.
  enum Slowness: CaseIterable {
    case none
    case floor
    case places
    case both
  }

  /// Priorities, retries, failures and tenants in a strict and a fair queue, worked off one at a time: who came when, and what is left.
  private func story(_ slowness: Slowness) async throws -> [String] {
    let depot = try await QueueServer.depot()
    try await depot.eye.query("SELECT tradewind.open_queue('fair', true)")
    var jobs: [NewJob] = []
    for number in 0..<120 {
      let isFlaky = number % 7 == 3
      let isHopeless = number % 11 == 5
      var job = NewJob(isFlaky ? "flaky" : isHopeless ? "hopeless" : "noop", JSONB("\(number)"))
      job.id = UniqueID(high: 1, low: UInt64(number))
      job.tenant = Int32(number % 4)
      job.queue = number % 3 == 0 ? "fair" : "default"
      job.priority = Int16(number % 5)
      jobs.append(job)
    }
    try await depot.sender.enqueue(jobs)
    let seen = Mutex<[String: [String]]>([:])
    var kinds = JobKinds()
    let backoff = Backoff(base: .milliseconds(1), ceiling: .milliseconds(1))
    for name in ["noop", "flaky", "hopeless"] {
      kinds.registerEach(name, backoff: backoff) { job, _ in
        if job.attempt == 1 {
          seen.withLock { $0["\(job.queue)", default: []].append(job.payload.text) }
        }
        switch job.kind {
        case "flaky" where job.attempt < 3: return .retry(Setback("busy", "\(job.attempt)"))
        case "hopeless": return .failed(Setback("no", "never"))
        default: return .done(result: job.payload)
        }
      }
    }
    var settings = WorkerSettings(
      queues: ["default", "fair"], fairQueues: ["fair"], slots: 1, batch: 1)
    settings.usesFloor = slowness == .none || slowness == .places
    settings.usesPlaces = slowness == .none || slowness == .floor
    try await depot.working(depot.worker(kinds, settings)) {
      let isDone = try await depot.eventually {
        try await depot.count("SELECT count(*) FROM tradewind.job_done") == jobs.count
      }
      #expect(isDone)
    }
    let rows = try await depot.eye.query(
      """
      SELECT concat_ws(' ', queue, id, state, attempt, result::text, jsonb_array_length(errors))
      FROM tradewind.job_status ORDER BY id
      """
    ).decode(String.self)
    // The fair queue takes turns from a tenant that depends on the time; the strict one has a single order for each level. One claim in
    // sixteen begins with the least urgent, so the levels are told apart.
    let order = seen.withLock { $0["1"] ?? [] }.compactMap { Int($0) }
    let levels = (0..<5).map { level in "\(level): \(order.filter { $0 % 5 == level })" }
    return rows + levels
  }

  @Test("floors and places change neither order nor outcome")
  func switches() async throws {
    let fast = try await story(.none)
    #expect(fast.count == 125)
    for slowness in Slowness.allCases where slowness != .none {
      #expect(try await story(slowness) == fast, "\(slowness)")
    }
  }
}
