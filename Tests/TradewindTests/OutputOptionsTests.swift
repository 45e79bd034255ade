import CSVTables
import Foundation
import LogisticsModel
import TestSupport
import Testing

/// `--csv` beside `--json`: the same content, readable by any CSV reader.
@Suite struct OutputOptionsTests {
  /// Runs with `--csv` and reads the answer back.
  private static func table(
    _ arguments: [String], status: Int32 = 0
  ) throws -> (header: [String], rows: [[String]]) {
    let outcome = try Tradewind.run(arguments + ["--csv"] + Tradewind.demo)
    #expect(outcome.status == status, "\(outcome.errors)")
    var findings: [Finding] = []
    let table = try #require(
      CSVTable.parse(Array(outcome.out.utf8), file: "out.csv", findings: &findings))
    #expect(findings.isEmpty, "\(findings)")
    let rows = (0..<table.rowCount).map { row in
      table.header.indices.map { table.text(row, $0) }
    }
    return (table.header, rows)
  }

  private static func document(_ arguments: [String]) throws -> QuoteJSONTests.Object {
    try QuoteJSONTests.object(try Tradewind.run(arguments + ["--json"] + Tradewind.demo).out)
  }

  @Test("the legs of a node")
  func node() throws {
    let table = try OutputOptionsTests.table(["network", "show", "H-MAD"])
    #expect(
      table.header == [
        "direction", "leg", "from", "to", "stage", "mode", "kind", "price_basis", "time_basis",
      ])
    #expect(
      table.rows.map { $0[0...3].joined(separator: " ") } == [
        "leaving lm-28 H-MAD Z-ES-28", "leaving lm-08 H-MAD Z-ES-08",
        "arriving truck-lgg-mad C-LGG H-MAD", "arriving truck-rtm-mad C-RTM H-MAD",
      ])
    let document = try OutputOptionsTests.document(["network", "show", "H-MAD"])
    #expect(document["node"] as? String == "H-MAD")
    #expect((document["legs"] as? [QuoteJSONTests.Object])?.count == 4)
  }

  /// The ship sails Thursday 18:00 and takes what is there two days before.
  @Test("the next departures of a leg, each with its cut-off")
  func leg() throws {
    let table = try OutputOptionsTests.table(["network", "show", "sea"])
    #expect(table.header == ["leg", "weekday", "departs", "cut_off", "zone"])
    #expect(table.rows.count == 10)
    #expect(
      table.rows.first
        == ["sea", "Thu", "2026-11-26T18:00", "2026-11-24T18:00", "Asia/Shanghai"])
    let document = try OutputOptionsTests.document(["network", "show", "sea"])
    #expect(document["handling_min"] as? Int == 2880)
    #expect((document["departures"] as? [QuoteJSONTests.Object])?.count == 10)
  }

  /// 17:00 is the cut-off the table names for the collection; that minute makes it, the next does not.
  @Test("a printed cut-off is the last minute that makes the departure")
  func cutOffIsSharp() throws {
    let rows = try OutputOptionsTests.table(["network", "show", "pickup"]).rows
    let cutOff = try #require(rows.first?[3])
    #expect(cutOff == "2026-11-20T17:00")
    func collected(_ ready: String) throws -> String {
      let quote = try OutputOptionsTests.document([
        "quote", "CNYIU", "ES:28013", "480g", "--ready", ready,
      ])
      let options = try #require(quote["options"] as? [QuoteJSONTests.Object])
      let legs = try #require(options.first?["legs"] as? [QuoteJSONTests.Object])
      return try #require(legs.first?["depart"] as? String)
    }
    #expect(try collected(cutOff).hasPrefix("2026-11-20T17:00"))
    #expect(try collected("2026-11-20T17:01").hasPrefix("2026-11-23T17:00"))
  }

  @Test("the special days of a calendar")
  func calendar() throws {
    let arguments = ["calendar", "show", "deliver-ES", "--year", "2026"]
    let table = try OutputOptionsTests.table(arguments)
    #expect(table.header == ["date", "weekday", "kind", "name"])
    let days = try #require(
      try OutputOptionsTests.document(arguments)["days"] as? [QuoteJSONTests.Object])
    #expect(!days.isEmpty)
    #expect(table.rows.map { $0[0] } == days.map { $0["date"] as? String })
  }

  @Test("statistics, one figure a row")
  func statistics() throws {
    let table = try OutputOptionsTests.table(["network", "stats"])
    #expect(table.header == ["figure", "of", "value"])
    for row in [["nodes", "", "11"], ["legs_by_mode", "road", "7"], ["rate_cards", "", "7"]] {
      #expect(table.rows.contains(row), "\(row)")
    }
  }

  @Test("coverage, one gap a row; without gaps the header alone")
  func coverage() throws {
    let arguments = ["coverage", "--from", "CNYIU", "--weight", "31kg"]
    let table = try OutputOptionsTests.table(arguments)
    #expect(table.header == ["origin", "destination", "tiers", "code", "rule", "message"])
    #expect(table.rows.map { $0[1] } == ["Z-ES-28", "Z-ES-08"])
    #expect(table.rows.allSatisfy { $0[2] == "economy+standard+premium" && $0[3] == "too_heavy" })
    #expect(try OutputOptionsTests.table(["coverage"]).rows.isEmpty)
  }

  @Test("findings, with their place; the exit code stays")
  func validate() throws {
    let folder = try ScratchFolder()
    try folder.copyDemo()
    try folder.edit("legs.csv", "air,A-PVG,A-LGG", "air,A-PVG,A-LGX")
    let outcome = try Tradewind.run(
      ["network", "validate", "--csv", "--network", folder.path] + Tradewind.now)
    #expect(outcome.status == 65)
    let lines = outcome.out.split(separator: "\n")
    #expect(lines.first == "severity,code,file,line,column,message")
    #expect(lines.contains { $0.hasPrefix("error,TW-BND-017,legs.csv,5,3,") })
  }

  /// Each line by itself is what an element of the list in --json is; the CSV has as many rows.
  @Test(
    "the list as JSON, one value a line",
    arguments: [
      (["network", "show", "H-MAD"], "legs"), (["network", "show", "sea"], "departures"),
      (["calendar", "show", "deliver-ES", "--year", "2026"], "days"),
      (["coverage", "--from", "CNYIU", "--weight", "31kg"], "gaps"), (["network", "stats"], ""),
    ])
  func lines(_ arguments: [String], _ key: String) throws {
    let outcome = try Tradewind.run(arguments + ["--jsonl"] + Tradewind.demo)
    #expect(outcome.status == 0)
    let lines = outcome.out.split(separator: "\n").map(String.init)
    #expect(lines.count == (try OutputOptionsTests.table(arguments)).rows.count)
    let objects = try lines.map { NSDictionary(dictionary: try QuoteJSONTests.object($0)) }
    #expect(!objects.isEmpty)
    guard !key.isEmpty else { return }
    let list = try #require(
      try OutputOptionsTests.document(arguments)[key] as? [QuoteJSONTests.Object])
    #expect(objects == list.map { NSDictionary(dictionary: $0) })
  }

  @Test("one shape at a time")
  func exclusive() throws {
    for verb in [["coverage"], ["network", "stats"], ["calendar", "show", "CN"]] {
      for shapes in [["--json", "--csv"], ["--json", "--jsonl"], ["--jsonl", "--csv"]] {
        let outcome = try Tradewind.run(verb + shapes + Tradewind.demo)
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("error TW-CLI-001: --json, --jsonl and --csv"))
      }
    }
  }
}
