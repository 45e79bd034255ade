import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@Suite struct PlainAnswersTests {
  private func network(unitCents: Int64) throws -> PlainNetwork {
    try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\nz,0,1024\n",
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,1000000000,0,1,\(unitCents)\n",
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      A,o,h,road,1,1000000000,0,r,0,C,c,10,z
      B,h,d,road,1,1000000000,0,r,0,C,c,10,z

      """,
    ])
  }

  private func query(grams: Int64, legs: Int) -> PlainQuery {
    PlainQuery(
      name: "q", origin: "o", destination: "d", ready: 0, weight: grams, goods: 0, level: 973,
      greatestLegs: legs)
  }

  // 10^9 g at 10^9 cents a gram is 10^18 cents a leg. Over three nodes the bound is 2^63 / 4 / 3 = 7.7 x 10^17.
  @Test("a sum that could leave 64 bits is an error, not a crash and not a wrap")
  func outOfRange() throws {
    var dear = PlainAnswers(try network(unitCents: 1_000_000_000))
    #expect(throws: PlainAnswers.Obstacle.self) {
      _ = try dear.front(query(grams: 1_000_000_000, legs: 6))
    }
    // A tenth of it: two legs of 10^17 cents.
    var fair = PlainAnswers(try network(unitCents: 100_000_000))
    #expect(
      try fair.front(query(grams: 1_000_000_000, legs: 6)).map(\.vector.price)
        == [200_000_000_000_000_000])
  }

  @Test("the bound on legs is a bound, also at zero and far above the network")
  func greatestLegs() throws {
    var answers = PlainAnswers(try network(unitCents: 1))
    #expect(try answers.front(query(grams: 5, legs: 0)).isEmpty)
    #expect(try answers.front(query(grams: 5, legs: 1)).isEmpty)
    #expect(try answers.front(query(grams: 5, legs: 2)).count == 1)
    #expect(try answers.front(query(grams: 5, legs: 1_000_000_000)).count == 1)
  }
}
