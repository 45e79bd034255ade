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

  /// The small network whose answers can be worked out by hand.
  static let demo = ["--network", "demo"] + now

  /// This process's variables but for those that are settings: `TRADEWIND_*`, and libpq's `PG*`.
  static let environment = ProcessInfo.processInfo.environment.filter { variable in
    !variable.key.hasPrefix("TRADEWIND_") && !variable.key.hasPrefix("PG")
  }

  /// Runs with arguments in the repository's root; extra environment is laid over this process's.
  ///
  /// Settings of whoever runs the tests are left out, and every run has a cache folder of its own. With
  /// `memoryKilobytes` the process has no more address space than that.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], memoryKilobytes: Int? = nil
  ) throws -> Outcome {
    let process = Process()
    if let memoryKilobytes {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments =
        ["-c", "ulimit -v \(memoryKilobytes); exec \"$0\" \"$@\"", binary] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: binary)
      process.arguments = arguments
    }
    process.currentDirectoryURL = URL(fileURLWithPath: Fixtures.root(above: #filePath))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var inherited = Self.environment
    inherited["TRADEWIND_CACHE"] = folder.appendingPathComponent("cache").path
    process.environment = inherited.merging(environment) { $1 }
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

/// A folder that is gone when the test is over.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: Data) throws -> String {
    try bytes.write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }

  /// Copies the demo network here.
  func copyDemo() throws {
    let demo = Fixtures.root(above: #filePath) + "/config/networks/demo"
    for name in try FileManager.default.contentsOfDirectory(atPath: demo) {
      try FileManager.default.copyItem(atPath: demo + "/" + name, toPath: path + "/" + name)
    }
  }

  /// Replaces a text that stands in a file.
  func edit(_ name: String, _ old: String, _ new: String) throws {
    let text = try Fixtures.text(path + "/" + name)
    guard text.contains(old) else { fatalError("\(name) has no \(old)") }
    try write(name, text.replacingOccurrences(of: old, with: new))
  }
}
