import Benchmark
import RouteGraph
import RoutePlanning

/// The exact search on seeded requests; a figure is for all of them.
func searchBenchmarks() {
  for count in [10, 100] {
    Benchmark("search.exact.world\(count)") { benchmark in
      let questions = World.questions(count)
      var planner = ExactPlanner<DatedTimetable>()
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        for question in questions {
          blackHole(try World.planner.front(question, with: &planner))
        }
      }
      benchmark.stopMeasurement()
    }
  }
  Benchmark("search.costs.world1") { benchmark in
    let question = World.questions(1)[0]
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(World.planner.costs(question)) }
    benchmark.stopMeasurement()
  }
}
