import Foundation
import TestSupport
import Testing

/// What the README shows is what the program prints.
@Suite struct ReadmeTests {
  @Test("every transcript of the README is reproduced to the letter")
  func transcripts() throws {
    let readme = try Fixtures.text(Fixtures.root(above: #filePath) + "/README.md")
    let blocks = readme.components(between: "```\n$ tradewind ", and: "```")
    #expect(!blocks.isEmpty)
    for block in blocks {
      let lines = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let outcome = try Tradewind.run(lines[0].split(separator: " ").map(String.init))
      #expect(outcome.out == (lines.count > 1 ? String(lines[1]) : ""))
    }
  }

  @Test("the price the README takes apart is the one the program prints")
  func priceTable() throws {
    let readme = try Fixtures.text(Fixtures.root(above: #filePath) + "/README.md")
    let outcome = try Tradewind.run(
      ["quote", "CNYIU", "ES:28013", "0.48kg", "--goods", "battery", "--line", "851830:2:20EUR"]
        + ["--ready", "2026-11-20T17:30"] + Tradewind.now)
    let table = try #require(
      outcome.out.components(separatedBy: "\n\n").first { $0.contains("    PRICE    RULE") })
    #expect(readme.contains(table))
  }

  @Test("one minute past the cut-off moves the dates as the README says")
  func oneMinute() throws {
    let readme = try Fixtures.text(Fixtures.root(above: #filePath) + "/README.md")
    let outcome = try Tradewind.run(
      ["quote", "CNYIU", "ES:28013", "0.48kg", "--goods", "battery", "--ready", "2026-11-20T17:01"]
        + Tradewind.now)
    let table = outcome.out.split(separator: "\n\n")[1]
    #expect(readme.contains(table))
  }
}

extension String {
  /// The texts between each opening and the next closing mark.
  fileprivate func components(between opening: String, and closing: String) -> [String] {
    var parts: [String] = []
    for part in split(separator: opening, omittingEmptySubsequences: false).dropFirst() {
      if let end = part.ranges(of: closing).first { parts.append(String(part[..<end.lowerBound])) }
    }
    return parts
  }
}
