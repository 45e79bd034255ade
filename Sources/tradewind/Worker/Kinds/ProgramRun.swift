import ArgumentParser
import Foundation
import JobQueue
import PostgresClient

/// One run of the program itself as another process.
struct ProgramRun {
  let arguments: [String]
  /// Laid over the worker's own.
  let environment: [String: String]

  /// How a run ended.
  struct Ended {
    let status: Int32
    let output: String
    let errors: String

    /// What it means for the job, by the exit statuses of the README.
    var outcome: Outcome {
      switch status {
      case 0, ExitStatus.refused.rawValue, ExitStatus.gate.rawValue:
        .done(result: JSONB(result))
      case ExitStatus.usage.rawValue, ExitStatus.data.rawValue, ExitStatus.missing.rawValue,
        ExitStatus.configuration.rawValue:
        .failed(Setback("exit_\(status)", errors))
      default: .retry(Setback("exit_\(status)", errors))
      }
    }

    /// What it printed, where that is JSON, with the status beside it where that is not 0.
    private var result: String {
      let isDocument = (try? JSONSerialization.jsonObject(with: Data(output.utf8))) != nil
      let document = isDocument ? output.trimmingCharacters(in: .whitespacesAndNewlines) : "null"
      return "{\"exit\":\(status),\"output\":\(document)}"
    }
  }

  /// Runs it to its end, or until it is to stop: it is then asked to, and after five seconds made to.
  func run(isOver: @escaping @Sendable () -> Bool) async throws -> Ended {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tradewind-job-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: nobody has to empty them while the process runs.
    let output = folder.appendingPathComponent("out")
    let errors = folder.appendingPathComponent("err")
    for file in [output, errors] {
      guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
        throw JobFault(code: "no_room", message: "\(folder.path) cannot be written")
      }
    }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    var asked: ContinuousClock.Instant?
    while process.isRunning {
      if isOver() || Task.isCancelled {
        if let asked, asked.duration(to: .now) > .seconds(5) {
          kill(process.processIdentifier, SIGKILL)
        } else if asked == nil {
          asked = .now
          process.terminate()
        }
      }
      // A cancelled task does not sleep; the process is given its time all the same.
      try? await Task.detached { try await Task.sleep(for: .milliseconds(20)) }.value
    }
    return Ended(
      status: process.terminationReason == .exit ? process.terminationStatus : 1,
      output: try String(decoding: Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors).suffix(2000), as: UTF8.self))
  }
}
