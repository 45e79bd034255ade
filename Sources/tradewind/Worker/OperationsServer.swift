import FlyingFox
import FlyingSocks
import Foundation
import JobQueue
import ServiceLifecycle

/// Answers `/metrics`, `/healthz` and `/readyz` on the loopback address.
///
/// - `/metrics`: everything counted, in Prometheus's text form.
/// - `/healthz`: 200 while the worker beats; 503 once it has not for a whole lease. A supervisor restarts it then.
/// - `/readyz`: 200 while it takes jobs; 503 before it has a lease and while it drains.
struct OperationsServer: Service {
  let port: UInt16
  let registry: PrometheusRegistry
  let worker: Worker
  /// After so long without a beat the worker counts as ill.
  let patience: Duration

  func run() async throws {
    let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled)
    await server.appendRoute("GET /metrics") { [registry] _ in
      HTTPResponse(
        statusCode: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: Data(registry.text.utf8))
    }
    await server.appendRoute("GET /healthz") { [worker, patience] _ in
      let health = worker.health
      let isWell = health.sinceBeat.map { $0 < patience } ?? true
      return OperationsServer.answer(isWell, isWell ? "ok" : "no beat for a whole lease")
    }
    await server.appendRoute("GET /readyz") { [worker] _ in
      let health = worker.health
      let isReady = health.lease != nil && !health.isDraining
      let word = isReady ? "ready" : health.isDraining ? "draining" : "no lease yet"
      return OperationsServer.answer(isReady, word)
    }
    // Goes on answering while the worker drains; it is stopped after it.
    try await withTaskCancellationOrGracefulShutdownHandler {
      do {
        try await server.run()
      } catch  where Task.isShuttingDownGracefully || Task.isCancelled {
        // A server that was told to stop says that its socket is gone.
      }
    } onCancelOrGracefulShutdown: {
      Task { await server.stop() }
    }
  }

  private static func answer(_ isGood: Bool, _ word: String) -> HTTPResponse {
    HTTPResponse(
      statusCode: isGood ? .ok : .serviceUnavailable,
      headers: [.contentType: "text/plain; charset=utf-8"], body: Data("\(word)\n".utf8))
  }
}
