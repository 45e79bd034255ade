import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The case in which comparing quantiles of partial itineraries loses the optimum.
@Suite struct DominanceTests {
  /// ```
  ///        A: +10 and {0: 512, 100: 512}/1024
  ///   o ==                                      ==> h ---- S at 60, 110, 210, +1000 and W ----> d
  ///        B: +10 and {50: 922, 200: 102}/1024
  /// ```
  /// W = {0: 614, 100: 103, 150: 307}/1024, level 973/1024 = 0.950, ready 0, all prices equal.
  ///
  /// At h, A has the better earliest minute (10 < 60), latest minute (110 < 210) and 0.95-quantile
  /// (110 < 210), so a planner that compares those keeps A only. Carried through the departures:
  /// - A boards 60 with 512/1024 and 110 with 512/1024. P(arrival <= 1210) = 0.5 x W(150) + 0.5 x W(100)
  ///   = 0.5 x 1 + 0.5 x 717/1024 = 0.850 < 0.950; the next arrival is 1110 + 150 = 1260, where it is 1.
  /// - B boards 60 with 922/1024 and 210 with 102/1024. P(arrival <= 1210) = 922/1024 x 1 + 102/1024 x 614/1024
  ///   = 0.9004 + 0.0597 = 0.960 >= 0.950, and P(arrival <= 1160) = 922/1024 x 717/1024 = 0.630.
  /// So the promise is 1210, over B.
  @Test("a partial itinerary with the worse quantile can have the better promise")
  func crossingLaws() throws {
    let files = [
      "pmf.csv": """
      pmf,delay_min,weight
      a,0,512
      a,100,512
      b,50,922
      b,200,102
      w,0,614
      w,100,103
      w,150,307

      """,
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,1000,5,1,0\n",
      "departures.csv": "leg,dep_min,dur_min,pmf\nS,60,1000,w\nS,110,1000,w\nS,210,1000,w\n",
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      A,o,h,road,1,1000,0,r,0,C,c,10,a
      B,o,h,road,1,1000,0,r,0,C,c,10,b
      S,h,d,air,1,1000,0,r,0,S,,,

      """,
    ]
    let network = try PlainNetwork.load(text: files)
    let query = PlainQuery(
      name: "1", origin: "o", destination: "d", ready: 0, weight: 1, goods: 0, level: 973,
      greatestLegs: 4)
    var answers = PlainAnswers(network)
    #expect(try answers.lines(query) == "1,10,1210,0,B S,economy+standard+premium\n")
  }
}
