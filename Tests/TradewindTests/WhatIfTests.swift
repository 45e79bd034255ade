import Foundation
import TestSupport
import Testing

/// `whatif`: events as flags, quotes from arguments, a batch or a file of quotes.
@Suite struct WhatIfTests {
  static let parcel = ["O-YIWU", "ES:28013", "480g", "--ready", "2026-11-20T17:30", "--quiet"]
  static let cancelled = ["--cancel", "air@2026-11-24"]

  @Test(
    "the whole text of the command on the demo network",
    arguments: [
      ("whatif.txt", parcel + cancelled),
      ("whatif.json", parcel + cancelled + ["--json"]),
      ("whatif.csv", parcel + cancelled + ["--csv", "--restrict", "sea@over:400g"]),
      (
        "whatif-many.txt",
        parcel + [
          "--delay", "air@2026-11-24:+4h", "--full", "sea@2026-11-26", "--close",
          "C-RTM@2026-12-28..2026-12-30", "--add", "sea@2026-11-25T18:00/28d", "--delay",
          "truck-lgg-mad@2026-11-25:+90m:moved",
        ]
      ),
    ] as [(String, [String])])
  func golden(_ name: String, _ arguments: [String]) throws {
    let outcome = try Tradewind.run(["whatif"] + arguments + Tradewind.demo)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    try GoldenText.expect(outcome.out, equals: name)
  }

  private func impacts(_ arguments: [String], status: Int32 = 0) throws -> [QuoteJSONTests.Object] {
    let outcome = try Tradewind.run(["whatif", "--jsonl"] + arguments + Tradewind.demo)
    #expect(outcome.status == status, "\(outcome.errors)")
    return try outcome.out.split(separator: "\n").map { try QuoteJSONTests.object(String($0)) }
  }

  private func words(_ quote: QuoteJSONTests.Object) -> [String] {
    (quote["options"] as? [QuoteJSONTests.Object] ?? []).compactMap { $0["impact"] as? String }
  }

  @Test("a batch, and the quotes made of it, say the same as its rows one by one")
  func batchAndStored() throws {
    let folder = try ScratchFolder()
    let file = try folder.write(
      "in.csv",
      """
      id,from,to,weight,dims,ready
      a,O-YIWU,ES:28013,480g,,2026-11-20T17:30
      b,CNYIU,ES:08001,1.2kg,20x15x8cm,2026-11-24T12:00
      c,O-YIWU,ES:28013,31kg,,2026-11-20T17:30

      """)
    let stored = folder.path + "/quotes.jsonl"
    let made = try Tradewind.run(["quote", "--batch", file, "--out", stored] + Tradewind.demo)
    #expect(made.status == 0)
    let batch = try impacts(["--batch", file] + WhatIfTests.cancelled)
    let quotes = try impacts(["--quotes", stored] + WhatIfTests.cancelled)
    #expect(batch.count == 3)
    #expect(batch.map { $0["id"] as? String } == ["a", "b", "c"])
    #expect(NSArray(array: batch).isEqual(to: quotes))
    let single = try impacts(WhatIfTests.parcel + WhatIfTests.cancelled)
    #expect(words(single[0]) == ["unaffected", "late"])
    #expect(words(batch[0]) == words(single[0]))
    #expect(words(batch[2]).isEmpty)
    // One quote alone, over many lines.
    let one = try Tradewind.run(["quote"] + GoldenTests.parcel + ["--json"] + Tradewind.demo)
    let path = try folder.write("one.json", one.out)
    #expect(words(try impacts(["--quotes", path] + WhatIfTests.cancelled)[0]) == words(single[0]))
  }

  @Test("rows and lines that cannot be read are named, and the others are answered")
  func faultyRows() throws {
    let folder = try ScratchFolder()
    let file = try folder.write(
      "in.csv", "from,to,weight\nO-YIWU,ES:28013,480g\nO-YIWU,ES:99999,480g\n")
    let outcome = try Tradewind.run(
      ["whatif", "--jsonl", "--batch", file] + WhatIfTests.cancelled + Tradewind.demo)
    #expect(outcome.status == 65)
    #expect(outcome.out.split(separator: "\n").count == 1)
    #expect(outcome.errors.contains("in.csv:3: error TW-REQ-101"))
    let quotes = try folder.write(
      "q.jsonl", "{\"id\":\"a\",\"line\":2,\"error\":\"none\"}\n{\"id\":1}\n")
    let stored = try Tradewind.run(
      ["whatif", "--quotes", quotes] + WhatIfTests.cancelled + Tradewind.demo)
    #expect(stored.status == 65)
    #expect(stored.errors.contains("q.jsonl:2: error TW-REQ-114"))
    let broken = try folder.write("broken.jsonl", "{\"quote_id\":\n")
    let unread = try Tradewind.run(
      ["whatif", "--quotes", broken] + WhatIfTests.cancelled + Tradewind.demo)
    #expect(unread.status == 65)
    #expect(unread.errors.contains("broken.jsonl:1: error TW-REQ-114"))
  }

