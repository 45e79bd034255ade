import Foundation
import TestSupport
import Testing

/// A command line that cannot be understood: one coded line, the usage below it, exit 64.
@Suite struct UsageErrorTests {
  /// A command line with what its first line says and what its usage names.
  struct Case: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let words: String
    let usage: String

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases: [Case] = [
    Case(arguments: ["send"], words: "send", usage: "tradewind"),
    Case(arguments: ["--fast"], words: "--fast", usage: "tradewind"),
    Case(
      arguments: ["quote", "CNYIU", "ES:28013", "1kg", "--fast"], words: "--fast",
      usage: "tradewind quote"),
    Case(arguments: ["quote", "CNYIU"], words: "FROM TO WEIGHT", usage: "tradewind quote"),
    Case(
      arguments: ["quote", "CNYIU", "ES:28013", "1kg", "more"], words: "more",
      usage: "tradewind quote"),
    Case(
      arguments: ["quote", "CNYIU", "ES:28013", "1kg", "--max-legs", "0"], words: "max-legs",
      usage: "tradewind quote"),
    Case(
      arguments: ["calendar", "show", "CN", "--year", "soon"], words: "soon",
      usage: "tradewind calendar show"),
    Case(
      arguments: ["promise", "CNYIU", "ES:28013", "1kg"], words: "--deliver-by",
      usage: "tradewind promise"),
    Case(
      arguments: ["network", "export", "--mode", "pneumatic"], words: "pneumatic",
      usage: "tradewind network export"),
    Case(
      arguments: ["network", "stats", "--now"], words: "--now", usage: "tradewind network stats"),
  ]

  @Test("each unusable command line", arguments: cases)
  func unusable(_ bad: Case) throws {
    let outcome = try Tradewind.run(bad.arguments)
    #expect(outcome.status == 64)
    #expect(outcome.out == "")
    let lines = outcome.errors.split(separator: "\n")
    let first = try #require(lines.first)
    #expect(first.hasPrefix("error TW-CLI-001: "), "\(outcome.errors)")
    #expect(first.contains(bad.words), "\(outcome.errors)")
    #expect(!first.contains("Error:"), "\(outcome.errors)")
    #expect(lines.contains { $0.contains("Usage: \(bad.usage) ") }, "\(outcome.errors)")
    #expect(outcome.errors.contains("--help"), "\(outcome.errors)")
    #expect(outcome.errors.components(separatedBy: "error TW-").count == 2, "\(outcome.errors)")
  }

  @Test("an argument without end is not repeated in full")
  func endlessArgument() throws {
    let outcome = try Tradewind.run(["send" + String(repeating: "x", count: 100_000)])
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error TW-CLI-001: "))
    #expect(outcome.errors.utf8.count < 2000)
  }

  @Test("help is no error, wherever it is asked for")
  func help() throws {
    for arguments in [[], ["--help"], ["quote", "--help"], ["help", "network"], ["network"]] {
      let outcome = try Tradewind.run(arguments)
      #expect(outcome.status == 0, "\(arguments)")
      #expect(outcome.errors == "", "\(arguments)")
      #expect(outcome.out.contains("USAGE: tradewind"), "\(arguments)")
    }
  }

  @Test("a folder that cannot be made is named, not reported as our defect")
  func unwritableFolder() throws {
    let outcome = try Tradewind.run(["network", "build", "--out", "/dev/null/world"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.hasPrefix("error TW-CLI-069: /dev/null/world"), "\(outcome.errors)")
  }

  @Test("an error with its own code is told once")
  func ownCode() throws {
    let outcome = try Tradewind.run(["quote", "CNYIU", "ES:28013", "1stone"] + Tradewind.demo)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error TW-REQ-003"))
    #expect(!outcome.errors.contains("TW-CLI-001"))
  }
}
