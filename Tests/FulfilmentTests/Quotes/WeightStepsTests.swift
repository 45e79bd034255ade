import LogisticsModel
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

@Suite struct WeightStepsTests {
  /// Legs of the demo network end at 30 kg; the door card changes its fee at 5 kg; all others begin at 0.
  @Test("steps are the ends of legs and bands, each once")
  func demo() throws {
    let network = try DemoNetwork.planner()
    let steps = WeightSteps(DemoNetwork.question(network), on: network)
    #expect(steps.grams == [0, 5000, 30_000])
    #expect(steps.lighter(than: 31_000) == [30_000, 5000])
    #expect(steps.lighter(than: 5000) == [])
    #expect(steps.heavier(than: 480) == [5001, 30_001])
    #expect(steps.heavier(than: 30_001) == [])
  }

  /// A card that rounds up to 300 g reaches a chargeable 5,000 g with 4,800 g at most: 4,801 g count as 5,100 g.
  @Test("a card's rounding moves its steps")
  func rounding() throws {
    let network = try DemoNetwork.planner([try DemoNetwork.cards(door: ",,,300")])
    let steps = WeightSteps(DemoNetwork.question(network), on: network)
    #expect(steps.grams == [0, 4800, 30_000])
    for (grams, fee) in [(4800, Int64(260 + 240)), (4801, 400 + 255)] {
      var question = DemoNetwork.question(network, from: "H-MAD", grams: Int64(grams))
      question.ready = "2026-11-23T09:00Z"
      var desk = QuoteDesk(network)
      // 2.60 + 4,800 x 0.0005 = 5.00; 4.00 + 5,100 x 0.0005 = 6.55.
      #expect(try desk.front(question).map(\.vector.price) == [fee])
    }
  }

  @Test("only legs on the way that take the goods count")
  func onTheWay() throws {
    let network = try DemoNetwork.planner([
      .init("legs.csv", "sea,,general+liquid+textile,30000", "sea,,general,12000")
    ])
    #expect(
      WeightSteps(DemoNetwork.question(network), on: network).grams == [0, 5000, 12_000, 30_000])
    // Batteries never travel by this ship.
    let battery = DemoNetwork.question(network, goods: .battery)
    #expect(WeightSteps(battery, on: network).grams == [0, 5000, 30_000])
    // Nor does what is at the hub in Madrid already.
    let near = DemoNetwork.question(network, from: "H-MAD")
    #expect(WeightSteps(near, on: network).grams == [0, 5000, 30_000])
  }
}
