import Foundation
import Testing

/// What a user sees on the demo network, whole; the figures are worked out in its README.
@Suite struct GoldenTests {
  static let parcel = [
    "O-YIWU", "ES:28013", "480g", "--dims", "20x15x8cm", "--ready", "2026-11-20T17:30", "--quiet",
  ]

  /// Two headings worth 40 EUR; the sums stand in the README of the demo network.
  static let lines = ["--line", "851830:1:20EUR", "--line", "610910:2:10EUR:BD"]

  static let orders = ["a", "b", "late"].map { "Tests/TradewindTests/Orders/\($0).json" }

  @Test(
    "the whole text of each command on the demo network",
    arguments: [
      ("quote.txt", ["quote"] + parcel, 0),
      ("quote-pareto.txt", ["quote"] + parcel + ["--pareto"], 0),
      ("quote-battery.txt", ["quote"] + parcel + ["--goods", "battery"], 0),
      ("quote-refused.txt", ["quote", "O-YIWU", "ES:28013", "31kg", "--goods", "battery"], 3),
      ("quote.json", ["quote"] + parcel + ["--json"], 0),
      ("quote.csv", ["quote"] + parcel + ["--csv"], 0),
      ("quote-landed.txt", ["quote"] + parcel + lines, 0),
      ("quote-landed.json", ["quote"] + parcel + lines + ["--json"], 0),
      ("quote-buyer.jsonl", ["quote"] + parcel + lines + ["--view", "buyer", "--jsonl"], 0),
      ("quote-landed.csv", ["quote"] + parcel + lines + ["--csv", "--incoterm", "dap"], 0),
      ("quote-buyer.txt", ["quote"] + parcel + lines + ["--view", "buyer"], 0),
      ("quote-buyer.json", ["quote"] + parcel + lines + ["--view", "buyer", "--json"], 0),
      (
        "quote-merchant.txt",
        ["quote"] + parcel + lines + ["--view", "merchant", "--incoterm", "DAP"], 0
      ),
      ("quote-unguaranteed.txt", ["quote"] + parcel + ["--line", "610910:1:160EUR"], 3),
      (
        "quote-estimate.txt",
        ["quote"] + parcel + ["--line", "610910:1:160EUR", "--allow-estimate"], 0
      ),
      ("quote-value.txt", ["quote"] + parcel + ["--value", "320CNY"], 0),
      ("quote-pool.txt", ["quote", "--pool"] + orders.prefix(2), 0),
      ("quote-pool.json", ["quote", "--json", "--pool"] + orders.prefix(2), 0),
      ("quote-pool-late.txt", ["quote", "--pool", orders[0], orders[2]], 0),
      ("explain.txt", ["explain"] + parcel, 0),
      ("explain-landed.txt", ["explain"] + parcel + lines, 0),
      (
        "promise.txt",
        ["promise"] + parcel + ["--deliver-by", "2026-12-10"], 0
      ),
      ("promise-late.txt", ["promise"] + parcel + ["--deliver-by", "2026-11-22"], 3),
      ("calendar.txt", ["calendar", "show", "deliver-ES", "--year", "2026"], 0),
      ("coverage.txt", ["coverage", "--goods", "battery"], 0),
      ("show-node.txt", ["network", "show", "CNYIU"], 0),
      ("show-leg.txt", ["network", "show", "sea"], 0),
    ] as [(String, [String], Int32)])
  func golden(_ name: String, _ arguments: [String], _ status: Int32) throws {
    let outcome = try Tradewind.run(arguments + Tradewind.demo)
    #expect(outcome.status == status)
    #expect(outcome.errors == "")
    try GoldenText.expect(outcome.out, equals: name)
  }

  /// The figures of config/networks/demo/README.md, so that a rewritten file cannot hide a change of them.
  ///
  /// By sea, which the README leaves out: collected Monday 23, sails Thursday 26 November 18:00, 30 days to
  /// Saturday 26 December 11:00 in Rotterdam, 2 or 5 days later with 1/4 each. Twelve hours on, customs counts ten
  /// open hours (Mon to Fri 08-18, not 1 January), ten more with 1/8: out on Mon 28 (7/16), Tue 29 (1/16 and, two
  /// days late, 7/32), Wed 30 (1/32) December, Mon 4 (7/32) or Tue 5 (1/32) January. The 20:00 truck is in Madrid
  /// the day after at 23:00; delivered the next delivery day (not Sundays, 1 or 6 January), or with 1/8 one later:
  /// Wed 30 Dec 0.383, Thu 31 0.684, Sat 2 Jan 0.746, Mon 4 0.750, Thu 7 0.969. So the median is 31 December and the
  /// promise 7 January.
  @Test("the golden quote says what was worked out by hand")
  func byHand() throws {
    let outcome = try Tradewind.run(["quote"] + GoldenTests.parcel + Tradewind.demo)
    let air = try #require(outcome.out.split(separator: "\n").first { $0.contains("6.73 EUR") })
    #expect(air.contains("Sat 28 Nov 2026 (Madrid)"))
    #expect(air.contains("2026-11-27"))
    let sea = try #require(outcome.out.split(separator: "\n").first { $0.contains("4.33 EUR") })
    #expect(sea.hasPrefix("economy"))
    #expect(sea.contains("Thu 7 Jan 2027 (Madrid)"))
    #expect(sea.contains("2026-12-31"))
    for charge in ["0.30", "0.05", "2.90", "0.40", "0.24", "2.84", "0.50"] {
      #expect(outcome.out.contains(" \(charge)  "), "\(charge) is missing")
    }
  }

  /// The sums of config/networks/demo/README.md: two headings worth 40 EUR.
  @Test("the golden landed price says what was worked out by hand")
  func landedByHand() throws {
    let outcome = try Tradewind.run(
      ["quote"] + GoldenTests.parcel + GoldenTests.lines + Tradewind.demo)
    #expect(outcome.out.contains("economy           66.20 EUR  4.33 EUR"))
    #expect(outcome.out.contains("standard+premium  64.28 EUR  6.73 EUR"))
    for line in [
      "cleared 2026-12-28 to 2026-12-31: 61.40 EUR",
      "cleared 2027-01-01 to 2027-01-04: 66.20 EUR, the price that counts",
      "clears Wed 25 Nov 2026 to Thu 26 Nov 2026 (Brussels), enters BE, courier",
    ] {
      #expect(outcome.out.contains(line), "\(line)")
    }
  }

  @Test("the cut-off minute is included: 17:00 makes it, 17:01 loses two days")
  func cutOff() throws {
    // Friday: collected 17:00, flight Saturday 23:00, cleared Monday or Tuesday 12:00 (7/8, 1/8), in Madrid a day
    // and an hour after the 20:00 truck, delivered the next day: Wed 49/64, Thu 14/64, Fri 1/64.
    for (clock, date) in [("17:00", "Thu 26 Nov 2026"), ("17:01", "Sat 28 Nov 2026")] {
      let outcome = try Tradewind.run(
        ["quote", "CNYIU", "ES:28013", "480g", "--goods", "battery", "--quiet"]
          + ["--ready", "2026-11-20T\(clock)"] + Tradewind.demo)
      #expect(outcome.status == 0)
      #expect(outcome.out.contains(date), "\(clock): \(outcome.out)")
    }
  }
}
