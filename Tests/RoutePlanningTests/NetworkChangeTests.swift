import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// What a change of the network may do to its answers, on seeded random dated bundles.
@Suite struct NetworkChangeTests {
  /// Fronts of the same questions on two forms of one bundle; `named` gives the second form's name of a node.
  private func compare(
    _ random: inout RandomBundle, _ other: BundleText, named: (String) -> String = { $0 },
    _ body: (NetworkPlanner.Question, [PlannedItinerary], [PlannedItinerary]) throws -> Void
  ) throws {
    let planner = try random.planner()
    let second = try other.planner(now: random.now)
    var scratch = ExactPlanner<DatedTimetable>()
    for _ in 0..<3 {
      let question = try random.question(on: planner)
      var same = question
      same.origin = try #require(
        second.bundle.nodeID(named: named(planner.bundle.nodes.name(of: question.origin))))
      same.destination = try #require(
        second.bundle.nodeID(named: named(planner.bundle.nodes.name(of: question.destination))))
      try body(
        question, planner.front(question, with: &scratch), second.front(same, with: &scratch))
    }
  }

  @Test("adding a leg never worsens a price or a date, removing one never improves one")
  func legs() throws {
    var changed = 0
    for seed in UInt64(301)...460 {
      var random = RandomBundle(seed: seed)
      var fewer = random.text
      var generator = SeededGenerator(seed: seed)
      // The slow ways at the end keep every zone within reach.
      let count = fewer["legs.csv"].rows.count - 2
      fewer["legs.csv"].rows.remove(at: generator.int(0...count - 1))
      try compare(&random, fewer) { question, full, less in
        #expect(InvariantTests.covers(full, less), "seed \(seed), \(question)")
        if full.map(\.vector) != less.map(\.vector) { changed += 1 }
      }
    }
    #expect(changed > 20)
  }

  @Test("adding a departure never worsens a price or a date, removing one never improves one")
  func departures() throws {
    var changed = 0
    for seed in UInt64(501)...700 {
      var random = RandomBundle(seed: seed)
      let table = random.text["departures.csv"]
      // A schedule keeps one row. Rows that share a date set share its make-up days, which go to the first
      // weekday any of them runs on: taking one of those away may give the day to another.
      let candidates = table.rows.indices.filter { row in
        let alike = table.rows.filter { $0[0] == table.rows[row][0] }
        let dates = table.text(row, "dates")
        return alike.count > 1
          && (dates.isEmpty || alike.count { $0[table.column("dates")] == dates } == 1)
      }
      guard !candidates.isEmpty else { continue }
      var generator = SeededGenerator(seed: seed)
      var fewer = random.text
      fewer["departures.csv"].rows.remove(at: generator.pick(candidates))
      try compare(&random, fewer) { question, full, less in
        #expect(InvariantTests.covers(full, less), "seed \(seed), \(question)")
        if full.map(\.vector) != less.map(\.vector) { changed += 1 }
      }
    }
    #expect(changed > 15)
  }

  @Test("longer opening hours never worsen a price or a date")
  func openingHours() throws {
    var changed = 0
    for seed in UInt64(701)...850 {
      var random = RandomBundle(seed: seed)
      var longer = random.text
      for row in longer["calendars.csv"].rows.indices {
        longer["calendars.csv"].rows[row][3] = "24:00"
        longer["calendars.csv"].rows[row][1] = "1111111"
        longer["calendars.csv"].rows[row][4] = ""
      }
      try compare(&random, longer) { question, old, new in
        #expect(InvariantTests.covers(new, old), "seed \(seed), \(question)")
        if new.map(\.vector) != old.map(\.vector) { changed += 1 }
      }
    }
    #expect(changed > 50)
  }

  @Test("renaming ids and shuffling the rows of every file changes only ids")
  func names() throws {
    var vectors = 0
    for seed in UInt64(901)...1060 {
      var random = RandomBundle(seed: seed)
      var generator = SeededGenerator(seed: seed &* 31)
      let renamed = random.text.renamed(&generator)
      let shuffled = renamed.text.shuffled(&generator)
      try compare(&random, shuffled, named: { renamed.nodes[$0] ?? $0 }) { question, old, new in
        #expect(new.map(\.vector) == old.map(\.vector), "seed \(seed), \(question)")
        vectors += old.count
      }
    }
    #expect(vectors > 300)
  }
}
