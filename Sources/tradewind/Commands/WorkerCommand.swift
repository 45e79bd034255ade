import ArgumentParser
import Fulfilment
import JobQueue
import Logging
import LogisticsModel
import PostgresClient
import ServiceLifecycle
import ShipmentStore
import UnixSignals

/// `tradewind worker`: works off the queue until it is told to stop.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Work off queued jobs: quotes, bookings, tracking, re-planning.",
    discussion: """
      SIGTERM takes no more jobs, lets those in hand end within --grace, and exits 0; what does not end in
      time goes back to the queue. A second SIGTERM leaves at once. SIGHUP loads network and tariffs anew.
      Kinds and their payloads: config/jobs/FORMAT.md. Without a database a private one is started.

      Examples:
        tradewind worker
        tradewind worker --queue quotes --queue default --port 9464 --log json
      """)

  /// How the log is written.
  enum LogForm: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Option(help: "Queue to serve, repeated; default: default.")
  var queue: [String] = []

  @Option(help: "Queue to share out tenant by tenant, repeated; counts where it is first opened.")
  var fairQueue: [String] = []

  @Option(help: "Jobs in hand at most.")
  var slots = 200

  @Option(help: "Seconds without a sign of life after which others take its jobs over.")
  var lease = 15

  @Option(help: "Seconds that jobs in hand have to end when it is told to stop.")
  var grace = 30

  @Option(help: "Loopback port of /metrics, /healthz and /readyz; 0: none.")
  var port: UInt16 = 9464

  @Option(help: "Folder whose files place, calibrate and export may read and write.")
  var files: String?

  @Flag(help: "The database is reached through a pooler of transactions, such as PgBouncer.")
  var pooler = false

  @Option(help: "text or json.")
  var log = LogForm.text

  @Option(help: "trace, debug, info, notice, warning, error or critical.")
  var logLevel = "info"

  @OptionGroup var source: DatabaseAddressOptions

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard slots >= 1, (2...3600).contains(lease), (0...86_400).contains(grace) else {
      throw ValidationError(
        "--slots is positive, --lease within 2...3600, --grace within 0...86400")
    }
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError(
        "--log-level is one of " + Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
    }
  }

  func run() async throws {
    let settings = try options.settings()
    let folder = try files.map { path in
      guard let folder = JobFolder(path) else {
        Streams.complain("error TW-CLI-066: --files \(path): no such folder")
        throw ExitStatus.missing
      }
      return folder
    }
    let log = makeLog()
    let registry = PrometheusRegistry()
    let telemetry = WorkerTelemetry(log, registry)
    let network: NetworkInForce
    do {
      network = try NetworkInForce(settings, options)
    } catch let refusal as NetworkInForce.Refusal {
      for finding in refusal.findings { Streams.complain(finding) }
      throw ExitStatus.data
    }
    telemetry.tookEdition(network.edition)
    try await StoreFailure.told {
      let address = try source.address(settings)
      let reached = try await StoreOptions.reached(address, isQuiet: options.quiet)
      let catalogue = try QueryCatalogue.read(Home.path("sql/queries"))
      let pool = Pool(reached, PoolSettings(maximum: 8))
      let desk = Workplace(
        network, settings, options, pool: pool, queries: try catalogue.table(of: StoreQuery.self),
        folder: folder, database: address.conninfo)
      let worker = Worker(
        reached, try catalogue.table(of: JobQuery.self), kinds(desk, telemetry), behaviour(),
        observer: telemetry)
      defer { network.edition.background?.stop() }
      try await serve(worker, network, telemetry, registry, log)
      await pool.drain(patience: .seconds(2))
    }
  }

  private func serve(
    _ worker: Worker, _ network: NetworkInForce, _ telemetry: WorkerTelemetry,
    _ registry: PrometheusRegistry, _ log: Logger
  ) async throws {
    var services: [any Service] = []
    if port > 0 {
      services.append(
        OperationsServer(
          port: port, registry: registry, worker: worker, patience: .seconds(lease)))
    }
    services.append(ReloadService(network: network, telemetry: telemetry, log: log))
    // The last is told first: jobs end before what tells of them.
    var job = ServiceGroupConfiguration.ServiceConfiguration(
      service: JobService(worker: worker, grace: .seconds(grace)))
    job.successTerminationBehavior = .gracefullyShutdownGroup
    var configuration = ServiceGroupConfiguration(
      services: services.map { .init(service: $0) } + [job], logger: log)
    configuration.gracefulShutdownSignals = [.sigterm, .sigint]
    SecondSignal.watch(log)
    try await ServiceGroup(configuration: configuration).run()
  }

  private func kinds(_ desk: Workplace, _ telemetry: WorkerTelemetry) -> JobKinds {
    var kinds = JobKinds()
    QuoteKind.register(&kinds, desk)
    BookKind.register(&kinds, desk)
    TrackKind.register(&kinds, desk)
    ReplanKind.register(&kinds, desk)
    ReloadKind.register(&kinds, desk, telemetry)
    for kind in ProgramKind.all { kind.register(&kinds, desk) }
    return kinds
  }

  private func behaviour() -> WorkerSettings {
    var behaviour = WorkerSettings(
      queues: queue.isEmpty ? ["default"] : queue, fairQueues: Set(fairQueue), slots: slots,
      version: Version.text)
    behaviour.leaseTerm = .seconds(lease)
    return pooler ? behaviour.throughTransactionPooler : behaviour
  }

  private func makeLog() -> Logger {
    let level = Logger.Level(rawValue: logLevel) ?? .info
    var log = Logger(label: "tradewind.worker") { label in
      switch self.log {
      case .json: JSONLog(label, level: level)
      case .text: StreamLogHandler.standardError(label: label)
      }
    }
    log.logLevel = options.quiet ? .error : level
    return log
  }
}
