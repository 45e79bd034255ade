import Foundation
import Testing

/// The quote object as other programs read it, and what must not change it.
@Suite struct QuoteJSONTests {
  typealias Object = [String: Any]

  static let request = [
    "quote", "CNYIU", "ES:28013", "0.48kg", "--dims", "20x15x8cm", "--value", "40EUR", "--pareto",
    "--json", "--ready", "2026-11-20T17:30:00+08:00",
  ]

  static func object(_ text: String) throws -> Object {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? Object)
  }

  static func minutes(_ time: Any?) throws -> Int {
    let format = ISO8601DateFormatter()
    let text = try #require(time as? String)
    let date = try #require(format.date(from: text))
    return Int(date.timeIntervalSince1970) / 60
  }

  /// Cents of a two-decimal amount in euros.
  static func cents(_ amount: Any?) throws -> Int {
    let object = try #require(amount as? Object)
    #expect(object["currency"] as? String == "EUR")
    let text = try #require(object["amount"] as? String)
    let parts = text.split(separator: ".")
    #expect(parts.count == 2 && parts[1].count == 2)
    return try #require(Int(parts.joined()))
  }

  @Test(
    "keys are there and figures agree with each other",
    arguments: [["--network", "demo"], ["--network", "world"]])
  func keysAndSums(_ network: [String]) throws {
    let outcome = try Tradewind.run(QuoteJSONTests.request + network + Tradewind.now)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let quote = try QuoteJSONTests.object(outcome.out)
    for key in [
      "quote_id", "bundle", "as_of", "expires_at", "request", "options", "refused", "pareto",
    ] {
      #expect(quote[key] != nil, "\(key)")
    }
    #expect(
      try QuoteJSONTests.minutes(quote["expires_at"]) > QuoteJSONTests.minutes(quote["as_of"]))
    let request = try #require(quote["request"] as? Object)
    #expect(request["from"] as? String == "CNYIU")
    #expect(request["weight_g"] as? Int == 480)
    #expect(request["goods_class"] as? String == "general")
    let to = try #require(request["to"] as? Object)
    #expect(to["country"] as? String == "ES")
    #expect(to["postal_code"] as? String == "28013")
    let ready = try QuoteJSONTests.minutes(request["ready"])
    let options = try #require(quote["options"] as? [Object])
    #expect(!options.isEmpty)
    var tiers: [String] = []
    for option in options {
      tiers += try check(option, ready: ready)
    }
    let refused = try #require(quote["refused"] as? [Object])
    tiers += refused.compactMap { $0["tier"] as? String }
    #expect(tiers.sorted() == ["economy", "premium", "standard"])
  }

  /// Checks one option and gives its tiers.
  private func check(_ option: Object, ready: Int) throws -> [String] {
    for key in [
      "tier", "tiers", "freight", "promise", "estimate", "calendar_days", "working_days", "co2e_g",
      "legs", "waterfall", "binding",
    ] {
      #expect(option[key] != nil, "\(key)")
    }
    let promise = try #require(option["promise"] as? Object)
    let by = try #require(promise["deliver_by"] as? String)
    let minute = try #require(promise["promise_minute"] as? String)
    #expect(minute.hasPrefix(by))
    #expect(promise["zone"] as? String == "Europe/Madrid")
    #expect(promise["service_level"] as? Double == 0.95)
    #expect(try QuoteJSONTests.minutes(promise["latest_ready"]) >= ready)
    if let next = promise["next_if_missed"] as? String { #expect(next > by) }
    let estimate = try #require(option["estimate"] as? Object)
    let (half, ninety) = (estimate["p50"] as? String ?? "?", estimate["p90"] as? String ?? "")
    #expect(half <= ninety && ninety <= by)
    let pieces = try #require(option["waterfall"] as? [Object])
    #expect(
      pieces.reduce(0) { $0 + ($1["minutes"] as? Int ?? 0) }
        == (try QuoteJSONTests.minutes(minute)) - ready)
    var at = ready
    for piece in pieces {
      #expect(
        ["moving", "handling", "waiting", "closed"].contains(piece["kind"] as? String ?? ""))
      #expect(try QuoteJSONTests.minutes(piece["begins"]) == at)
      at += piece["minutes"] as? Int ?? 0
      for key in ["node", "leg", "why"] { #expect((piece[key] as? String)?.isEmpty == false) }
    }
    let legs = try #require(option["legs"] as? [Object])
    #expect(
      try legs.reduce(0) { try $0 + QuoteJSONTests.cents($1["charge"]) }
        == QuoteJSONTests.cents(option["freight"]))
    for (leg, next) in zip(legs, legs.dropFirst()) {
      #expect(leg["to"] as? String == next["from"] as? String)
    }
    for leg in legs {
      for key in ["stage", "leg", "mode", "depart", "arrive_p50", "arrive_at_level"] {
        #expect(leg[key] is String, "\(key)")
      }
    }
    return try #require(option["tiers"] as? [String])
  }

  @Test(
    "process zone and locale change no byte",
    arguments: [
      ["quote"] + GoldenTests.parcel + ["--json", "--pareto"],
      ["quote"] + GoldenTests.parcel + GoldenTests.lines + ["--json"],
      ["quote", "--pool"] + GoldenTests.orders.prefix(2),
      ["explain"] + GoldenTests.parcel + GoldenTests.lines,
      ["promise"] + GoldenTests.parcel + ["--deliver-by", "2026-12-10"],
      ["calendar", "show", "ES", "--year", "2026"],
    ])
  func zoneAndLocale(_ arguments: [String]) throws {
    let plain = try Tradewind.run(
      arguments + Tradewind.demo, environment: ["TZ": "UTC", "LC_ALL": "C"])
    #expect(!plain.out.isEmpty)
    for (zone, locale) in [
      ("Asia/Shanghai", "de_DE.UTF-8"), ("America/New_York", "tr_TR.UTF-8"),
      ("Australia/Lord_Howe", "ar_EG.UTF-8"), (":/no/such/zone", "no-such-locale"),
    ] {
      let other = try Tradewind.run(
        arguments + Tradewind.demo,
        environment: ["TZ": zone, "LC_ALL": locale, "LANG": locale, "LANGUAGE": locale])
      #expect(other.out == plain.out, "\(zone) \(locale)")
      #expect(other.errors == plain.errors, "\(zone) \(locale)")
    }
  }

  @Test("the unit of input changes no byte")
  func units() throws {
    func quote(_ weight: String, _ size: String) throws -> String {
      try Tradewind.run(
        ["quote", "CNYIU", "ES:28013", weight, "--dims", size, "--json", "--pareto"]
          + Tradewind.demo
      ).out
    }
    let kilograms = try quote("0.48kg", "20x15x8cm")
    #expect(!kilograms.isEmpty)
    #expect(try quote("480g", "200x150x80mm") == kilograms)
    #expect(try quote("0.480 KG", "8x20x15 cm") == kilograms)
    // 1 lb is 453.59237 g and 16 oz the same.
    let pound = try quote("1lb", "10x10x10in")
    #expect(try quote("16oz", "254x254x254mm") == pound)
    #expect(try quote("454g", "25.4x25.4x25.4cm") == pound)
  }

  @Test("a later service level, asked for on the command line, never promises earlier")
  func serviceLevel() throws {
    var last = ""
    for level in ["0", "0.5", "80%", "0.95", "0.99", "1"] {
      let outcome = try Tradewind.run(
        [
          "quote", "CNYIU", "ES:28013", "480g", "--goods", "battery", "--json", "--service-level",
          level,
        ] + Tradewind.demo)
      let quote = try QuoteJSONTests.object(outcome.out)
      let options = try #require(quote["options"] as? [QuoteJSONTests.Object])
      let promise = try #require(options.first?["promise"] as? QuoteJSONTests.Object)
      let date = try #require(promise["deliver_by"] as? String)
      #expect(date >= last, "\(level)")
      last = date
    }
    // All six delays at once: the Monday of the worked example.
    #expect(last > "2026-11-24")
  }
}
