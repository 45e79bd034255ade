import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

/// The first demand that cuts origin from destination is the reason, on the demo network.
@Suite struct RefusalAnalysisTests {
  private static func reason(
    _ network: NetworkPlanner, _ question: NetworkPlanner.Question
  ) throws -> RefusalAnalysis {
    var desk = QuoteDesk(network)
    #expect(try desk.front(question).isEmpty, "the question has an answer")
    return RefusalAnalysis(question, on: network)
  }

  @Test("no chain of legs, or none short enough")
  func connection() throws {
    let network = try DemoNetwork.planner()
    let back = try RefusalAnalysisTests.reason(
      network, DemoNetwork.question(network, from: "H-MAD", to: "O-YIWU"))
    #expect(back.code == "no_connection")
    #expect(back.message.contains("from H-MAD to O-YIWU"))
    // Six legs lead to Madrid; with five the same two places are apart.
    let short = try RefusalAnalysisTests.reason(
      network, DemoNetwork.question(network, greatestLegs: 5))
    #expect(short.code == "no_connection")
    #expect(short.rule == "legs:5")
  }

  @Test("legs lead there, but none takes the goods, or none the weight")
  func goodsAndWeight() throws {
    let network = try DemoNetwork.planner()
    // From the port only the ship leads on, and its leg takes no battery.
    let battery = try RefusalAnalysisTests.reason(
      network, DemoNetwork.question(network, from: "P-NGB", goods: .battery))
    #expect(battery.code == "goods_not_carried")
    #expect(battery.rule == "goods:battery")
    let heavy = try RefusalAnalysisTests.reason(
      network, DemoNetwork.question(network, grams: 30_001))
    #expect(heavy.code == "too_heavy")
    // The first demand that fails is told: too heavy as well, but no leg takes it at any weight.
    let both = try RefusalAnalysisTests.reason(
      network, DemoNetwork.question(network, from: "P-NGB", grams: 30_001, goods: .battery))
    #expect(both.code == "goods_not_carried")
  }

  @Test("a refusal of the tariff carries its own code and rule")
  func tariff() throws {
    let hole = try DemoNetwork.planner([.init("rate_bands.csv", "door,0,5000", "door,4000,5000")])
    let light = try RefusalAnalysisTests.reason(hole, DemoNetwork.question(hole))
    #expect(light.code == "weight_not_priced")
    #expect(light.rule == "door")
    #expect(!light.asksForValue)
    let plain = try DemoNetwork.planner()
    let dinar = try #require(Currency(code: "KWD"))
    #expect(
      try RefusalAnalysisTests.reason(plain, DemoNetwork.question(plain, currency: dinar)).code
        == "no_rate")
    let valued = try DemoNetwork.planner([try DemoNetwork.cards(door: "0,150,EUR,")])
    let value = try RefusalAnalysisTests.reason(valued, DemoNetwork.question(valued))
    #expect(value.code == "value_unknown")
    #expect(value.asksForValue)
  }

  /// The last evening truck leaves on Wednesday 25: the one parcel in eight that customs keeps until Thursday
  /// would be left behind, so there is no way at all.
  @Test("a possible delay after which nothing departs")
  func time() throws {
    let network = try DemoNetwork.planner([
      .init("departures.csv", "evening,1111111,20:00,,,,,", "evening,1111111,20:00,,,,,2026-11-25"),
      .init("legs.csv", "sea,,general+liquid+textile", "sea,,liquid"),
    ])
    let reason = try RefusalAnalysisTests.reason(network, DemoNetwork.question(network))
    #expect(reason.code == "no_departure_in_time")
    // Without the delay of customs it runs: the delay is the reason, not the timetable.
    let punctual = try DemoNetwork.planner([
      .init("departures.csv", "evening,1111111,20:00,,,,,", "evening,1111111,20:00,,,,,2026-11-25"),
      .init("legs.csv", "customs-BE,240,customs", "customs-BE,240,none"),
    ])
    var desk = QuoteDesk(punctual)
    #expect(!(try desk.front(DemoNetwork.question(punctual)).isEmpty))
  }
}
