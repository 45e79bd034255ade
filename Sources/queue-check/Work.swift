import ArgumentParser
import Glibc
import JobQueue
import PostgresClient
import Synchronization

/// A worker, with places at which it may be told to die.
struct Work: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work off jobs until a signal, or until nothing waits.",
    discussion: """
      QUEUE_CHECK_DIE=point:count kills the process when it passes a named point
      for the count-th time: after_claim, mid_effect, commit_sent, answer_unread,
      in_beat, in_rescue, in_drain. SIGTERM drains.
      """)

  @OptionGroup var database: DatabaseOptions

  @Option(help: "Where attempts are noted.")
  var log: String?

  @Option(help: "Milliseconds after which a silent worker is given up.")
  var lease = 15_000

  @Option(help: "Jobs in hand at most.")
  var slots = 200

  @Option(help: "Jobs in a claim at most.")
  var batch = 100

  @Option(help: "Transactions at a time.")
  var exchanges = 2

  @Option(help: "Queues, with commas.")
  var queues = "default"

  @Option(help: "Those of them that are shared out by tenant.")
  var fair = ""

  @Option(help: "Milliseconds a handler takes.")
  var pause = 0

  @Flag(help: "End when nothing waits and nothing is in hand.")
  var untilEmpty = false

  @Flag(help: "Look only; listen for no hints.")
  var polling = false

  @Flag(help: "Tell on standard error what happens.")
  var verbose = false

  func run() async throws {
    let notes = try log.map { try AppendLog($0) }
    var settings = WorkerSettings(
      queues: queues.split(separator: ",").map(String.init),
      fairQueues: Set(fair.split(separator: ",").map(String.init)), slots: slots, batch: batch,
      exchanges: exchanges, leaseTerm: .milliseconds(lease), listens: !polling)
    if database.pooled { settings = settings.throughTransactionPooler }
    let queries = try QueryCatalogue.read(database.sql + "/queries").table(of: JobQuery.self)
    let observer = WorkObserver(notes, isVerbose: verbose)
    let worker = Worker(
      ConnectionSettings(database.database), queries,
      CheckKinds.all(log: notes, pause: .milliseconds(pause)), settings, observer: observer,
      pass: FailPoint.fromEnvironment())
    Signals.handle([SIGTERM, SIGINT]) { _ in
      Task { await worker.drain(within: .seconds(10)) }
    }
    let began = ContinuousClock.now
    if untilEmpty {
      Task {
        await untilIdle(worker, observer)
        await worker.drain(within: .seconds(10))
      }
    }
    try await worker.run()
    let seconds = began.duration(to: .now)
    print(
      "{\"settled\":\(observer.total),\"seconds\":\(seconds.inMilliseconds / 1000).\(threeDigits(seconds.inMilliseconds % 1000)),\"cpu_ms\":\(ProcessTimes.processorMilliseconds)}"
    )
  }

  /// Waits until nothing waits any more.
  private func untilIdle(_ worker: Worker, _ observer: WorkObserver) async {
    guard
      let connection = try? await Connection.open(ConnectionSettings(database.database))
    else { return }
    defer { connection.close() }
    while true {
      try? await Task.sleep(for: .milliseconds(50))
      guard worker.health.lease != nil, worker.health.inHand == 0 else { continue }
      let rows = try? await connection.query(
        "SELECT EXISTS (SELECT FROM tradewind.job WHERE lease IS NULL AND run_at < now() + interval '1 min')"
      )
      if let rows, (try? rows[0].decode(Bool.self)) == false, worker.health.inHand == 0 { return }
    }
  }

  private func threeDigits(_ value: Int64) -> String { String(String(1000 + value).dropFirst()) }
}

extension Duration {
  /// Whole milliseconds.
  var inMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

/// Notes leases beside attempts, and counts.
final class WorkObserver: WorkerObserver {
  private let log: AppendLog?
  private let isVerbose: Bool
  private let count = Atomic(0)
  private let errors: AppendLog?

  init(_ log: AppendLog?, isVerbose: Bool) {
    self.log = log
    self.isVerbose = isVerbose
    errors = isVerbose ? try? AppendLog("/dev/stderr") : nil
  }

  var total: Int { count.load(ordering: .relaxed) }

  func settled(kind: String, outcomes: [String: Int], duration: Duration) {
    for (_, number) in outcomes { count.add(number, ordering: .relaxed) }
  }

  func happened(_ event: WorkerEvent) {
    switch event {
    case .registered(let lease):
      log?.holds(lease)
      log?.write("lease \(lease) \(AppendLog.milliseconds)\n")
    case .fenced(let lease): log?.write("fenced \(lease) \(AppendLog.milliseconds)\n")
    default: break
    }
    if isVerbose { errors?.write("\(event)\n") }
  }
}

/// A place at which this process dies, by the environment.
enum FailPoint {
  static func fromEnvironment() -> @Sendable (WorkerPoint) -> Void {
    guard let text = getenv("QUEUE_CHECK_DIE").map({ String(cString: $0) }) else { return { _ in } }
    let parts = text.split(separator: ":")
    guard let name = parts.first.map(String.init), let point = WorkerPoint(rawValue: name) else {
      return { _ in }
    }
    let wanted = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
    let passed = Passes()
    return { here in
      if here == point, passed.next() == wanted { kill(getpid(), SIGKILL) }
    }
  }

  private final class Passes: Sendable {
    private let count = Atomic(0)
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
  }
}
