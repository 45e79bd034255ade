import Foundation
import TestSupport
import Testing

/// `bench` on the demo network: what it prints but for figures that depend on time, and that it fails when it has to.
@Suite struct BenchTests {
  private static let quick = [
    "bench", "--origins", "1", "--check", "50", "--requests", "20", "--class-sample", "2",
    "--seconds", "0.02",
  ]

  /// The keys others read, of the object and of the objects in it.
  private static let keys: [String: [String]] = [
    "": [
      "pairs", "origin_classes", "destination_classes", "build", "memory_bytes",
      "candidates_per_pair", "hit_rate", "quotes_per_second", "hot_us", "cold_ms", "equality",
      "disruption_ms", "target", "nodes_needed",
    ],
    "build": ["class_seconds_p50", "class_seconds_max", "total_seconds"],
    "candidates_per_pair": ["mean", "max"], "quotes_per_second": ["uniform", "zipf"],
    "hot_us": ["p50", "p99", "p999"], "cold_ms": ["p50", "p99"],
    "equality": ["checked", "equal"],
    "disruption_ms": [
      "first_correct_p50", "first_correct_p99", "all_repaired", "first_answers", "repaired_answers",
    ],
    "lazy": ["misses", "hits", "blocks_built", "memory_bytes", "segment_ms", "equality"],
  ]

  @Test("JSON has the stable keys, and every answer is that of the search")
  func json() throws {
    let outcome = try Tradewind.run(BenchTests.quick + ["--json"] + Tradewind.demo)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try QuoteJSONTests.object(outcome.out)
    for (name, keys) in BenchTests.keys {
      let object = name.isEmpty ? report : report[name] as? QuoteJSONTests.Object ?? [:]
      for key in keys { #expect(object[key] != nil, "\(name) \(key)") }
    }
    let rates = report["quotes_per_second"] as? QuoteJSONTests.Object ?? [:]
    for keys in ["uniform", "zipf"] {
      let rate = rates[keys] as? QuoteJSONTests.Object ?? [:]
      for cores in ["one_core", "all_cores"] {
        #expect(try #require(rate[cores] as? Double) > 0, "\(keys) \(cores)")
      }
    }
    let equality = report["equality"] as? QuoteJSONTests.Object ?? [:]
    #expect(equality["checked"] as? Int == 50 && equality["equal"] as? Int == 50)
    #expect(report["pairs"] as? Int == 2 && report["blocks"] as? Int == 2)
    #expect(report["hit_rate"] as? Double == 1 && report["target"] as? Int == 583_000)
    #expect(try #require(report["hot_questions_distinct"] as? Int) >= 200_000)
    let times = report["disruption_ms"] as? QuoteJSONTests.Object ?? [:]
    for (name, least) in [("first_answers", 40), ("repaired_answers", 5)] {
      let own = times[name] as? QuoteJSONTests.Object ?? [:]
      let checked = try #require(own["checked"] as? Int)
      #expect(checked >= least && own["equal"] as? Int == checked, "\(name): \(own)")
    }
    let lazy = report["lazy"] as? QuoteJSONTests.Object ?? [:]
    #expect(lazy["misses"] as? Int == 64 && lazy["hits"] as? Int == 64)
    #expect(try #require(lazy["blocks_built"] as? Int) > 1)
    // Of what was never looked up in vain there is no time.
    #expect(report["fallback_ms"] == nil)
  }

  @Test("the text never shows a rate without build time, memory and hit rate")
  func text() throws {
    let outcome = try Tradewind.run(BenchTests.quick + Tradewind.demo)
    #expect(outcome.status == 0)
    let lines = outcome.out.split(separator: "\n")
    let header = try #require(lines.first { $0.hasPrefix("KEYS") })
    #expect(header.split(separator: " ").joined(separator: " ").hasSuffix("BUILD MEMORY HIT RATE"))
    let rates = lines.filter { $0.hasPrefix("uniform ") || $0.hasPrefix("zipf ") }
    #expect(rates.count == 4)
    #expect(
      rates.allSatisfy { $0.contains(" s ") && $0.contains("MiB") && $0.hasSuffix("100.0 %") })
    #expect(outcome.out.contains("equal to the exact search: 50 of 50"))
  }

  @Test("with --repair the answers of blocks built again are checked, too")
  func repair() throws {
    let outcome = try Tradewind.run(
      BenchTests.quick + ["--disruptions", "40", "--repair", "--json"] + Tradewind.demo)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try QuoteJSONTests.object(outcome.out)
    let disrupted = report["disrupted"] as? QuoteJSONTests.Object ?? [:]
    #expect(disrupted["repaired"] as? Bool == true)
    let own = disrupted["repaired_answers"] as? QuoteJSONTests.Object ?? [:]
    let checked = try #require(own["checked"] as? Int)
    #expect(checked > 10 && own["equal"] as? Int == checked, "\(own)")
  }

  @Test("with a store the second run builds nothing")
  func store() throws {
    let cache = try ScratchFolder()
    let environment = ["TRADEWIND_CACHE": cache.path]
    func build() throws -> QuoteJSONTests.Object {
      let outcome = try Tradewind.run(
        BenchTests.quick + ["--store", "--days", "3", "--json"] + Tradewind.demo,
        environment: environment)
      let report = try QuoteJSONTests.object(outcome.out)
      return report["build"] as? QuoteJSONTests.Object ?? [:]
    }
    let first = try build()
    #expect(first["segments_built"] as? Int == 3 && first["segments_found"] as? Int == 0)
    let second = try build()
    #expect(second["segments_built"] as? Int == 0 && second["segments_found"] as? Int == 3)
    #expect(second["origin_seconds_p50"] == nil)
  }

  @Test("a hot set that does not fit ends the bench before it measures")
  func tooLarge() throws {
    let outcome = try Tradewind.run(BenchTests.quick + ["--memory", "1B"] + Tradewind.demo)
    #expect(outcome.status == 78)
    #expect(outcome.out == "")
    #expect(outcome.errors.contains("TW-CLI-080"), "\(outcome.errors)")
  }

  @Test("the search alone keeps its report")
  func exact() throws {
    let outcome = try Tradewind.run(
      ["bench", "--exact", "--requests", "20", "--json"] + Tradewind.demo)
    #expect(outcome.status == 0)
    let report = try QuoteJSONTests.object(outcome.out)
    for key in ["milliseconds", "labels_settled", "labels_created", "legs_extended", "front"] {
      #expect((report[key] as? QuoteJSONTests.Object)?["p99"] != nil, "\(key)")
    }
    #expect(report["requests"] as? Int == 20)
  }

  @Test(
    "flags that make no sense",
    arguments: [
      ["--exact", "--landed"], ["--origins", "0"], ["--class-sample", "0"], ["--seconds", "0"],
      ["--days", "40"], ["--target", "0"],
    ])
  func usage(_ flags: [String]) throws {
    #expect(try Tradewind.run(["bench"] + flags + Tradewind.demo).status == 64)
  }
}
