import ArgumentParser
import Glibc
import JobQueue
import Logging
import ServiceLifecycle
import UnixSignals

/// Works off jobs; told to shut down, it drains within a time of grace.
struct JobService: Service {
  let worker: Worker
  let grace: Duration

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await worker.run()
    } onGracefulShutdown: {
      Task { await worker.drain(within: grace) }
    }
  }
}

/// Loads network and tariffs anew on SIGHUP, and when a day has ended for which the timetable was written out.
struct ReloadService: Service {
  let network: NetworkInForce
  let telemetry: WorkerTelemetry
  let log: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          for await _ in await UnixSignalsSequence(trapping: .sighup) { reload("SIGHUP") }
        }
        group.addTask {
          while (try? await Task.sleep(for: .seconds(60))) != nil {
            if (try? network.isOfAnEarlierDay()) == true { reload("a new day") }
          }
        }
      }
    }
  }

  /// What cannot be loaded leaves the network in force as it is.
  private func reload(_ why: String) {
    log.info("loading the network anew", metadata: ["why": "\(why)"])
    do {
      telemetry.tookEdition(try network.reload())
    } catch {
      log.error(
        "the network stays as it is", metadata: ["why": "\(why)", "error": "\(error)"])
    }
  }
}

/// A second SIGTERM or SIGINT ends the process at once, and leaves its leases to run out; the first one drains.
enum SecondSignal {
  /// Watches for as long as the process lives.
  static func watch(_ log: Logger) {
    Task {
      var count = 0
      for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
        count += 1
        guard count > 1 else { continue }
        log.warning("second signal: leaving at once", metadata: ["signal": "\(signal)"])
        _exit(ExitStatus.tryAgain.rawValue)
      }
    }
  }
}
