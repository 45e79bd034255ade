import PostgresClient
import Synchronization
import Testing

@testable import JobQueue

@Suite(.needsServer, .timeLimit(.minutes(1))) struct FairClaimTests {
  @Test("a tenant with a thousand jobs keeps nobody waiting")
  func shares() async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.query("SELECT tradewind.open_queue('fair', true)")
    try await depot.sender.enqueue((0..<1000).map { _ in NewJob("noop", tenant: 1, queue: "fair") })
    try await depot.sender.enqueue((2..<12).map { NewJob("noop", tenant: $0, queue: "fair") })
    let order = Mutex<[Int32]>([])
    var kinds = JobKinds()
    kinds.register("noop", batch: 20) { jobs, _ in
      order.withLock { $0 += jobs.map(\.tenant) }
      return effects(of: jobs)
    }
    let settings = WorkerSettings(queues: ["fair"], fairQueues: ["fair"], slots: 20, batch: 20)
    try await depot.working(depot.worker(kinds, settings)) {
      let isDone = try await depot.eventually { try await depot.done() == 1010 }
      #expect(isDone)
    }
    let seen = order.withLock { $0 }
    let last = seen.lastIndex { $0 != 1 } ?? 0
    #expect(last < 60, "the last of the others came as number \(last)")
    #expect(try await depot.count("SELECT count(*) FROM effect") == 1010)
  }

  @Test("tenants whose jobs lie in the future take no share, however many there are")
  func futureTenants() async throws {
    let depot = try await QueueServer.depot()
    try await depot.eye.query("SELECT tradewind.open_queue('fair', true)")
    let later = try await depot.eye.query("SELECT now() + interval '1 h'")[0].decode(Timestamp.self)
    try await depot.sender.enqueue(
      (1...100).map { NewJob("noop", tenant: $0, queue: "fair", runAt: later) })
    try await depot.sender.enqueue([NewJob("noop", tenant: 1000, queue: "fair")])
    var kinds = JobKinds()
    kinds.register("noop") { jobs, _ in effects(of: jobs) }
    try await depot.working(depot.worker(kinds, WorkerSettings(queues: ["fair"]))) {
      let isDone = try await depot.eventually { try await depot.done() == 1 }
      #expect(isDone)
    }
  }
}
