import Foundation
import TestSupport
import Testing

/// `network`, `calendar`, `coverage`, `doctor`: looking at a network from outside.
@Suite struct NetworkCommandTests {
  /// Every file broken in its own way; each finding is told in the same run, at its place.
  @Test("a broken bundle: all findings at once, with file, line, column and code")
  func validateBroken() throws {
    let folder = try ScratchFolder()
    try folder.copyDemo()
    try folder.edit("legs.csv", "air,A-PVG,A-LGG", "air,A-PVG,A-LGX")
    try folder.edit("legs.csv", "customs-NL,600", "customs-NL,0")
    try folder.edit("departures.csv", "sailing,0001000,18:00", "sailing,0001000,18:60")
    try folder.edit("departures.csv", "evening,1111111", "evening,0000000")
    try folder.edit("calendar_dates.csv", "CN,2026-10-01", "CN,2026-10-32")
    try folder.edit("nodes.csv", "Asia/Shanghai,CNYIU", "Asia/Yiwu,CNYIU")
    try folder.edit("delay_laws.csv", "1024", "1023")
    try folder.edit("rate_cards.csv", "air,air,CNY", "air,air,XXX")
    try folder.edit("rate_bands.csv", "door,5000,", "door,6000,")
    try folder.edit("acceptance.csv", "economy,battery,0\n", "")
    let text = try Tradewind.run(
      ["network", "validate", "--network", folder.path] + Tradewind.now)
    #expect(text.status == 65)
    for place in [
      "error TW-BND-017: legs.csv:5:3: ", "error TW-BND-026: legs.csv:8:16: ",
      "error TW-BND-008: departures.csv:5:3: ", "error TW-BND-022: departures.csv:6:2: ",
      "error TW-BND-007: calendar_dates.csv:5:2: ", "error TW-BND-010: nodes.csv:2:7: ",
      "error TW-BND-023: delay_laws.csv:", "rate_cards.csv:2:3: ", "rate_bands.csv:5",
      "error TW-BND-033: acceptance.csv",
    ] {
      #expect(text.out.contains(place), "\(place) is missing in\n\(text.out)")
    }
    #expect(text.out.contains("maybe"), "a suggestion for the unknown node")
    let json = try Tradewind.run(
      ["network", "validate", "--json", "--network", folder.path] + Tradewind.now)
    #expect(json.status == 65)
    let value = try JSONSerialization.jsonObject(with: Data(json.out.utf8))
    let findings = try #require(value as? [QuoteJSONTests.Object])
    #expect(findings.count == text.out.split(separator: "\n").count - 1)
    for key in ["severity", "code", "file", "line", "column", "message"] {
      #expect(findings.allSatisfy { $0[key] != nil }, "\(key)")
    }
    // The same bundle is not quoted from.
    let quote = try Tradewind.run(
      ["quote", "CNYIU", "ES:28013", "1kg", "--network", folder.path] + Tradewind.now)
    #expect(quote.status == 65)
    #expect(quote.out == "")
    #expect(quote.errors.contains("error TW-BND-017: legs.csv:5:3: "))
  }

  @Test("shipped bundles are sound", arguments: ["demo", "world"])
  func validateShipped(_ name: String) throws {
    let outcome = try Tradewind.run(["network", "validate", "--network", name] + Tradewind.now)
    #expect(outcome.status == 0, "\(outcome.out.prefix(2000))")
    #expect(outcome.out.contains(": 0 errors, "))
  }

  @Test("an unknown column is a warning, which --strict turns into a failed gate")
  func strict() throws {
    let folder = try ScratchFolder()
    try folder.copyDemo()
    try folder.edit("tiers.csv", "tier,objective", "tier,objectiv")
    let typo = try Tradewind.run(["network", "validate", "--network", folder.path] + Tradewind.now)
    #expect(typo.status == 65)
    #expect(typo.out.contains("TW-CSV-010") && typo.out.contains("TW-CSV-011"))
    try folder.edit("tiers.csv", "tier,objectiv,", "tier,objective,")
    try folder.edit("tiers.csv", "currency\n", "currency,colour\n")
    try folder.edit("tiers.csv", "economy,price,,", "economy,price,,,red")
    try folder.edit("tiers.csv", "0.02,EUR", "0.02,EUR,green")
    try folder.edit("tiers.csv", "premium,time,,", "premium,time,,,")
    for (flags, status) in [([], Int32(0)), (["--strict"], 4)] {
      let outcome = try Tradewind.run(
        ["network", "validate", "--network", folder.path] + flags + Tradewind.now)
      #expect(outcome.status == status)
      #expect(outcome.out.contains("warning TW-CSV-011: tiers.csv:1:5: "), "\(outcome.out)")
    }
  }

