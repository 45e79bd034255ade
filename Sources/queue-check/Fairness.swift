import ArgumentParser
import Glibc
import JobQueue
import PostgresClient
import Synchronization

/// How long a small tenant's jobs wait, alone and beside one with ninety-nine times as many.
struct Fairness: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a small tenant's waits, alone and beside a large one.")

  @OptionGroup var database: DatabaseOptions

  @Option(help: "Jobs of the small tenant in each run.")
  var jobs = 150

  @Option(help: "Runs of each, in turns; the middle one counts.")
  var rounds = 3

  func run() async throws {
    var runs: (alone: [Int64], beside: [Int64]) = ([], [])
    for _ in 0..<Swift.max(1, rounds) {
      runs.alone.append(try await p99(beside: false))
      runs.beside.append(try await p99(beside: true))
    }
    let alone = runs.alone.sorted()[runs.alone.count / 2]
    let beside = runs.beside.sorted()[runs.beside.count / 2]
    print(
      "{\"fairness_p99_ms\":{\"alone\":\(alone / 1000),\"beside\":\(beside / 1000)},\"us\":{\"alone\":\(alone),\"beside\":\(beside)}}"
    )
  }

  /// The 99th percentile, in microseconds, from commit to the end of the handler.
  private func p99(beside: Bool) async throws -> Int64 {
    let queries = try QueryCatalogue.read(database.sql + "/queries").table(of: JobQuery.self)
    let settings = ConnectionSettings(database.database)
    let ended = Mutex<[UniqueID: ContinuousClock.Instant]>([:])
    var kinds = JobKinds()
    // Two milliseconds each, eight at a time.
    kinds.registerEach("share") { job, _ in
      try await Task.sleep(for: .milliseconds(2))
      if job.tenant == 1 { ended.withLock { $0[job.id] = .now } }
      return .done()
    }
    let worker = Worker(
      settings, queries, kinds,
      WorkerSettings(queues: ["shares"], fairQueues: ["shares"], slots: 8, batch: 8))
    let run = Task { try await worker.run() }
    while worker.health.lease == nil { try await Task.sleep(for: .milliseconds(10)) }
    let pool = Pool(settings, PoolSettings(minimum: 2, maximum: 3))
    let sender = JobSender(pool, queries)
    if beside {
      try await sender.enqueue(
        (0..<(jobs * 99)).map { _ in NewJob("share", tenant: 2, queue: "shares") })
    }
    var sent: [(UniqueID, ContinuousClock.Instant)] = []
    for _ in 0..<jobs {
      let job = NewJob("share", tenant: 1, queue: "shares")
      try await sender.enqueue([job])
      sent.append((job.id, .now))
      try await Task.sleep(for: .milliseconds(20))
    }
    for _ in 0..<500 where ended.withLock({ $0.count }) < jobs {
      try await Task.sleep(for: .milliseconds(10))
    }
    let waits = ended.withLock { ended in
      sent.compactMap { id, time -> Int64? in
        guard let end = ended[id] else { return nil }
        let passed = time.duration(to: end).components
        return passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000
      }
    }.sorted()
    await worker.drain(within: .seconds(1))
    try await run.value
    let clean = try await Connection.open(settings)
    try await clean.run(script: "DELETE FROM tradewind.job")
    clean.close()
    await pool.drain(patience: .seconds(1))
    guard waits.count == jobs else { return .max / 2 }
    return waits[min(waits.count - 1, waits.count * 99 / 100)]
  }
}
