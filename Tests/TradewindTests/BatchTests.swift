import Foundation
import TestSupport
import Testing

/// `quote --batch`: a file in, a line out for every row, in order.
@Suite struct BatchTests {
  static let rows = """
    id,from,to,weight,dims,goods,value,ready
    a,CNYIU,ES:28013,0.48kg,20x15x8cm,general,,2026-11-20T17:30
    b,CNYIU,ES:08001,480g,,battery,40EUR,2026-11-20T17:30:00+08:00
    c,CNYIU,ES:99999,480g,,general,,
    d,CNYIU,ES:28013,480,,general,,
    e,CNYIU,ES:28013,31kg,,general,,
    ,CNYIU,ES:28013,480g,,gold,,
    g,CNYIU,ES:28013,480g,,general,,2026-02-30T10:00
    h,CNYIU,ES:28013,480g,10x10cm,general,,

    """

  private func lines(_ text: String) throws -> [QuoteJSONTests.Object] {
    try text.split(separator: "\n").map { try QuoteJSONTests.object(String($0)) }
  }

  @Test("answers every row in order, with a coded error where a row is malformed")
  func answersEveryRow() throws {
    let folder = try ScratchFolder()
    let file = try folder.write("in.csv", BatchTests.rows)
    let out = folder.path + "/out.jsonl"
    let outcome = try Tradewind.run(["quote", "--batch", file, "--out", out] + Tradewind.demo)
    #expect(outcome.status == 65)
    #expect(outcome.out == "")
    #expect(outcome.errors.contains("5 of 8 requests are malformed"))
    let answers = try lines(Fixtures.text(out))
    #expect(answers.map { $0["id"] as? String } == ["a", "b", "c", "d", "e", "6", "g", "h"])
    let codes = answers.map { answer in
      (answer["error"] as? String).map { String($0.dropFirst(6).prefix(10)) } ?? "quote"
    }
    #expect(
      codes == [
        "quote", "quote", "TW-REQ-101", "TW-REQ-002", "quote", "TW-REQ-020", "TW-REQ-023",
        "TW-REQ-006",
      ])
    #expect(answers[3]["line"] as? Int == 5)
    // A request nothing can carry is a quote without options, not an error.
    let heavy = try #require(answers[4]["quote"] as? QuoteJSONTests.Object)
    #expect((heavy["options"] as? [Any])?.isEmpty == true)
  }

  @Test("a row is quoted as the single command quotes it")
  func equalsSingle() throws {
    let folder = try ScratchFolder()
    let file = try folder.write(
      "in.csv", BatchTests.rows.split(separator: "\n").prefix(2).joined(separator: "\r\n"))
    let batch = try Tradewind.run(["quote", "--batch", file] + Tradewind.demo)
    #expect(batch.status == 0)
    #expect(batch.errors == "")
    let answers = try lines(batch.out)
    let line = try #require(answers.first)
    let quote = try #require(line["quote"] as? QuoteJSONTests.Object)
    let single = try Tradewind.run(["quote"] + GoldenTests.parcel + ["--json"] + Tradewind.demo)
    var alone = try QuoteJSONTests.object(single.out)
    // The batch names the origin by its UN/LOCODE, which the id is made of.
    for key in ["quote_id", "request"] { alone[key] = quote[key] }
    #expect(NSDictionary(dictionary: alone) == NSDictionary(dictionary: quote))
  }

  @Test("a column of lines gives landed prices, a value a price with doubts, a bad line its code")
  func lines() throws {
    let folder = try ScratchFolder()
    let file = try folder.write(
      "in.csv",
      """
      id,from,to,weight,dims,ready,value,lines
      a,O-YIWU,ES:28013,480g,20x15x8cm,2026-11-20T17:30,,851830:1:20EUR+610910:2:10EUR:BD
      b,O-YIWU,ES:28013,480g,20x15x8cm,2026-11-20T17:30,40EUR,
      c,O-YIWU,ES:28013,480g,20x15x8cm,2026-11-20T17:30,,851830:1
      d,O-YIWU,ES:28013,480g,20x15x8cm,2026-11-20T17:30,,610910:1:160EUR

      """)
    let outcome = try Tradewind.run(["quote", "--batch", file] + Tradewind.demo)
    #expect(outcome.status == 65)
    let answers = try lines(outcome.out)
    #expect(answers.count == 4)
    func landed(_ index: Int) throws -> QuoteJSONTests.Object? {
      let quote = try #require(answers[index]["quote"] as? QuoteJSONTests.Object)
      let options = try #require(quote["options"] as? [QuoteJSONTests.Object])
      return options.last?["landed"] as? QuoteJSONTests.Object
    }
    #expect(try QuoteJSONTests.cents(landed(0)?["total"]) == 6428)
    #expect(try landed(0)?["guaranteed"] as? Bool == true)
    #expect(try landed(1)?["guaranteed"] as? Bool == false)
    #expect((answers[2]["error"] as? String)?.contains("TW-REQ-034") == true)
    // No rate for chapter 61 above the band: a quote without options, not an error.
    #expect(try landed(3) == nil)
    // The same request by flags has the same answer.
    let single = try Tradewind.run(
      ["quote"] + GoldenTests.parcel + GoldenTests.lines + ["--json"] + Tradewind.demo)
    let alone = try QuoteJSONTests.object(single.out)
    let batched = try #require(answers[0]["quote"] as? QuoteJSONTests.Object)
    #expect(NSDictionary(dictionary: alone) == NSDictionary(dictionary: batched))
  }

  @Test(
    "a file that is no table is refused as a whole",
    arguments: [
      ("from,to\nCNYIU,ES:28013\n", 65, "TW-CSV-010"),
      ("", 65, "TW-CSV-007"),
      ("from,to,weight\n\"CNYIU,ES:28013,1kg\n", 65, "TW-CSV-004"),
      ("from,from,weight\nCNYIU,ES:28013,1kg\n", 65, "TW-CSV-008"),
      ("from,to,weight\nCNYIU,ES:28013\nCNYIU,ES:28013,1kg\n", 65, "TW-CSV-006"),
      ("from,to,weight\nCNYIU,ES:28013,1\u{1}kg\n", 65, "TW-CSV-015"),
    ] as [(String, Int32, String)])
  func refusesTheFile(_ text: String, _ status: Int32, _ code: String) throws {
    let folder = try ScratchFolder()
    let file = try folder.write("in.csv", text)
    let outcome = try Tradewind.run(["quote", "--batch", file] + Tradewind.demo)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(code), "\(outcome.errors)")
  }

  @Test("bytes that are not UTF-8 are refused with their line")
  func notUTF8() throws {
    let folder = try ScratchFolder()
    let bytes =
      Data("from,to,weight\nCNYIU,ES:28013,1kg\nCNYIU,ES:".utf8) + Data([0xFF, 0xFE, 0x0A])
    let file = try folder.write("in.csv", bytes)
    let outcome = try Tradewind.run(["quote", "--batch", file] + Tradewind.demo)
    #expect(outcome.status == 65)
    #expect(outcome.out == "")
    #expect(outcome.errors.contains("error TW-CSV-003: \(file):3: "), "\(outcome.errors)")
  }

  @Test("a missing file, and arguments that contradict --batch")
  func usage() throws {
    #expect(try Tradewind.run(["quote", "--batch", "/none.csv"] + Tradewind.demo).status == 66)
    #expect(
      try Tradewind.run(["quote", "CNYIU", "--batch", "/none.csv"] + Tradewind.demo).status == 64)
    #expect(
      try Tradewind.run(
        ["quote", "CNYIU", "ES:28013", "1kg", "--out", "/tmp/x"] + Tradewind.demo
      ).status == 64)
  }
}
