import Glibc
import PostgresClient
import Synchronization
import TestSupport
import Testing

@testable import JobQueue

/// Whole workers over a server.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct WorkerTests {
  @Test func drainsABatchWithEffects() async throws {
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
    #expect(try await depot.count("SELECT count(*) FROM tradewind.job_lease") == 0)
    #expect(witness.tally["done"] == 1000)
    #expect(Set(ids).count == 1000)
    print(witness.events.withLock { $0 })
  }
}
