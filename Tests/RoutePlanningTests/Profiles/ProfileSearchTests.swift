import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct ProfileSearchTests {
  /// Two ways from o to d: A costs 3 cents below 10 g and 9 above, B costs 5 always; both arrive after 10 minutes.
  private func search(
    weights: [Int64]
  ) throws -> ProfileSearch<UInt64, PeriodicTimetable, PlainChargeScope> {
    let plain = try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\nz,0,1024\n",
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": """
      rate,upto_g,base_cents,unit_g,unit_cents
      a,10,3,1,0
      a,1000,9,1,0
      b,1000,5,1,0

      """,
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      A,o,d,road,1,1000,0,a,0,C,c,10,z
      B,o,d,road,1,1000,0,b,0,C,c,10,z

      """,
    ])
    let network = SearchNetwork(
      topology: plain.topology, timetable: plain.timetable, laws: plain.laws)
    let costs = PlainCosts(plain)
    let scope = PlainChargeScope(
      weights.map { PlainChargeScope.Cell(weight: $0, goods: 0) }, topology: plain.topology,
      cardCount: plain.cards.count
    ) { card, weight in (try? costs.cardPrices(weight: weight))?[card] }
    let origin = try #require(plain.node(named: "o"))
    let destination = try #require(plain.node(named: "d"))
    return ProfileSearch(
      ProfilePlan(
        origin: origin, destinations: [destination],
        classes: ReadyClass.classes(of: [0], at: origin, on: network), greatestLegs: 3),
      scope: scope, on: network)
  }

  private func cells(
    _ search: ProfileSearch<UInt64, PeriodicTimetable, PlainChargeScope>
  ) -> [UInt64] {
    var cells: [UInt64] = []
    // Node 1: o is named first, d second.
    search.forEachLabel(at: NodeID(1)) { cells.append($0.cells) }
    return cells.sorted()
  }

  @Test("each way stays in the cells in which it is cheapest, and nowhere else")
  func cellsShrink() throws {
    // 5 g: A at 3 beats B at 5. 500 g: B at 5 beats A at 9.
    var both = try search(weights: [5, 500])
    try both.run()
    #expect(cells(both).reduce(0, |) == 0b11)
    #expect(cells(both).contains(0b10))
    var light = try search(weights: [5])
    try light.run()
    #expect(cells(light) == [0b1])
  }

  @Test("more labels than allowed end the run")
  func tooManyLabels() throws {
    var search = try search(weights: [5, 500])
    search.greatestLabels = 1
    #expect(throws: ProfileSearch<UInt64, PeriodicTimetable, PlainChargeScope>.Obstacle.self) {
      try search.run()
    }
  }
}
