import Foundation
import TestSupport
import Testing

/// `simulate`, `calibrate`, `promise --curve`: histories made, learned, replayed, applied.
@Suite struct CalibrateCommandTests {
  static let demo = ["--network", "demo"] + Tradewind.now

  static func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("a simulated history: the same seed the same bytes; replayed with all keys, gate and page")
  func replay() throws {
    let folder = try ScratchFolder()
    let make =
      ["simulate", "--days", "150", "--per-day", "12", "--lost", "10", "--shock", "90:20:150"]
      + Self.demo
    for name in ["a.csv", "b.csv"] {
      let made = try Tradewind.run(make + ["--out", folder.path + "/" + name])
      #expect(made.status == 0, "\(made.errors)")
    }
    let history = try String(contentsOfFile: folder.path + "/a.csv", encoding: .utf8)
    #expect(history == (try String(contentsOfFile: folder.path + "/b.csv", encoding: .utf8)))
    let other = try Tradewind.run(make + ["--seed", "2", "--out", folder.path + "/c.csv"])
    #expect(other.status == 0)
    #expect(history != (try String(contentsOfFile: folder.path + "/c.csv", encoding: .utf8)))
    let page = folder.path + "/page.html"
    let calibrate =
      ["calibrate", "--history", folder.path + "/a.csv", "--now", "2027-06-01T00:00:00Z"]
    let replay = calibrate + ["--replay", "--score-from", "2026-03-01"]
    let outcome = try Tradewind.run(replay + ["--json", "--report", page])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try Self.object(outcome.out)
    for key in [
      "orders", "service_level", "on_time", "mean_promised_days", "pinball", "weekly_gap",
      "worst_week", "worst_month", "platform", "groups", "methods", "zoned", "alarms",
      "quarantine", "lost_share",
    ] {
      #expect(document[key] != nil, "\(key)")
    }
    let pinball = try #require(document["pinball"] as? [String: Any])
    #expect(Set(pinball.keys) == ["0.90", "0.95"])
    let worst = try #require(document["worst_week"] as? [String: Any])
    #expect(worst["week"] != nil && worst["on_time"] != nil)
    let platform = try #require(document["platform"] as? [String: Any])
    #expect(platform["weekly_gap"] != nil && platform["worst_month"] != nil)
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.components(separatedBy: "<svg").count == 5)
    #expect(!html.contains("src=") && !html.contains("href=") && !html.contains("nan"))
    #expect(try Tradewind.run(replay + ["--fail-under", "0.5", "--quiet"]).status == 0)
    let gate = try Tradewind.run(replay + ["--fail-under", "1", "--quiet"])
    #expect(gate.status == 4 && gate.errors.contains("TW-HIS-013"))
    // Learned, kept, and asked for a curve.
    let state = folder.path + "/learned.state"
    #expect(try Tradewind.run(calibrate + ["--state", state]).status == 0)
    let ask = ["promise", "CNYIU", "ES:28013", "0.48kg", "--curve", "--json"] + Self.demo
    for more in [[], ["--state", state]] {
      let curve = try Self.object(try Tradewind.run(ask + more).out)
      let points = try #require(curve["points"] as? [[String: Any]])
      let dates = points.compactMap { $0["date"] as? String }
      #expect(dates == dates.sorted() && !dates.isEmpty)
      #expect(points.count { $0["best"] as? Bool == true } == 1)
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: state))
    try bytes.dropLast(9).write(to: URL(fileURLWithPath: state))
    let spoilt = try Tradewind.run(ask + ["--state", state])
    #expect(spoilt.status == 65 && spoilt.errors.contains("TW-LRN-001"))
  }

  @Test("laws learned from runs make a new, valid version of the network")
  func apply() throws {
    let folder = try ScratchFolder()
    let runs = folder.path + "/runs.csv"
    let made = try Tradewind.run(
      ["simulate", "--days", "60", "--per-day", "5", "--drift", "60", "--runs", runs] + Self.demo)
    #expect(made.status == 0, "\(made.errors)")
    let new = folder.path + "/learned"
    let applied = try Tradewind.run(
      [
        "calibrate", "--history", runs, "--apply", new, "--network", "demo", "--bundle-version",
        "2", "--now", "2027-06-01T00:00:00Z",
      ])
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(applied.out.contains("version 2, "))
    let laws = try String(contentsOfFile: new + "/delay_laws.csv", encoding: .utf8)
    #expect(laws.contains("learned-pickup,") && laws.contains(",computed,learned from "))
    let check = try Tradewind.run(["network", "validate", "--network", new] + Tradewind.now)
    #expect(check.status == 0, "\(check.out)")
    let quote = try Tradewind.run(
      ["quote", "CNYIU", "ES:28013", "0.48kg", "--network", new, "--quiet"] + Tradewind.now)
    #expect(quote.status == 0 && quote.out.contains("demo@2,"))
  }

  @Test(
    "what cannot be read ends with a coded line",
    arguments: [
      (["--history", "/nowhere.csv", "--replay"], 66, "TW-CLI-066"),
      (["--history", "HERE/h.csv", "--replay", "--columns", "HERE/m.toml"], 78, "TW-HIS-011"),
      (["--history", "HERE/h.csv", "--replay"], 65, "TW-CSV-010"),
      (["--history", "HERE/h.csv", "--replay", "--service-level", "0.999"], 64, "TW-HIS-014"),
      (["--history", "HERE/empty.csv", "--replay"], 3, "TW-HIS-012"),
      (["--replay"], 64, "--history"),
    ] as [([String], Int32, String)])
  func refused(_ arguments: [String], _ status: Int32, _ word: String) throws {
    let folder = try ScratchFolder()
    for (name, text) in [
      ("h.csv", "id,bought\n1,2026-01-01\n"), ("empty.csv", "order,placed\n"),
      ("m.toml", "[columns]\norder = \"id\"\nflavour = \"sweet\"\n"),
    ] {
      try text.write(toFile: folder.path + "/" + name, atomically: true, encoding: .utf8)
    }
    let outcome = try Tradewind.run(
      ["calibrate"] + arguments.map { $0.replacing("HERE", with: folder.path) })
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(word), "\(outcome.errors)")
  }

  @Test("simulate --replay tells four weeks at a time and each recovery")
  func windows() throws {
    let outcome = try Tradewind.run(
      [
        "simulate", "--days", "150", "--per-day", "20", "--shock", "90:20:150", "--replay",
        "--json",
      ] + Self.demo)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try Self.object(outcome.out)
    let windows = try #require(document["windows"] as? [[String: Any]])
    #expect(windows.count > 5 && windows.allSatisfy { $0["on_time"] != nil })
    let recoveries = try #require(document["recoveries"] as? [[String: Any]])
    #expect(recoveries.compactMap { $0["event"] as? String } == ["begins", "ends"])
  }
}
