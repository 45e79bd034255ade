import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct ReadyClassTests {
  /// S departs at 600 and 1,200 with 60 minutes of handling, C runs in [2,000, 3,000) only; nothing leaves the island.
  private func network() throws -> (PlainNetwork, SearchNetwork<PeriodicTimetable>) {
    let network = try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\nz,0,1024\n",
      "calendars.csv": "cal,open_min,close_min\nc,2000,3000\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,1000,0,1,0\n",
      "departures.csv": "leg,dep_min,dur_min,pmf\nS,600,10,z\nS,1200,10,z\n",
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      S,o,d,road,1,1000,60,r,0,S,,,
      C,o,d,road,1,1000,0,r,0,C,c,50,z
      X,d,island,road,1,1000,0,r,0,C,c,50,z

      """,
    ])
    return (
      network,
      SearchNetwork(
        topology: network.topology, timetable: network.timetable, laws: network.laws)
    )
  }

  @Test(
    "a class ends with the last minute that makes its departures, or is one minute of an open leg")
  func last() throws {
    let (plain, network) = try network()
    let origin = try #require(plain.node(named: "o"))
    func last(_ ready: Int64) -> Int64 { ReadyClass(of: ready, at: origin, on: network).last }
    // 600 - 60 = 540 makes the first departure, 541 to 1,140 the second, then C opens at 2,000.
    #expect(last(0) == 540 && last(540) == 540)
    #expect(last(541) == 1140 && last(1140) == 1140)
    #expect(last(1141) == 2000)
    // C is open: every minute is a class of its own.
    #expect(last(2500) == 2500 && last(2501) == 2501)
    let island = try #require(plain.node(named: "island"))
    #expect(ReadyClass(of: 77, at: island, on: network).last == 77)
  }

  @Test("classes come latest first, each once, from its earliest ready minute asked for")
  func classes() throws {
    let (plain, network) = try network()
    let origin = try #require(plain.node(named: "o"))
    let classes = ReadyClass.classes(of: [700, 100, 2500, 30, 900], at: origin, on: network)
    #expect(classes.map(\.last) == [2500, 1140, 540])
    #expect(classes.map(\.first) == [2500, 700, 30])
  }
}
