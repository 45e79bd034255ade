import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct ExactPlannerTests {
  @Test("the narrowest arithmetic that holds gives the itineraries of the next wider one")
  func widths() throws {
    var found = 0
    for seed in UInt64(2201)...2280 {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      var narrow = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
      var medium = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
      medium.startsMedium = true
      for _ in 0..<4 {
        let question = try random.question(on: planner)
        let left = try planner.front(question, with: &narrow)
        #expect(try planner.front(question, with: &medium) == left, "seed \(seed), \(question)")
        found += left.count
      }
    }
    #expect(found > 200)
  }
}
