import Foundation
import TestSupport
import Testing

/// The snapshot is a cache and nothing else: whatever is wrong with it, the answer stays the same.
@Suite struct SnapshotCacheTests {
  static let quote = [
    "quote", "CNYIU", "ES:28013", "480g", "--ready", "2026-11-20T17:30:00+08:00", "--json",
    "--pareto",
  ]

  private func run(_ cache: String, _ more: [String] = Tradewind.demo) throws -> Tradewind.Outcome {
    try Tradewind.run(SnapshotCacheTests.quote + more, environment: ["TRADEWIND_CACHE": cache])
  }

  private func snapshot(_ folder: ScratchFolder) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.count == 1, "\(names)")
    let name = try #require(names.first { $0.hasSuffix(".snapshot") })
    return folder.path + "/" + name
  }

  @Test("from files and from the snapshot the answer is the same, without a word")
  func sameAnswer() throws {
    let folder = try ScratchFolder()
    let first = try run(folder.path)
    let written = try Data(contentsOf: URL(fileURLWithPath: snapshot(folder)))
    let second = try run(folder.path)
    #expect(first.status == 0 && second.status == 0)
    #expect(first.out == second.out)
    #expect(first.errors == "" && second.errors == "")
    #expect(try Data(contentsOf: URL(fileURLWithPath: snapshot(folder))) == written)
  }

  enum Damage: String, CaseIterable {
    case empty, truncated, foreign, flippedBit, otherVersion, directory
  }

  @Test("a damaged snapshot is refused with a note and made anew", arguments: Damage.allCases)
  func damaged(_ damage: Damage) throws {
    let folder = try ScratchFolder()
    let good = try run(folder.path)
    let path = try snapshot(folder)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let whole = bytes
    switch damage {
    case .empty: bytes = Data()
    case .truncated: bytes = bytes.prefix(bytes.count / 2)
    case .foreign: bytes = Data("PK\u{3}\u{4} something else altogether".utf8)
    case .flippedBit: bytes[bytes.count - 100] ^= 4
    case .otherVersion: bytes[8] ^= 0x55
    case .directory: break
    }
    try FileManager.default.removeItem(atPath: path)
    if damage == .directory {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } else {
      try bytes.write(to: URL(fileURLWithPath: path))
    }
    let again = try run(folder.path)
    #expect(again.status == 0)
    #expect(again.out == good.out)
    #expect(again.errors.contains("TW-SNP-"), "no note: \(again.errors)")
    #expect(again.errors.contains(path), "\(again.errors)")
    #expect(
      try run(folder.path, Tradewind.demo + ["--quiet"]).errors == "", "quiet means quiet")
    guard damage != .directory else { return }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole)
    #expect(try run(folder.path).errors == "")
  }

  @Test("a snapshot of other files is stale: the new figures count at once")
  func stale() throws {
    let cache = try ScratchFolder()
    let network = try ScratchFolder()
    try network.copyDemo()
    let more = ["--network", network.path] + Tradewind.now
    let before = try run(cache.path, more)
    #expect(try run(cache.path, more).out == before.out)
    try network.edit("rate_cards.csv", "air,air,CNY", "air,air,EUR")
    let after = try run(cache.path, more)
    #expect(after.status == 0)
    #expect(after.out != before.out)
    let fresh = try ScratchFolder()
    #expect(try run(fresh.path, more).out == after.out)
    // A change of times alone, which only the network's own snapshot holds.
    try network.edit("departures.csv", "flight,1111111,23:00", "flight,1111111,21:00")
    let faster = try run(cache.path, more)
    #expect(faster.out != after.out)
    #expect(try run(cache.path, more).out == faster.out)
    // The clock in another week: the days written out move with it.
    let later = ["--network", network.path, "--now", "2026-11-30T09:00:00+08:00"]
    let moved = try run(cache.path, later)
    #expect(moved.status == 0)
    let anew = try ScratchFolder()
    #expect(try run(anew.path, later).out == moved.out)
  }

  @Test("a snapshot of another network under this one's name is refused")
  func swapped() throws {
    let cache = try ScratchFolder()
    let other = try ScratchFolder()
    let network = try ScratchFolder()
    try network.copyDemo()
    try network.edit("departures.csv", "flight,1111111,23:00", "flight,1111111,21:00")
    let good = try run(cache.path)
    _ = try run(other.path, ["--network", network.path] + Tradewind.now)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: snapshot(other)))
    try bytes.write(to: URL(fileURLWithPath: snapshot(cache)))
    let again = try run(cache.path)
    #expect(again.out == good.out)
    #expect(again.errors.contains("TW-SNP-009"), "\(again.errors)")
  }

  @Test(
    "a cache folder that cannot be written is no obstacle",
    arguments: ["/proc/tradewind", "/dev/null", "/dev/null/below"])
  func unwritable(_ path: String) throws {
    let folder = try ScratchFolder()
    let good = try run(folder.path)
    let outcome = try run(path)
    #expect(outcome.status == 0)
    #expect(outcome.out == good.out)
    #expect(outcome.errors.contains("TW-SNP-012"), "\(outcome.errors)")
    let doctor = try Tradewind.run(
      ["doctor"] + Tradewind.demo, environment: ["TRADEWIND_CACHE": path])
    #expect(doctor.status == 0)
    #expect(doctor.out.contains("not writable"))
  }
}
