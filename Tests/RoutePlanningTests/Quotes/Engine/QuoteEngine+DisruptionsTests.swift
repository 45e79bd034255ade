import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// Quotes under disruptions, told, looked at and repaired, against the exact search under the same overlay.
@Suite struct QuoteEngineDisruptionsTests {
  private struct Seen {
    var answered = 0
    var stale = 0
    var none = 0
    var changed = 0
  }

  @Test(
    "every step answers as the exact search does under the overlay, also on top of a repair and taken back"
  )
  func equality() throws {
    var seen: [String: Seen] = [:]
    for seed in UInt64(801)...960 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<16).map { _ in try world.question() }
      var random = RandomDisruptions(world.random, world.planner, seed: seed)
      let first = random.overlay(count: random.random.int(1...4), befalling: questions)
      let second = first.adding(
        random.overlay(count: random.random.int(1...3), befalling: questions).disruptions)
      let third = second.removing(first.disruptions)
      var engine = world.engine
      for (title, overlay) in [("first", first), ("second", second), ("third", third)] {
        let told = engine.disrupted(by: overlay)
        let narrowed = told.narrowed { $0(0) }
        let repaired = narrowed.repaired { $0(0) }
        #expect(narrowed.unansweredBlocks <= told.unansweredBlocks)
        #expect(repaired.unansweredBlocks <= narrowed.unansweredBlocks)
        #expect(engine.version < told.version && told.version < narrowed.version)
        for (step, version) in [("told", told), ("narrowed", narrowed), ("repaired", repaired)] {
          try compare(
            world, version, questions, "seed \(seed), \(title), \(step)",
            &seen[step, default: Seen()])
        }
        engine = repaired
      }
    }
    for step in ["told", "narrowed", "repaired"] {
      let own = seen[step, default: Seen()]
      #expect(own.answered > 500 && own.none > 20, "\(step): \(own)")
    }
    #expect(seen["told"]?.stale ?? 0 > 100 && seen["repaired"]?.changed ?? 0 > 50, "\(seen)")
    #expect(seen["repaired"]?.stale ?? .max < seen["narrowed"]?.stale ?? 0, "\(seen)")
    #expect(seen["narrowed"]?.stale ?? .max < seen["told"]?.stale ?? 0, "\(seen)")
  }

  private func compare(
    _ world: EngineWorld, _ engine: QuoteEngine, _ questions: [NetworkPlanner.Question],
    _ title: String, _ seen: inout Seen
  ) throws {
    let reader = QuoteReader(EngineBoard(engine))
    var scratch = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
    for question in questions {
      let quote = reader.quote(question)
      #expect(quote.version == engine.version)
      if quote.outcome == .stale { seen.stale += 1 }
      guard quote.outcome.isFinal else { continue }
      let found = world.answer(quote, question, by: engine)
      let expected = try world.exact(question, &scratch, under: engine.network)
      #expect(found == expected, "\(title): \(question)")
      if found == nil { seen.none += 1 } else { seen.answered += 1 }
      if try world.exact(question, &scratch) != expected { seen.changed += 1 }
    }
  }
}