  @Test("stats has the stable keys", arguments: ["demo", "world"])
  func stats(_ name: String) throws {
    let outcome = try Tradewind.run(
      ["network", "stats", "--json", "--network", name] + Tradewind.now)
    #expect(outcome.status == 0)
    let stats = try QuoteJSONTests.object(outcome.out)
    for key in ["nodes", "legs", "departures_per_week", "zones", "countries", "rate_cards"] {
      #expect((stats[key] as? Int ?? 0) > 0, "\(key)")
    }
    #expect((stats["load_ms"] as? Double ?? 0) > 0)
    let shares = try #require(stats["assumed_share"] as? QuoteJSONTests.Object)
    #expect(shares["price"] != nil && shares["time"] != nil)
    if name == "demo" {
      // Eleven nodes, eleven legs; 5 pickups, 2 x 7 nightly trucks, 7 flights, 1 sailing, 2 x 7 evening trucks.
      #expect(stats["nodes"] as? Int == 11)
      #expect(stats["legs"] as? Int == 11)
      #expect(stats["departures_per_week"] as? Int == 41)
      #expect(stats["zones"] as? Int == 2)
      #expect(stats["countries"] as? Int == 1)
      #expect(stats["rate_cards"] as? Int == 7)
    }
  }

  /// The State Council's notice for 2026: six public holidays with make-up working days on weekends.
  @Test("the Chinese year 2026 has its holidays and its make-up working days")
  func calendar() throws {
    let outcome = try Tradewind.run(
      ["calendar", "show", "CN", "--year", "2026", "--json", "--network", "world"] + Tradewind.now)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try QuoteJSONTests.object(outcome.out)
    let days = try #require(document["days"] as? [QuoteJSONTests.Object])
    func dates(_ kind: String) -> [String] {
      days.filter { $0["kind"] as? String == kind }.compactMap { $0["date"] as? String }
    }
    for date in ["2026-01-01", "2026-02-17", "2026-05-01", "2026-10-01", "2026-10-07"] {
      #expect(dates("closed").contains(date), "\(date)")
    }
    #expect(!dates("open").isEmpty)
    for day in days where day["kind"] as? String == "open" {
      #expect(["Sat", "Sun"].contains(day["weekday"] as? String ?? ""), "\(day)")
    }
    #expect(dates("open").contains("2026-10-10"))
    let months = try #require(document["working_days_by_month"] as? [Int])
    #expect(months.count == 12)
    #expect(months.reduce(0, +) == document["working_days"] as? Int)
  }

