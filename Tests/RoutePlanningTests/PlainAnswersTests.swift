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

  // F runs every minute 0, 100, 200, ... of the week (duration 10) from h to d. Exceptions [100 k, 100 k + 1) cover
  // its departures at 100 k for k = 0 ... 63: from minute 0 there are 64 covered finds in a row, so nothing is
  // boarded; from minute 1 there are 63 (100 ... 6300), and the departure at 6400 is boarded.
  // A (open always, takes 1, costs 0) and B (takes 50, costs 0) lead from o to h. Ready at -1: A arrives at 0, where
  // F is never boarded, B at 49. So the only answer is B F, though A is the better way to h in every respect.
  @Test("after 64 covered finds an earlier arrival can be worse, and the front still is exact")
  func coveredFinds() throws {
    var exceptions = "leg,from_min,to_min\n"
    for k in 0...63 { exceptions += "F,\(100 * k),\(100 * k + 1)\n" }
    var departures = "leg,dep_min,dur_min,pmf\n"
    for k in 0...100 { departures += "F,\(100 * k),10,z\n" }
    let network = try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\nz,0,1024\n",
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,1000,0,1,0\n",
      "departures.csv": departures, "exceptions.csv": exceptions,
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      A,o,h,road,1,1000,0,r,0,C,c,1,z
      B,o,h,road,1,1000,0,r,0,C,c,50,z
      F,h,d,air,1,1000,0,r,0,S,,,

      """,
    ])
    #expect(!network.timetable.isMonotone)
    var answers = PlainAnswers(network)
    let query = PlainQuery(
      name: "q", origin: "o", destination: "d", ready: -1, weight: 5, goods: 0, level: 973,
      greatestLegs: 2)
    #expect(try answers.lines(query) == "q,0,6410,0,B F,economy+standard+premium\n")
  }
}
