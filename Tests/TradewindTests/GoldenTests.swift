import Foundation
import Testing

/// What a user sees on the demo network, whole; the figures are worked out in its README.
@Suite struct GoldenTests {
  static let parcel = [
    "O-YIWU", "ES:28013", "480g", "--dims", "20x15x8cm", "--ready", "2026-11-20T17:30", "--quiet",
  ]

  @Test(
    "the whole text of each command on the demo network",
    arguments: [
      ("quote.txt", ["quote"] + parcel, 0),
      ("quote-pareto.txt", ["quote"] + parcel + ["--pareto"], 0),
      ("quote-battery.txt", ["quote"] + parcel + ["--goods", "battery"], 0),
      ("quote-refused.txt", ["quote", "O-YIWU", "ES:28013", "31kg", "--goods", "battery"], 3),
      ("quote.json", ["quote"] + parcel + ["--json"], 0),
      ("explain.txt", ["explain"] + parcel, 0),
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