  @Test("coverage counts pairs and fails its gate below the share asked for")
  func coverage() throws {
    let all = try Tradewind.run(["coverage", "--json"] + Tradewind.demo)
    #expect(all.status == 0)
    let document = try QuoteJSONTests.object(all.out)
    for key in ["asked", "served", "countries", "origins", "gaps"] { #expect(document[key] != nil) }
    #expect(document["asked"] as? Int == document["served"] as? Int)
    let one = try Tradewind.run(["coverage", "--from", "CNYIU", "--json"] + Tradewind.demo)
    #expect(try QuoteJSONTests.object(one.out)["asked"] as? Int == 2)
    let heavy = ["coverage", "--from", "CNYIU", "--weight", "31kg"] + Tradewind.demo
    #expect(try Tradewind.run(heavy).status == 0)
    #expect(try Tradewind.run(heavy + ["--fail-under", "0.5"]).status == 4)
    #expect(try Tradewind.run(heavy).out.contains("0 of 2 pairs"))
  }

  @Test("doctor shows where every setting comes from and fails on a missing network")
  func doctor() throws {
    let folder = try ScratchFolder()
    let config = try folder.write("t.toml", "max_legs = 7\nservice_level = \"0.9\"\n")
    let outcome = try Tradewind.run(
      ["doctor", "--config", config] + Tradewind.demo,
      environment: ["TRADEWIND_SERVICE_LEVEL": "0.99"])
    #expect(outcome.status == 0, "\(outcome.out)")
    let lines = outcome.out.split(separator: "\n")
    func line(_ name: String) -> Substring { lines.first { $0.contains("  \(name) ") } ?? "" }
    #expect(line("network").contains("demo") && line("network").contains("--network"))
    #expect(line("max_legs").contains("7") && line("max_legs").contains("t.toml"))
    #expect(line("service_level").contains("0.99"))
    #expect(line("service_level").contains("TRADEWIND_SERVICE_LEVEL"))
    #expect(line("quote_validity_minutes").contains("60"))
    #expect(line("lazy_memory").contains("256MiB"))
    let little = try folder.write("l.toml", "lazy_memory = \"little\"\n")
    let refused = try Tradewind.run(["doctor", "--config", little] + Tradewind.demo)
    #expect(refused.status == 78 && refused.errors.contains("TW-CFG-004: lazy_memory=little"))
    #expect(!lines.contains { $0.hasPrefix("BAD") })
    let broken = try Tradewind.run(["doctor", "--network", folder.path] + Tradewind.now)
    #expect(broken.status == 78)
    #expect(broken.out.contains("BAD  network"))
  }

  @Test("version")
  func version() throws {
    let verb = try Tradewind.run(["version"])
    #expect(verb.status == 0)
    #expect(verb.out.hasPrefix("tradewind "))
    #expect(try Tradewind.run(["--version"]).out == verb.out)
  }

  static let verbs = [
    [], ["quote"], ["explain"], ["promise"], ["network"], ["network", "build"],
    ["network", "validate"], ["network", "stats"], ["network", "show"], ["network", "export"],
    ["network", "blocks"],
    ["shipment"], ["shipment", "book"], ["shipment", "show"], ["shipment", "track"],
    ["shipment", "event"], ["shipment", "list"], ["report"], ["report", "on-time"],
    ["report", "calibration"],
    ["capacity"],
    ["capacity", "set"], ["capacity", "show"], ["stock"], ["stock", "set"], ["stock", "show"],
    ["queue"], ["queue", "stats"], ["queue", "list"], ["queue", "show"], ["queue", "enqueue"],
    ["queue", "retry"], ["queue", "cancel"], ["queue", "dead"], ["queue", "pause"],
    ["queue", "resume"], ["queue", "purge"], ["queue", "limit"],
    ["place"], ["whatif"], ["calendar"], ["calendar", "show"], ["coverage"], ["bench"],
    ["conformance"], ["calibrate"], ["simulate"],
    ["db"], ["db", "start"], ["db", "stop"], ["db", "status"], ["db", "url"], ["db", "migrate"],
    ["worker"], ["doctor"], ["version"],
  ]

  @Test("help is one screen and shows two examples", arguments: verbs)
  func help(_ verb: [String]) throws {
    let outcome = try Tradewind.run(verb + ["--help"])
    #expect(outcome.status == 0)
    let lines = outcome.out.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 60, "\(lines.count) lines")
    #expect(
      lines.allSatisfy { $0.count <= 100 || $0.hasPrefix("USAGE: ") },
      "a line is wider than a screen")
    let examples = lines.drop { !$0.contains("Examples:") }.dropFirst()
      .prefix { $0.contains("tradewind") }
    #expect(examples.count >= 2, "\(outcome.out)")
  }

  @Test("every verb of the root's help is tested here")
  func verbsAreComplete() throws {
    let outcome = try Tradewind.run(["--help"])
    let listed = outcome.out.components(separatedBy: "SUBCOMMANDS:").last ?? ""
    let names = listed.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
    #expect(!names.isEmpty)
    for name in names {
      #expect(NetworkCommandTests.verbs.contains { $0.first == name }, "\(name)")
    }
  }

  @Test("a GTFS feed is a folder of nine files, a DIMACS graph one; wrong combinations are refused")
  func exports() throws {
    let folder = try ScratchFolder()
    let feed = folder.path + "/feed"
    let outcome = try Tradewind.run(
      ["network", "export", "--network", "demo", "--gtfs", feed, "--days", "2"] + Tradewind.now)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.out == "")
    let names = try FileManager.default.contentsOfDirectory(atPath: feed).sorted()
    #expect(
      names == [
        "agency.txt", "calendar.txt", "calendar_dates.txt", "frequencies.txt", "routes.txt",
        "stop_times.txt", "stops.txt", "transfers.txt", "trips.txt",
      ])
    #expect(outcome.errors.contains("trips.txt: 11 rows"))
    let graph = try Tradewind.run(
      ["network", "export", "--network", "demo", "--dimacs"] + Tradewind.now)
    #expect(graph.status == 0)
    #expect(graph.out.contains("\np sp 11 11\n"))
    for wrong in [
      ["--gtfs", feed, "--dimacs"], ["--days", "3"], ["--gtfs", feed, "--days", "0"],
      ["--dimacs", "--mode", "air"],
    ] {
      let refused = try Tradewind.run(["network", "export", "--network", "demo"] + wrong)
      #expect(refused.status == 64, "\(wrong)")
    }
    let nowhere = try Tradewind.run(
      ["network", "export", "--network", "demo", "--gtfs", feed + "/no/such"] + Tradewind.now)
    #expect(nowhere.status == 66)
    #expect(nowhere.errors.contains("TW-CLI-069"))
  }
}
