import CoreMetrics
import Fulfilment
import JobQueue
import Logging

/// Counts and logs what a worker does.
final class WorkerTelemetry: WorkerObserver {
  private let log: Logger
  private let metrics: any MetricsFactory

  /// Names of the metrics, and what they are.
  static let names: [(name: String, help: String)] = [
    ("tradewind_jobs_total", "Jobs settled, by kind and outcome."),
    ("tradewind_job_duration_seconds", "Time a handler took for a batch, by kind."),
    ("tradewind_queue_depth", "Jobs due and waiting, counted to 100000 at most."),
    ("tradewind_queue_oldest_age_seconds", "For how long the oldest waiting job has been due."),
    ("tradewind_worker_events_total", "What happened to the worker, by event."),
    ("tradewind_network_edition", "Number of the network in force; grows with each reload."),
    ("tradewind_horizon_held_transactions", "Transactions since dead rows could last be removed."),
  ]

  init(_ log: Logger, _ registry: PrometheusRegistry) {
    self.log = log
    metrics = registry
    for metric in WorkerTelemetry.names { registry.describe(metric.name, metric.help) }
  }

  func settled(kind: String, outcomes: [String: Int], duration: Duration) {
    for (outcome, count) in outcomes {
      metrics.makeCounter(
        label: "tradewind_jobs_total", dimensions: [("kind", kind), ("outcome", outcome)]
      ).increment(by: Int64(count))
    }
    metrics.makeTimer(label: "tradewind_job_duration_seconds", dimensions: [("kind", kind)])
      .recordNanoseconds(duration.nanoseconds)
    if outcomes.keys.contains(where: { !["done", "snoozed"].contains($0) }) {
      log.warning("jobs not done", metadata: .jobs(kind, outcomes, duration))
    } else {
      log.debug("jobs settled", metadata: .jobs(kind, outcomes, duration))
    }
  }

  func measured(queue: String, depth: Int, oldest: Duration?) {
    let dimensions = [("queue", queue)]
    metrics.makeMeter(label: "tradewind_queue_depth", dimensions: dimensions).set(Int64(depth))
    metrics.makeMeter(label: "tradewind_queue_oldest_age_seconds", dimensions: dimensions)
      .set(oldest.map { Double($0.nanoseconds) / 1e9 } ?? 0)
  }

  /// Another network is in force.
  func tookEdition(_ edition: NetworkInForce.Edition) {
    metrics.makeMeter(label: "tradewind_network_edition", dimensions: []).set(Int64(edition.number))
    log.info(
      "network in force",
      metadata: ["network": "\(edition.versions.bundle)", "edition": "\(edition.number)"])
  }

  func happened(_ event: WorkerEvent) {
    metrics.makeCounter(
      label: "tradewind_worker_events_total", dimensions: [("event", event.word)]
    ).increment(by: 1)
    switch event {
    case .registered(let lease): log.info("working", metadata: ["lease": "\(lease)"])
    case .fenced(let lease):
      log.warning("lease not to be trusted: beginning anew", metadata: ["lease": "\(lease)"])
    case .draining: log.info("draining: no more jobs are taken")
    case .stopped: log.info("stopped")
    case .rescued(let leases):
      log.warning("took over from workers that had stopped", metadata: ["leases": "\(leases)"])
    case .fired(let count): log.info("schedules fired", metadata: ["jobs": "\(count)"])
    case .horizonHeld(let transactions, let holder):
      metrics.makeMeter(label: "tradewind_horizon_held_transactions", dimensions: [])
        .set(transactions)
      log.warning(
        "something keeps dead rows from being removed",
        metadata: ["transactions": "\(transactions)", "holder": "\(holder)"])
    case .setback(let what, let error):
      log.warning("tried again", metadata: ["what": "\(what)", "error": "\(error)"])
    }
  }
}

extension Logger.Metadata {
  fileprivate static func jobs(
    _ kind: String, _ outcomes: [String: Int], _ duration: Duration
  ) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "kind": "\(kind)", "ms": "\(Double(duration.nanoseconds / 1000) / 1000)",
    ]
    for (outcome, count) in outcomes { metadata[outcome] = "\(count)" }
    return metadata
  }
}

extension Duration {
  /// Whole nanoseconds.
  fileprivate var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}

extension WorkerEvent {
  fileprivate var word: String {
    switch self {
    case .registered: "registered"
    case .fenced: "fenced"
    case .draining: "draining"
    case .stopped: "stopped"
    case .rescued: "rescued"
    case .fired: "fired"
    case .horizonHeld: "horizon_held"
    case .setback: "setback"
    }
  }
}
