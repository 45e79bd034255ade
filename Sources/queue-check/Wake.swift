import ArgumentParser
import Glibc
import JobQueue
import PostgresClient
import Synchronization

/// How long an idle worker takes to begin a job that has just been enqueued; and what it costs while there is none.
struct Wake: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the time from a commit to the handler's start, and the cost of idling.")

  @OptionGroup var database: DatabaseOptions

  @Option(help: "Jobs, one at a time.")
  var jobs = 200

  @Option(help: "Seconds of idling to measure after that.")
  var idle = 20

  func run() async throws {
    let queries = try QueryCatalogue.read(database.sql + "/queries").table(of: JobQuery.self)
    let settings = ConnectionSettings(database.database)
    let begun = Mutex<[UniqueID: ContinuousClock.Instant]>([:])
    var kinds = JobKinds()
    kinds.registerEach("wake") { job, _ in
      begun.withLock { $0[job.id] = .now }
      return .done()
    }
    // As a worker that has had nothing to do for long: it would not look by itself before the job has been and gone.
    let worker = Worker(settings, queries, kinds, WorkerSettings(shortestPoll: .seconds(2)))
    let run = Task { try await worker.run() }
    let pool = Pool(settings, PoolSettings(minimum: 2, maximum: 2))
    let sender = JobSender(pool, queries)
    while worker.health.lease == nil { try await Task.sleep(for: .milliseconds(10)) }
    try await sender.enqueue([NewJob("wake")])
    var micros: [Int64] = []
    for number in 0..<jobs {
      try await Task.sleep(for: .milliseconds(60 + number % 7 * 10))
      let job = NewJob("wake")
      try await sender.enqueue([job])
      let committed = ContinuousClock.now
      while begun.withLock({ $0[job.id] }) == nil { try await Task.sleep(for: .milliseconds(2)) }
      guard let start = begun.withLock({ $0[job.id] }) else { continue }
      let passed = committed.duration(to: start).components
      micros.append(max(0, passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000))
    }
    micros.sort()
    await pool.drain(patience: .seconds(1))
    let (perSecond, processor) = try await idling(settings)
    await worker.drain(within: .seconds(1))
    try await run.value
    print(
      "{\"wake_ms\":{\"p50\":\(Self.milliseconds(micros, 50)),\"p99\":\(Self.milliseconds(micros, 99))},"
        + "\"idle\":{\"queries_per_second\":\(Self.hundredths(perSecond)),\"cpu_percent\":\(Self.hundredths(processor))}}"
    )
  }

  /// Hundredths of a transaction a second, and of a per cent of a core, once the pace has slowed down.
  private func idling(_ settings: ConnectionSettings) async throws -> (Int64, Int64) {
    try await Task.sleep(for: .seconds(12))
    let watch = try await Connection.open(settings)
    defer { watch.close() }
    let before = try await Self.transactions(watch)
    let used = ProcessTimes.processorMilliseconds
    try await Task.sleep(for: .seconds(idle))
    let processor = ProcessTimes.processorMilliseconds - used
    // The two of the look before.
    let count = try await Self.transactions(watch) - before - 2
    return (count * 100 / Int64(idle), processor * 10 / Int64(idle))
  }

  private static func milliseconds(_ sorted: [Int64], _ share: Int) -> String {
    guard !sorted.isEmpty else { return "0" }
    let micro = sorted[min(sorted.count - 1, sorted.count * share / 100)]
    return "\(micro / 1000).\(String(String(1000 + micro % 1000).dropFirst()))"
  }

  /// Transactions of this database; each statement of an idle worker is one.
  private static func transactions(_ connection: Connection) async throws -> Int64 {
    try await connection.query("SELECT pg_stat_force_next_flush()")
    try await Task.sleep(for: .milliseconds(1200))
    return try await connection.query(
      "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")[0].decode(
        Int64.self)
  }

  private static func hundredths(_ value: Int64) -> String {
    "\(value / 100).\(String(String(100 + value % 100).dropFirst()))"
  }
}
