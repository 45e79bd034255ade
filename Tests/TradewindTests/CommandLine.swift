import Foundation
import TestSupport

/// Runs the built `tradewind` as a process of its own, as a user would.
enum Tradewind {
  struct Outcome {
    let status: Int32
    let out: String
    let errors: String
  }

  /// The binary beside the tests; `TRADEWIND_BINARY` names another.
  static let binary: String = {
    if let named = ProcessInfo.processInfo.environment["TRADEWIND_BINARY"] { return named }
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    return Fixtures.root(above: #filePath) + "/.build/\(configuration)/tradewind"
  }()

  /// The clock every test pins.
  static let now = ["--now", "2026-11-20T09:00:00+08:00"]

  /// Runs with arguments in the repository's root; extra environment is laid over this process's.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Fixtures.root(above: #filePath))
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a full pipe would stop a process that nobody reads from yet.
    let files = ["out", "errors"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      out: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
  }
}