  @Test(
    "what is wrong is coded, with its exit status and what to do",
    arguments: [
      (parcel, 64, "TW-CLI-001", "--cancel LEG"),
      (cancelled, 64, "TW-CLI-001", "FROM TO WEIGHT"),
      (parcel + cancelled + ["--batch", "x.csv"], 64, "TW-CLI-001", "from a file"),
      (["--batch", "x.csv", "--quotes", "y"] + cancelled, 64, "TW-CLI-001", "exclude"),
      (["--quotes", "y", "--currency", "EUR"] + cancelled, 64, "TW-CLI-001", "keeps"),
      (["--batch", "missing.csv"] + cancelled, 66, "TW-CLI-066", "missing.csv"),
      (["--quotes", "missing.jsonl"] + cancelled, 66, "TW-CLI-066", "missing.jsonl"),
      (parcel + ["--cancel", "air"], 64, "TW-DIS-001", "LEG@2026-11-20"),
      (parcel + ["--delay", "air@2026-11-24"], 64, "TW-DIS-001", "+4h"),
      (parcel + ["--cancel", "ari@2026-11-24"], 64, "TW-DIS-002", "maybe air"),
      (parcel + ["--close", "H-MED@2026-11-24"], 64, "TW-DIS-003", "maybe H-MAD"),
      (parcel + ["--cancel", "sea@2026-11-27"], 64, "TW-DIS-004", "2026-11-26"),
      (parcel + ["--cancel", "air@2031-11-27"], 64, "TW-DIS-005", "outside the timetable"),
      (parcel + ["--full", "lm-28@2026-11-27"], 64, "TW-DIS-006", "no departures"),
      (parcel + ["--restrict", "air@over:10"], 64, "TW-REQ-002", "unit"),
    ] as [([String], Int32, String, String)])
  func faults(_ arguments: [String], _ status: Int32, _ code: String, _ part: String) throws {
    let outcome = try Tradewind.run(["whatif"] + arguments + Tradewind.demo)
    #expect(outcome.status == status)
    #expect(outcome.out == "")
    #expect(outcome.errors.contains("error \(code)") || outcome.errors.contains(code))
    #expect(outcome.errors.contains(part), "\(outcome.errors)")
  }

  @Test("all events at fault are named at once")
  func allFaults() throws {
    let outcome = try Tradewind.run(
      ["whatif"] + WhatIfTests.parcel
        + [
          "--cancel", "ari@2026-11-24", "--close", "H-MED@2026-11-24", "--cancel", "air@2026-11-24",
        ]
        + Tradewind.demo)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("TW-DIS-002"))
    #expect(outcome.errors.contains("TW-DIS-003"))
  }

  @Test("the examples of the help answer on the shipped world network")
  func examples() throws {
    let folder = try ScratchFolder()
    let help = try Tradewind.run(["whatif", "--help"])
    let examples = help.out.split(separator: "\n", omittingEmptySubsequences: false).drop {
      !$0.contains("Examples:")
    }.dropFirst()
      .prefix { $0.contains("tradewind whatif") }
    #expect(examples.count == 2)
    let quotes = try Tradewind.run(
      ["quote", "CNYIU", "ES:28013", "0.48kg", "--json"] + Tradewind.now)
    let path = try folder.write("quotes.jsonl", quotes.out)
    var impacts: [String] = []
    for example in examples {
      let arguments = example.split(separator: " ").dropFirst().map {
        $0 == "quotes.jsonl" ? path : String($0)
      }
      let outcome = try Tradewind.run(
        arguments + (arguments.contains("--json") ? [] : ["--json"]) + Tradewind.now)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let answer = try QuoteJSONTests.object(outcome.out)
      let summary = try #require(answer["summary"] as? QuoteJSONTests.Object)
      #expect(summary["options"] as? Int == 3)
      impacts.append("\(summary["unaffected"] ?? "")")
    }
    // Each breaks, or at least touches, something.
    #expect(!impacts.contains("3"), "\(impacts)")
  }
}
