import Foundation
import TestSupport
import Testing

/// `--engine` and `network blocks`: what is stored is used, and changes no byte of an answer.
@Suite struct EngineChoiceTests {
  private static let rows = """
    id,from,to,weight,dims,goods,ready
    a,CNYIU,ES:28013,0.48kg,20x15x8cm,general,2026-11-20T17:30
    b,CNYIU,ES:08001,480g,,battery,2026-11-22T17:00:00+08:00
    c,CNYIU,ES:28013,31kg,,general,
    d,CNYIU,ES:28013,2kg,,liquid,2026-12-11T09:00

    """

  private func run(
    _ arguments: [String], _ cache: ScratchFolder, lazyMemory: String? = nil
  ) throws -> Tradewind.Outcome {
    var environment = ["TRADEWIND_CACHE": cache.path + "/cache"]
    environment["TRADEWIND_LAZY_MEMORY"] = lazyMemory
    return try Tradewind.run(arguments + Tradewind.demo, environment: environment)
  }

  private func blockFile(_ cache: ScratchFolder) throws -> String {
    let root = cache.path + "/cache"
    let folder = try #require(
      FileManager.default.contentsOfDirectory(atPath: root).first { $0.hasPrefix("blocks-") })
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    return "\(root)/\(folder)/\(try #require(names.first))"
  }

  @Test("a batch is looked up where there are blocks, with the bytes of the search")
  func batch() throws {
    let cache = try ScratchFolder()
    let file = try cache.write("in.csv", EngineChoiceTests.rows)
    let before = try run(["quote", "--batch", file, "--verbose"], cache)
    #expect(!before.errors.contains("looked up"), "\(before.errors)")
    let built = try run(["network", "blocks", "--json"], cache)
    #expect(built.status == 0, "\(built.errors)")
    let report = try QuoteJSONTests.object(built.out)
    #expect(report["pairs"] as? Int == 2 && report["segments_built"] as? Int == 8)
    #expect(try #require(report["bytes"] as? Int) > 0)
    let fast = try run(["quote", "--batch", file, "--verbose"], cache)
    #expect(
      fast.errors.contains("2 of 4 looked up; searched: 1 outside_days, 1 too_heavy"),
      "\(fast.errors)")
    #expect(fast.out == before.out && fast.status == before.status)
    let exact = try run(["quote", "--batch", file, "--engine", "exact", "--verbose"], cache)
    #expect(exact.out == fast.out)
    #expect(!exact.errors.contains("looked up"))
    let named = try run(["quote", "--batch", file, "--engine", "fast"], cache)
    let engines = try named.out.split(separator: "\n").map { line in
      let quote = try QuoteJSONTests.object(String(line))["quote"] as? QuoteJSONTests.Object
      return quote?["engine"] as? String
    }
    #expect(engines == ["fast", "fast", "exact", "exact"])
  }

  @Test("what no block answers is built meanwhile, with the bytes of the search")
  func lazy() throws {
    let cache = try ScratchFolder()
    let rows = (0..<400).map { number in
      "\(number),CNYIU,ES:\(number % 2 == 0 ? "28013" : "08001"),\(100 + number)g,,general,"
        + "2026-11-2\(number % 4)T1\(number % 10):30"
    }
    let text = "id,from,to,weight,dims,goods,ready\n" + rows.joined(separator: "\n") + "\n"
    let file = try cache.write("in.csv", text)
    func quotes(_ flags: [String], _ memory: String? = nil) throws -> (
      lines: [NSDictionary], engines: Set<String>, Tradewind.Outcome
    ) {
      let outcome = try run(
        ["quote", "--batch", file, "--verbose"] + flags, cache, lazyMemory: memory)
      var engines: Set<String> = []
      let lines = try outcome.out.split(separator: "\n").map { line in
        var object = try QuoteJSONTests.object(String(line))
        var quote = object["quote"] as? QuoteJSONTests.Object ?? [:]
        if let engine = quote.removeValue(forKey: "engine") as? String { engines.insert(engine) }
        quote.removeValue(forKey: "engine_version")
        object["quote"] = quote
        return NSDictionary(dictionary: object)
      }
      return (lines, engines, outcome)
    }
    let exact = try quotes(["--engine", "exact"])
    #expect(exact.lines.count == 400)
    // The two destinations over four days, one class each or both one.
    let fast = try quotes(["--engine", "fast"])
    #expect(fast.lines == exact.lines)
    #expect(fast.engines == ["fast", "exact"])
    #expect(fast.2.errors.contains("; built for "), "\(fast.2.errors)")
    #expect(!fast.2.errors.contains("without room"), "\(fast.2.errors)")
    let full = try quotes(["--engine", "fast"], "1B")
    #expect(full.lines == exact.lines && full.engines == ["exact"])
    #expect(full.2.errors.contains(" 0 blocks, 0 hits"), "\(full.2.errors)")
    #expect(full.2.errors.contains("without room"), "\(full.2.errors)")
    let off = try quotes(["--engine", "fast"], "0")
    #expect(off.lines == exact.lines && off.engines == ["exact"])
    #expect(off.2.errors.contains("network blocks builds them"), "\(off.2.errors)")
  }

  @Test("one quote is searched unless fast is asked for; without blocks that is said")
  func single() throws {
    let cache = try ScratchFolder()
    let parcel = ["quote"] + GoldenTests.parcel.filter { $0 != "--quiet" } + ["--json"]
    let none = try run(parcel + ["--engine", "fast"], cache)
    #expect(none.status == 0)
    #expect(none.errors.contains("network blocks builds them"), "\(none.errors)")
    #expect(try QuoteJSONTests.object(none.out)["engine"] as? String == "exact")
    _ = try run(["network", "blocks", "--days", "2"], cache)
    let plain = try run(parcel, cache)
    var fast = try QuoteJSONTests.object(run(parcel + ["--engine", "fast"], cache).out)
    #expect(fast.removeValue(forKey: "engine") as? String == "fast")
    #expect(fast.removeValue(forKey: "engine_version") as? Int == 1)
    #expect(
      try NSDictionary(dictionary: QuoteJSONTests.object(plain.out))
        == NSDictionary(dictionary: fast))
  }

  @Test("a build goes on where it stood; a damaged file is named and made again")
  func resumes() throws {
    let cache = try ScratchFolder()
    _ = try run(["network", "blocks", "--days", "3"], cache)
    let again = try run(["network", "blocks", "--days", "4", "--json"], cache)
    let report = try QuoteJSONTests.object(again.out)
    #expect(report["segments_built"] as? Int == 1 && report["segments_found"] as? Int == 3)
    let path = try blockFile(cache)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
    let mended = try run(["network", "blocks", "--days", "4", "--json"], cache)
    #expect(mended.errors.contains("TW-SNP-") && mended.errors.contains(path), "\(mended.errors)")
    #expect(try QuoteJSONTests.object(mended.out)["segments_built"] as? Int == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole)
    let anew = try run(["network", "blocks", "--days", "4", "--rebuild", "--json"], cache)
    #expect(try QuoteJSONTests.object(anew.out)["segments_built"] as? Int == 4)
  }

  @Test("a hot set that does not fit is refused with the size that would")
  func tooLarge() throws {
    let cache = try ScratchFolder()
    let outcome = try run(["network", "blocks", "--memory", "500B"], cache)
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("error TW-CLI-080: blocks for 2 pairs"), "\(outcome.errors)")
    #expect(outcome.errors.contains("; write --memory 1MiB"), "\(outcome.errors)")
  }

  @Test("past requests choose what is built")
  func demand() throws {
    let cache = try ScratchFolder()
    let file = try cache.write("past.csv", "from,to\nCNYIU,ES:28013\nCNYIU,XX:1\n")
    let outcome = try run(["network", "blocks", "--demand", file, "--pairs", "1", "--json"], cache)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("1 of 2 requests name places"), "\(outcome.errors)")
    #expect(try QuoteJSONTests.object(outcome.out)["pairs"] as? Int == 1)
    let quote = try run(["quote"] + GoldenTests.parcel + ["--json", "--engine", "fast"], cache)
    #expect(try QuoteJSONTests.object(quote.out)["engine"] as? String == "fast")
    #expect(try run(["network", "blocks", "--demand", "/none.csv"], cache).status == 66)
  }

  @Test(
    "flags that make no sense",
    arguments: [
      ["network", "blocks", "--days", "0"], ["network", "blocks", "--pairs", "0"],
      ["network", "blocks", "--memory", "2 apples"],
      ["quote"] + GoldenTests.parcel + ["--pareto", "--engine", "fast"],
      ["quote"] + GoldenTests.parcel + ["--engine", "slow"],
    ])
  func usage(_ arguments: [String]) throws {
    #expect(try Tradewind.run(arguments + Tradewind.demo).status == 64)
  }
}
