import Foundation
import TestSupport
import Testing

/// Bad input gets one clear coded line and the right exit code, never a crash.
@Suite struct BadInputTests {
  /// A wrong request: what is wrong, the arguments, exit code, code of the line.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let arguments: [String]
    let status: Int32
    let code: String

    init(_ name: String, _ arguments: [String], _ status: Int32, _ code: String) {
      testDescription = name
      self.arguments = arguments
      self.status = status
      self.code = code
    }

    /// A quote that is right but for some arguments.
    static func quote(
      _ name: String, from: String = "CNYIU", to: String = "ES:28013", weight: String = "480g",
      _ more: [String], _ code: String
    ) -> Case {
      Case(name, ["quote", from, to, weight] + more + Tradewind.demo, 64, code)
    }
  }

  static let requests: [Case] = [
    .quote("unknown code", from: "CNXXX", [], "TW-REQ-101"),
    .quote("unknown prefix", to: "ES:99999", [], "TW-REQ-101"),
    .quote("unknown country", to: "QQ:1", [], "TW-REQ-101"),
    .quote("empty place", to: "", [], "TW-REQ-106"),
    .quote("no country before the colon", to: "ESP:1", [], "TW-REQ-106"),
    .quote("a control character in a place", to: "ES:\u{7}", [], "TW-REQ-106"),
    .quote("an endless place", to: String(repeating: "x", count: 100_000), [], "TW-REQ-106"),
    .quote("no unit", weight: "0.48", [], "TW-REQ-002"),
    .quote("unknown unit", weight: "4stone", [], "TW-REQ-003"),
    .quote("weight 0", weight: "0kg", [], "TW-REQ-004"),
    .quote("less than nothing", weight: "0.0000kg", [], "TW-REQ-004"),
    .quote("weight 10^9 kg", weight: "1000000000kg", [], "TW-REQ-005"),
    .quote("a weight beyond 64 bits", weight: "99999999999999999999999kg", [], "TW-REQ-00"),
    .quote("an exponent", weight: "1e3kg", [], "TW-REQ-00"),
    .quote("not a number", weight: "1..5kg", [], "TW-REQ-001"),
    .quote("no number at all", weight: "NaNkg", [], "TW-REQ-003"),
    .quote("two edges", ["--dims", "20x15cm"], "TW-REQ-006"),
    .quote("an edge of nothing", ["--dims", "0x15x8cm"], "TW-REQ-004"),
    .quote("edges without unit", ["--dims", "20x15x8"], "TW-REQ-002"),
    .quote("an edge of a kilometre", ["--dims", "100000x15x8cm"], "TW-REQ-005"),
    .quote("unknown class", ["--goods", "gold"], "TW-REQ-020"),
    .quote("value without currency", ["--value", "40"], "TW-REQ-022"),
    .quote("negative value", ["--value=-40EUR"], "TW-REQ-022"),
    .quote("no such currency", ["--value", "40ABC"], "TW-REQ-105"),
    .quote("half a yen", ["--value", "0.5JPY"], "TW-REQ-022"),
    .quote("a line of two parts", ["--line", "851830:2"], "TW-REQ-034"),
    .quote("an HS code of four digits", ["--line", "8518:2:30EUR"], "TW-REQ-030"),
    .quote("an HS code with letters", ["--line", "85183O:2:30EUR"], "TW-REQ-030"),
    .quote("no pieces", ["--line", "851830:0:30EUR"], "TW-REQ-031"),
    .quote("half a piece", ["--line", "851830:0.5:30EUR"], "TW-REQ-031"),
    .quote("a negative line", ["--line", "851830:2:-30EUR"], "TW-REQ-022"),
    .quote("a line beyond belief", ["--line", "851830:1000000:99999999EUR"], "TW-REQ-032"),
    .quote("a line in gold", ["--line", "851830:2:30XAU"], "TW-REQ-105"),
    .quote("a line from nowhere", ["--line", "851830:2:30EUR:Chna"], "TW-REQ-034"),
    .quote(
      "batteries in a parcel of general goods",
      ["--goods", "general", "--line", "850760:1:30EUR:alone"], "TW-REQ-035"),
    .quote(
      "batteries and liquids", ["--line", "850760:1:3EUR:alone", "--line", "330499:1:3EUR:liquid"],
      "TW-REQ-035"),
    .quote("an incoterm that is not offered", ["--incoterm", "EXW"], "TW-REQ-036"),
    .quote("a state of five letters", ["--state", "TEXAS"], "TW-REQ-037"),
    .quote("nobody's view", ["--view", "customs"], "TW-REQ-038"),
    .quote(
      "a programme no rule knows", ["--line", "851830:1:3EUR", "--programme", "ioss"],
      "TW-REQ-111"),
    .quote("costs for a buyer", ["--view", "buyer", "--pareto"], "--pareto"),
    .quote("no such quote currency", ["--currency", "XAU"], "TW-REQ-105"),
    .quote("30 February", ["--ready", "2026-02-30T10:00"], "TW-REQ-023"),
    .quote("25 o'clock", ["--ready", "2026-11-20T25:00"], "TW-REQ-023"),
    .quote("no time", ["--ready", "tomorrow"], "TW-REQ-023"),
    .quote("an impossible offset", ["--ready", "2026-11-20T10:00:00+99:00"], "TW-REQ-023"),
    .quote("level over 1", ["--service-level", "95"], "TW-REQ-007"),
    .quote("level not a number", ["--service-level", "high"], "TW-REQ-001"),
    .quote("no legs", ["--max-legs", "0"], "max-legs"),
    .quote("unknown flag", ["--fast"], "--fast"),
    Case(
      "one order to pool", ["quote", "--pool", GoldenTests.orders[0]] + Tradewind.demo, 64,
      "TW-REQ-112"),
    Case(
      "a pool of files that are none",
      ["quote", "--pool", GoldenTests.orders[0], "/none.json"]
        + Tradewind.demo, 66, "TW-CLI-066"),
    Case(
      "a pool and a parcel",
      ["quote", "CNYIU", "ES:28013", "1kg", "--pool", "a.json"]
        + Tradewind.demo, 64, "--pool"),
    Case(
      "a pool and a batch", ["quote", "--pool", "a.json", "--batch", "b.csv"] + Tradewind.demo, 64,
      "--batch"),
    Case(
      "a batch and a line",
      ["quote", "--batch", "b.csv", "--line", "851830:1:3EUR"]
        + Tradewind.demo, 64, "lines"),
    Case("no weight", ["quote", "CNYIU", "ES:28013"] + Tradewind.demo, 64, "FROM TO WEIGHT"),
    Case(
      "clock without offset", ["coverage", "--now", "2026-11-20T09:00", "--network", "demo"], 64,
      "TW-REQ-023"),
    Case("unknown verb", ["send"], 64, "send"),
    Case(
      "deadline on 31 April",
      ["promise", "CNYIU", "ES:28013", "1kg", "--deliver-by", "2026-04-31"] + Tradewind.demo, 64,
      "TW-REQ-024"),
    Case("no such calendar", ["calendar", "show", "XX"] + Tradewind.demo, 64, "TW-CAL-001"),
    Case(
      "a year out of reach", ["calendar", "show", "CN", "--year", "99999"] + Tradewind.demo, 64,
      "TW-CAL-002"),
    Case("no such node", ["network", "show", "nowhere"] + Tradewind.demo, 64, "TW-REQ-101"),
    Case(
      "no such network", ["quote", "CNYIU", "ES:28013", "1kg", "--network", "moon"], 66,
      "TW-CLI-070"),
    Case(
      "no such settings", ["network", "stats", "--config", "/none.toml"] + Tradewind.demo, 78,
      "TW-CLI-066"),
    Case(
      "no such mode", ["network", "export", "--mode", "pneumatic"] + Tradewind.demo, 64, "mode"),
  ]

  @Test("each bad request", arguments: requests)
  func request(_ bad: Case) throws {
    let outcome = try Tradewind.run(bad.arguments)
    #expect(outcome.status == bad.status, "\(outcome.errors)")
    #expect(outcome.out == "")
    #expect(outcome.errors.contains(bad.code), "\(outcome.errors)")
    #expect(outcome.errors.utf8.count < 2000, "an error is short")
    // Coded lines come alone, with at most a line of advice below.
    if bad.code.hasPrefix("TW-") {
      #expect(outcome.errors.hasPrefix("error \(bad.code)"), "\(outcome.errors)")
      #expect(outcome.errors.components(separatedBy: "error TW-").count == 2, "\(outcome.errors)")
    }
  }

  /// Europe: forward over 02:00 on 28 March 2027, back over it on 25 October 2026.
  @Test(
    "a local time that is skipped or comes twice is refused with what to write",
    arguments: [
      ("2027-03-28T02:30", "does not exist in Europe/Amsterdam"),
      ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"),
    ])
  func ambiguousTime(_ ready: String, _ words: String) throws {
    let now = ready.prefix(10) + "T00:00:00Z"
    let outcome = try Tradewind.run([
      "quote", "NLRTM", "ES:28013", "480g", "--ready", ready, "--network", "demo", "--now",
      String(now),
    ])
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error TW-REQ-103"))
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test("bytes that are not UTF-8 as an argument are no crash")
  func argumentNotUTF8() throws {
    let folder = try ScratchFolder()
    let script = try folder.write(
      "run.sh",
      Data("exec \"$0\" quote CNYIU 'ES:".utf8) + Data([0xFF, 0xC3])
        + Data("' 1kg --network demo\n".utf8))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [script, Tradewind.binary]
    let outcome = try Tradewind.run(["version"])
    #expect(outcome.status == 0)
    process.arguments = ["-c", ". '\(script)'", Tradewind.binary]
    process.currentDirectoryURL = URL(fileURLWithPath: Fixtures.root(above: #filePath))
    process.environment = ["TRADEWIND_CACHE": folder.path, "PATH": "/usr/bin:/bin"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 64)
  }

  @Test(
    "settings that are no number are refused with their name",
    arguments: [("TRADEWIND_MAX_LEGS", "many"), ("TRADEWIND_QUOTE_VALIDITY_MINUTES", "-1")])
  func settings(_ name: String, _ value: String) throws {
    let outcome = try Tradewind.run(["doctor"] + Tradewind.demo, environment: [name: value])
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("\(name)=\(value)"))
    let level = try Tradewind.run(
      ["quote", "CNYIU", "ES:28013", "1kg"] + Tradewind.demo,
      environment: ["TRADEWIND_SERVICE_LEVEL": "95"])
    #expect(level.errors.contains("TW-REQ-007"))
  }

  /// A sparse file: a gibibyte of zeros on a single line, next to nothing on the disk.
  private func gibibyte(_ path: String) throws {
    try Data().write(to: URL(fileURLWithPath: path))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.truncate(atOffset: 1 << 30)
    try file.close()
  }

  @Test("a line of a gibibyte is refused at once, with a code and little memory")
  func endlessLine() throws {
    let folder = try ScratchFolder()
    try folder.copyDemo()
    let legs = folder.path + "/legs.csv"
    try FileManager.default.removeItem(atPath: legs)
    try gibibyte(legs)
    for verb in [["network", "validate"], ["quote", "CNYIU", "ES:28013", "1kg"]] {
      let outcome = try Tradewind.run(
        verb + ["--network", folder.path] + Tradewind.now, memoryKilobytes: 900_000)
      #expect(outcome.status == 65, "\(outcome.errors)")
      #expect((outcome.errors + outcome.out).contains("error TW-"), "\(outcome.errors)")
      #expect((outcome.errors + outcome.out).contains("legs.csv"), "\(outcome.errors)")
    }
    let batch = try Tradewind.run(
      ["quote", "--batch", legs] + Tradewind.demo, memoryKilobytes: 900_000)
    #expect(batch.status == 65, "\(batch.errors)")
    #expect(batch.errors.contains("error TW-"), "\(batch.errors)")
  }

  @Test("a line of some mebibytes is refused by its length, not by the file's")
  func longLine() throws {
    let folder = try ScratchFolder()
    try folder.copyDemo()
    let line = Data(repeating: UInt8(ascii: "x"), count: 8 << 20)
    try folder.write("legs.csv", line)
    let validate = try Tradewind.run(
      ["network", "validate", "--network", folder.path] + Tradewind.now)
    #expect(validate.status == 65)
    #expect(validate.out.contains("error TW-CSV-002: legs.csv:1"), "\(validate.out.prefix(500))")
    let batch = try Tradewind.run(["quote", "--batch", folder.path + "/legs.csv"] + Tradewind.demo)
    #expect(batch.status == 65)
    #expect(batch.errors.contains("TW-CSV-002"))
    #expect(batch.errors.utf8.count < 2000)
  }

  @Test("every kind of file that is no file")
  func noFiles() throws {
    let folder = try ScratchFolder()
    let unknown = try Tradewind.run(["quote", "--batch", folder.path] + Tradewind.demo)
    #expect(unknown.status == 66)
    #expect(unknown.errors.hasPrefix("error TW-CLI-067"))
    let empty = try Tradewind.run(
      ["network", "validate", "--network", folder.path] + Tradewind.now)
    #expect(empty.status == 65)
    #expect(empty.out.contains("TW-BND-001"))
    #expect(empty.out.contains("legs.csv"))
  }
}
