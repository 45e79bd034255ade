import JobQueue
import PostgresClient
import Synchronization
import TestSupport
import Testing

/// Databases with the schema of `sql/migrations`, one for each test.
enum QueueServer {
  static let isInstalled = ScratchPostgres.programs != nil
  private static let lastNumber = Atomic(0)

  /// The repository's root, two folders above this file's.
  static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// The queries of `sql/queries`, all of which must be there.
  static let queries = Result {
    try QueryCatalogue.read(root + "/sql/queries").table(of: JobQuery.self)
  }

  private static let template = Task {
    let cluster = try ScratchPostgres.shared.get()
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    try await admin.run(script: "CREATE DATABASE queue_template")
    let connection = try await Connection.open(
      ConnectionSettings(cluster.conninfo(database: "queue_template")))
    _ = try await Migrator(folder: root + "/sql/migrations").migrate(on: connection)
    connection.close()
    return "queue_template"
  }

  /// A new database, as a connection string.
  static func database() async throws -> String {
    let cluster = try ScratchPostgres.shared.get()
    _ = try await template.value
    let name = "queue_\(lastNumber.add(1, ordering: .relaxed).newValue)"
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    // A copy waits for nobody but a connection that has not quite gone.
    for attempt in 0... {
      do {
        try await admin.run(
          script: Statement(trusted: "CREATE DATABASE \(name) TEMPLATE queue_template"))
        break
      } catch let error as PostgresError where error.sqlState == "55006" && attempt < 200 {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    return cluster.conninfo(database: name)
  }

  /// A desk over a database of its own: a sender, and a connection to look at things with.
  static func depot() async throws -> Depot {
    let conninfo = try await database()
    let queries = try queries.get()
    let pool = Pool(ConnectionSettings(conninfo), PoolSettings(maximum: 4))
    let depot = Depot(
      conninfo: conninfo, queries: queries, pool: pool, sender: JobSender(pool, queries),
      eye: try await Connection.open(ConnectionSettings(conninfo)))
    try await depot.eye.run(
      script: "CREATE TABLE effect (job uuid NOT NULL, attempt int2 NOT NULL, n int8 NOT NULL)")
    return depot
  }
}

/// A database, and what tests do in it.
struct Depot: Sendable {
  let conninfo: String
  let queries: QueryTable<JobQuery>
  let pool: Pool
  let sender: JobSender
  let eye: Connection

  /// A worker that looks after nobody else unless told to.
  func worker(
    _ kinds: JobKinds, _ settings: WorkerSettings = WorkerSettings(),
    observer: any WorkerObserver = SilentObserver(),
    pass: @escaping @Sendable (WorkerPoint) -> Void = { _ in }
  ) -> Worker {
    Worker(ConnectionSettings(conninfo), queries, kinds, settings, observer: observer, pass: pass)
  }

  /// Runs a worker while a body runs, then drains it.
  func working<Value>(_ worker: Worker, _ body: () async throws -> Value) async throws -> Value {
    let run = Task { try await worker.run() }
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    await worker.drain(within: .seconds(5))
    try await run.value
    return try outcome.get()
  }

  func count(_ statement: Statement) async throws -> Int {
    Int(try await eye.query(statement)[0].decode(Int64.self))
  }

  func done() async throws -> Int {
    try await count("SELECT count(*) FROM tradewind.job_done WHERE state = 1")
  }

  /// Waits until something holds, for at most ten seconds.
  func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<2000 {
      if try await condition() { return true }
      try await Task.sleep(for: .milliseconds(5))
    }
    return false
  }
}

/// One effect for each job that is done: an insert of arrays, so that a job done twice shows.
func effects(of jobs: [Job]) -> BatchOutcome {
  BatchOutcome(jobs.map { _ in .done(result: JSONB("{\"ok\":true}")) }) { done in
    [
      .statement(
        "INSERT INTO effect SELECT * FROM unnest($1::uuid[], $2::int2[], $3::int8[])",
        Parameters(done.map { jobs[$0].id }, done.map { jobs[$0].attempt }, done.map { Int64($0) }))
    ]
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs only where a PostgreSQL server is installed.
  static var needsServer: Self {
    .enabled(if: QueueServer.isInstalled, "no PostgreSQL server is installed on this machine")
  }
}

/// Counts from any task.
final class Tally: Sendable {
  private let counts = Mutex<[String: Int]>([:])
  func add(_ name: String, _ count: Int = 1) { counts.withLock { $0[name, default: 0] += count } }
  subscript(name: String) -> Int { counts.withLock { $0[name] ?? 0 } }
  var all: [String: Int] { counts.withLock { $0 } }
}

/// Keeps what a worker tells.
final class Witness: WorkerObserver {
  let tally = Tally()
  let events = Mutex<[String]>([])
  func settled(kind: String, outcomes: [String: Int], duration: Duration) {
    for (word, count) in outcomes { tally.add(word, count) }
  }
  func happened(_ event: WorkerEvent) { events.withLock { $0.append("\(event)") } }
  func measured(queue: String, depth: Int, oldest: Duration?) { tally.add("measured") }
}
