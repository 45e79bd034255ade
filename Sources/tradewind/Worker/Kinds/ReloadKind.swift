import Fulfilment
import JobQueue
import PostgresClient

/// `reload`: the worker that gets it loads network and tariffs anew; quotes go on meanwhile, from the version before.
enum ReloadKind {
  static let name = "reload"

  struct Answer: Encodable {
    let network: String
    let edition: Int
  }

  static func register(
    _ kinds: inout JobKinds, _ desk: Workplace, _ telemetry: WorkerTelemetry
  ) {
    kinds.registerEach(name, timeout: .seconds(300), limit: .atOnce(1)) { _, _ in
      do {
        let edition = try desk.network.reload()
        telemetry.tookEdition(edition)
        return .done(
          result: JSONB(
            try JSONText.line(
              Answer(network: edition.versions.bundle, edition: edition.number))))
      } catch let refusal as NetworkInForce.Refusal {
        return .failed(Setback("bad_network", refusal.description))
      }
    }
  }
}
