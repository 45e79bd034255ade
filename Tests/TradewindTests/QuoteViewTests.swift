import Foundation
import Testing

/// Who sees what: a buyer one price, a merchant freight and duties, ops everything.
@Suite struct QuoteViewTests {
  /// Lines in two currencies, so that exchange rates are used; ready so that both ways are offered.
  static let request =
    ["quote"] + GoldenTests.parcel
    + ["--line", "851830:1:20EUR", "--line", "610910:2:80CNY"]

  static func run(_ more: [String]) throws -> Tradewind.Outcome {
    try Tradewind.run(QuoteViewTests.request + more + Tradewind.demo)
  }

  /// Every key of a JSON value, however deep.
  static func keys(_ value: Any) -> Set<String> {
    if let object = value as? [String: Any] {
      return object.reduce(into: Set(object.keys)) { $0.formUnion(keys($1.value)) }
    }
    return ((value as? [Any]) ?? []).reduce(into: Set()) { $0.formUnion(keys($1)) }
  }

  /// Words that stand for cost: charges and cards, the freight itself, the lines of the price, exchange rates; and the
  /// amounts of this request by air and by sea, in euros.
  static let words = [
    "freight", "charge", "card", "duty", "vat", "fee", "rule", "carrier", "assumed", "fx",
    "EUR/CNY", "CNY/EUR", "pickup", "linehaul", "truck", "demo-", "waterfall", "leg",
  ]
  static let amounts = ["6.73", "4.33", "2.90", "2.84", "0.24", "0.30", "0.05"]

  @Test(
    "the buyer's answer holds no cost: not in the table, not in JSON, not in CSV",
    arguments: ["ddp", "dap"])
  func buyer(_ incoterm: String) throws {
    for shape in [[], ["--json"], ["--jsonl"], ["--csv"]] {
      let all = try QuoteViewTests.run(["--incoterm", incoterm] + shape)
      let outcome = try QuoteViewTests.run(["--view", "buyer", "--incoterm", incoterm] + shape)
      #expect(outcome.status == 0)
      // The header of the CSV names every column, also those that are empty for a buyer.
      let data =
        shape == ["--csv"]
        ? outcome.out.split(separator: "\n").dropFirst().joined(separator: "\n") : outcome.out
      let text = data.lowercased()
      for word in QuoteViewTests.words {
        #expect(!text.contains(word.lowercased()), "\(shape) \(word)")
      }
      // Whole amounts: 46.73, what the shop asks for under DAP, ends in the freight of 6.73.
      let figures = Set(text.split { !$0.isNumber && $0 != "." }.map(String.init))
      for amount in QuoteViewTests.amounts {
        #expect(!figures.contains(amount), "\(shape) \(amount)")
        // What is looked for is there to be found in the full answer.
        if shape == [] { #expect(all.out.contains(amount)) }
      }
    }
  }

  @Test("the keys of the buyer's JSON are these and no others")
  func buyerKeys() throws {
    let outcome = try QuoteViewTests.run(["--view", "buyer", "--json", "--incoterm", "dap"])
    let allowed: Set<String> = [
      "quote_id", "bundle", "as_of", "expires_at", "view", "price_scope", "request", "options",
      "refused", "from", "origin_node", "to", "name", "node", "country", "postal_code", "weight_g",
      "dims_mm", "goods_class", "value", "lines", "ready", "service_level", "q1024", "hs",
      "quantity", "unit_value", "origin", "amount", "currency", "tier", "tiers", "price", "landed",
      "total", "guaranteed", "incoterm", "payable_to_seller", "due_on_delivery", "regimes",
      "doubts",
      "unknown", "promise", "deliver_by", "promise_minute", "zone", "latest_ready",
      "next_if_missed", "estimate", "p50", "p90", "calendar_days", "working_days", "count",
      "calendar", "co2e_g",
    ]
    let keys = QuoteViewTests.keys(try QuoteJSONTests.object(outcome.out))
    #expect(keys.subtracting(allowed) == [])
    #expect(keys.isSuperset(of: ["price", "landed", "due_on_delivery", "deliver_by"]))
  }

  @Test("the merchant sees freight and duties, but no leg's charge, no card and no exchange rate")
  func merchant() throws {
    let outcome = try QuoteViewTests.run(["--view", "merchant", "--json"])
    let keys = QuoteViewTests.keys(try QuoteJSONTests.object(outcome.out))
    #expect(keys.isSuperset(of: ["freight", "lines", "rule", "rate", "base", "clearance", "legs"]))
    for key in ["charge", "card", "chargeable_weight_g", "price_basis", "fx", "rules"] {
      #expect(!keys.contains(key), "\(key)")
    }
    let all = QuoteViewTests.keys(
      try QuoteJSONTests.object(try QuoteViewTests.run(["--json"]).out))
    #expect(all.isSuperset(of: ["charge", "card", "price_basis", "fx", "rules", "source"]))
    let table = try QuoteViewTests.run(["--view", "merchant"]).out
    #expect(table.contains("FREIGHT") && table.contains("demo-flat"))
    #expect(!table.contains("CHARGE") && !table.contains("2.90"))
  }

  @Test("every view has the same price, the same date and the same id")
  func agree() throws {
    var seen: Set<[String]> = []
    for view in ["buyer", "merchant", "ops"] {
      let quote = try QuoteJSONTests.object(
        try QuoteViewTests.run(["--view", view, "--json"]).out)
      let options = try #require(quote["options"] as? [QuoteJSONTests.Object])
      let facts = try options.map { option -> String in
        let landed = try #require(option["landed"] as? QuoteJSONTests.Object)
        let promise = try #require(option["promise"] as? QuoteJSONTests.Object)
        return "\(try QuoteJSONTests.cents(landed["total"])) \(promise["promise_minute"] ?? "")"
      }
      seen.insert([quote["quote_id"] as? String ?? ""] + facts)
    }
    #expect(seen.count == 1)
  }

  @Test("the lines of every landed price add up to its total, and DAP parts it in two")
  func sums() throws {
    for network in ["demo", "world"] {
      let outcome = try Tradewind.run(
        ["quote", "CNYIU", "ES:28013", "480g", "--ready", "2026-11-20T17:30", "--quiet"]
          + ["--line", "851830:1:20EUR", "--line", "610910:2:80CNY"]
          + ["--json", "--incoterm", "DAP", "--network", network] + Tradewind.now)
      let quote = try QuoteJSONTests.object(outcome.out)
      let options = try #require(quote["options"] as? [QuoteJSONTests.Object])
      #expect(!options.isEmpty)
      for option in options {
        let landed = try #require(option["landed"] as? QuoteJSONTests.Object)
        let total = try QuoteJSONTests.cents(landed["total"])
        let lines = try #require(landed["lines"] as? [QuoteJSONTests.Object])
        let sum = try lines.reduce(0) { sum, line in
          sum
            + (try QuoteJSONTests.cents(["amount": line["amount"] ?? "", "currency": "EUR"]))
        }
        #expect(sum == total, "\(network)")
        #expect(
          try QuoteJSONTests.cents(landed["payable_to_seller"])
            + QuoteJSONTests.cents(landed["due_on_delivery"]) == total)
      }
    }
  }
}
