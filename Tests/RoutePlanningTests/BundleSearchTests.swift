import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The search on dated bundles against an enumeration made on paper, and against itself.
@Suite struct BundleSearchTests {
  @Test(
    "every vector of every front equals full enumeration on 560 random dated bundles",
    arguments: 0..<8)
  func equalsEnumeration(_ chunk: Int) throws {
    var vectors = 0
    var questions = 0
    for seed in UInt64(chunk * 70 + 1)...UInt64(chunk * 70 + 70) {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      let reference = BundleEnumerator(random.text, now: random.now)
      var scratch = ExactPlanner<DatedTimetable>()
      for number in 0..<4 {
        let question = try random.question(on: planner)
        let expected = reference.front(
          from: planner.bundle.nodes.name(of: question.origin),
          to: planner.bundle.nodes.name(of: question.destination), question)
        let found = try planner.front(question, with: &scratch).map(\.vector)
        #expect(found == expected, "seed \(seed), question \(number): \(question)")
        vectors += expected.count
        questions += 1
      }
    }
    #expect(questions == 280)
    // The property is empty if the bundles never connect anything.
    #expect(vectors > 250, "only \(vectors) vectors compared")
  }

  @Test(
    "switching an optimisation off changes no vector",
    arguments: [
      SearchOptions(prunesByBounds: false, seedsFront: true, dropsDominated: true),
      SearchOptions(prunesByBounds: true, seedsFront: false, dropsDominated: true),
      SearchOptions(prunesByBounds: true, seedsFront: true, dropsDominated: false),
      SearchOptions(prunesByBounds: false, seedsFront: false, dropsDominated: true),
      SearchOptions(prunesByBounds: false, seedsFront: false, dropsDominated: false),
    ])
  func optimisationsChangeNothing(_ options: SearchOptions) throws {
    for seed in UInt64(2001)...2150 {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      var plain = ExactPlanner<DatedTimetable>(options: options)
      var optimised = ExactPlanner<DatedTimetable>()
      for _ in 0..<4 {
        let question = try random.question(on: planner)
        let left = try planner.front(question, with: &plain).map(\.vector)
        let right = try planner.front(question, with: &optimised).map(\.vector)
        #expect(left == right, "seed \(seed), \(question)")
      }
    }
  }

  @Test("scratch that has answered one network answers another the same")
  func scratchIsForgetful() throws {
    var used = ExactPlanner<DatedTimetable>()
    for seed in UInt64(2201)...2240 {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      for _ in 0..<3 {
        let question = try random.question(on: planner)
        var fresh = ExactPlanner<DatedTimetable>()
        let expected = try planner.front(question, with: &fresh)
        #expect(try planner.front(question, with: &used) == expected, "seed \(seed)")
      }
    }
  }
}
