import TestSupport
import Testing

/// `--verbose` says on standard error where network, snapshot and time went, and changes no answer.
@Suite struct NarrationTests {
  static let verbs: [[String]] = [
    ["quote", "CNYIU", "ES:28013", "1kg"], ["explain", "CNYIU", "ES:28013", "1kg"],
    ["promise", "CNYIU", "ES:28013", "1kg", "--deliver-by", "2026-12-10"],
    ["network", "show", "sea"], ["network", "validate"], ["network", "export"],
    ["calendar", "show", "CN"], ["coverage"], ["doctor"],
  ]

  @Test("each command that reads a network", arguments: verbs)
  func notes(_ verb: [String]) throws {
    let folder = try ScratchFolder()
    let cache = ["TRADEWIND_CACHE": folder.path]
    let plain = try Tradewind.run(verb + Tradewind.demo, environment: cache)
    let verbose = try Tradewind.run(verb + ["--verbose"] + Tradewind.demo, environment: cache)
    #expect(verbose.status == plain.status)
    #expect(verbose.out == plain.out)
    #expect(!plain.errors.contains("note: network"))
    let notes = verbose.errors.split(separator: "\n").filter { $0.hasPrefix("note: ") }
    #expect(notes.first?.contains("config/networks/demo, named by --network") == true, "\(notes)")
    #expect(notes.last?.hasSuffix(" ms in all") == true, "\(notes)")
  }

  @Test("the snapshot is named when it is written and when it is mapped")
  func snapshot() throws {
    let folder = try ScratchFolder()
    func notes() throws -> String {
      try Tradewind.run(
        ["quote", "CNYIU", "ES:28013", "1kg", "--verbose"] + Tradewind.demo,
        environment: ["TRADEWIND_CACHE": folder.path]
      ).errors
    }
    let first = try notes()
    #expect(first.contains("network read from its files"), "\(first)")
    #expect(first.contains("snapshot written to \(folder.path)/"), "\(first)")
    let second = try notes()
    #expect(second.contains("network mapped from \(folder.path)/"), "\(second)")
    #expect(second.contains("tariff of 7 rate cards read in "), "\(second)")
  }

  @Test("quiet and verbose exclude each other")
  func exclusive() throws {
    let outcome = try Tradewind.run(
      ["quote", "CNYIU", "ES:28013", "1kg", "--quiet", "--verbose"] + Tradewind.demo)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error TW-CLI-001: --quiet and --verbose"))
  }
}
