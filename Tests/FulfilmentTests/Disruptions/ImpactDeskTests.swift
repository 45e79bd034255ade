import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

/// What becomes of promises on the demo network; the times are worked out in `DisruptionOverlayTests`.
///
/// The parcel of the demo's README has two options: by sea (economy, 4.33 EUR, Thu 7 Jan 2027) and by air (standard and
/// premium, 6.73 EUR, Sat 28 Nov 2026).
@Suite struct ImpactDeskTests {
  private func impact(
    _ words: [(Disruption.Kind, String)], weight: String = "480g"
  ) throws -> QuoteImpact {
    let planned = try DemoNetwork.planner()
    let overlay = DisruptionOverlay(try words.map { try Disruption(word: $0.1, of: $0.0) })
    var desk = ImpactDesk(DisruptedNetwork(planned, under: overlay))
    let request = try DemoNetwork.request(weight, dims: "20x15x8cm")
    return try desk.impact(of: request, id: "a", now: LoadedNetworks.now)
  }

  private func outcomes(_ words: [(Disruption.Kind, String)]) throws -> [OptionImpact.Outcome] {
    try impact(words).options.map(\.outcome)
  }

  @Test("what an itinerary does not meet leaves it unaffected, even on a leg of its own")
  func unaffected() throws {
    #expect(try outcomes([(.cancel, "lm-08@2026-11-28")]) == [.unaffected, .unaffected])
    // The flight of the day before the parcel's, and of a day after its: both on its leg, neither its own.
    #expect(
      try outcomes([(.cancel, "air@2026-11-23"), (.cancel, "air@2026-11-25")]) == [
        .unaffected, .unaffected,
      ])
  }

  @Test("a delay that vanishes in a wait is absorbed, one that does not breaks the date")
  func absorbedAndLate() throws {
    #expect(
      try outcomes([(.delay, "air@2026-11-24:+4h")]) == [.unaffected, .absorbed(minutes: 0)])
    #expect(
      try outcomes([(.delay, "air@2026-11-24:+9h")]) == [
        .unaffected, .late(days: 2, minutes: 2880),
      ])
    #expect(try outcomes([(.close, "H-MAD@2026-11-28")])[1] == .late(days: 2, minutes: 2880))
  }

  @Test("in place of a broken date the best of the tier is offered, at its price and date")
  func instead() throws {
    let impact = try impact([(.cancel, "air@2026-11-24")])
    #expect(impact.options.map(\.booked.tiers) == [[.economy], [.standard, .premium]])
    #expect(impact.options[0].instead.isEmpty)
    let air = impact.options[1]
    #expect(air.deliverBy == "2026-11-30")
    #expect(air.promise == "2026-11-30T14:00Z")
    let offer = try #require(air.instead.first?.option)
    #expect(air.instead.count == 1)
    #expect(offer.tiers == [.standard, .premium])
    #expect(offer.freight == Money(minorUnits: 673, .eur))
    #expect(offer.deliverBy == "2026-11-30")
    #expect(offer.legs == air.booked.legs)
  }

  @Test("a class or weight that is refused loses the option; the sea takes over both tiers")
  func lost() throws {
    let refused = try impact([(.restrict, "air@general")]).options
    #expect(refused.map(\.outcome) == [.unaffected, .lost(.refused)])
    #expect(refused[1].promise == nil)
    #expect(refused[1].instead.map(\.tiers) == [[.standard, .premium]])
    #expect(refused[1].instead.first?.option?.freight == Money(minorUnits: 433, .eur))
    // 500 g is not heavier than 500 g.
    #expect(
      try impact([(.restrict, "air@over:500g")], weight: "500g").options[1].outcome == .unaffected)
    #expect(
      try impact([(.restrict, "air@over:500g")], weight: "501g").options[1].outcome
        == .lost(.refused))
  }

  @Test(
    "without a departure for nine weeks an option is lost, and with both ways closed none is left")
  func stranded() throws {
    let impact = try impact([(.close, "K-YIWU@2026-11-20..2027-02-10")])
    #expect(impact.options.map(\.outcome) == [.lost(.notBookable), .lost(.notBookable)])
    #expect(impact.options.allSatisfy { $0.instead.count == 1 && $0.instead[0].option == nil })
    var summary = ImpactSummary()
    summary.count(impact)
    summary.count(try self.impact([(.delay, "air@2026-11-24:+9h")]))
    #expect(summary.quotes == 2)
    #expect(summary.options == 4)
    let counts: [Int] = [summary.unaffected, summary.absorbed, summary.late, summary.lost]
    #expect(counts == [1, 0, 1, 2])
    #expect(summary.greatestDays == 2)
    #expect(summary.stranded == 2)
  }

  @Test("a promise past the last day of the data is lost")
  func pastTheData() throws {
    let planned = try DemoNetwork.planner([
      .init("bundle.json", #""valid_to": "2028-12-31""#, #""valid_to": "2026-11-29""#)
    ])
    let overlay = DisruptionOverlay([.cancel(leg: "air", .init("2026-11-24"))])
    var desk = ImpactDesk(DisruptedNetwork(planned, under: overlay))
    let impact = try desk.impact(
      of: DemoNetwork.request("480g"), id: "a", now: LoadedNetworks.now)
    #expect(impact.options.map(\.outcome) == [.lost(.beyondValidity)])
    #expect(impact.options[0].instead.count == 1)
    #expect(impact.options[0].instead.first?.option == nil)
  }
}
