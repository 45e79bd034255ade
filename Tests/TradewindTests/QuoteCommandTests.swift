import Foundation
import TestSupport
import Testing

@Suite struct QuoteCommandTests {
  @Test("a damaged snapshot is refused aloud and built again; no byte of the answer changes")
  func damagedSnapshot() throws {
    let cache = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: cache) }
    let arguments =
      ["quote", "CNYIU", "ES:28013", "0.48kg", "--network", "demo"]
      + ["--ready", "2026-11-20T10:00:00+08:00"] + Tradewind.now
    func run(_ more: String...) throws -> Tradewind.Outcome {
      try Tradewind.run(arguments + more, environment: ["TRADEWIND_CACHE": cache.path])
    }
    let fresh = try run()
    #expect(fresh.status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: cache.path)
    let snapshot = cache.appendingPathComponent(try #require(names.first))
    try Data("no snapshot".utf8).write(to: snapshot)
    let again = try run()
    #expect(again.out == fresh.out)
    #expect(again.errors.contains("warning TW-SNP-"))
    let mapped = try run()
    #expect(mapped.out == fresh.out)
    #expect(mapped.errors.isEmpty)
    try Data("no snapshot".utf8).write(to: snapshot)
    #expect(try run("--quiet").errors.isEmpty)
  }

  @Test("an answer that cannot be written is no success")
  func fullDisk() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Tradewind.binary)
    process.arguments = ["version"]
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: "/dev/full"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }

  @Test("a bundle out of date says so with every quote")
  func bundleOutOfDate() throws {
    let outcome = try Tradewind.run([
      "quote", "CNYIU", "ES:28013", "1kg", "--ready", "2030-01-07T09:00:00+08:00",
    ])
    #expect(outcome.errors.contains("TW-BND-041"))
  }
}
