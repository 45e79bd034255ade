import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// Repairs that search only what a change concerns, against those that build everything from nothing.
@Suite struct QuoteEngineRepairTests {
  /// Rows of blocks, compared.
  private struct Rows {
    var equal = 0
    /// With a candidate too many, which wins nothing.
    var fuller = 0
  }

  @Test(
    "overlays one on top of the other, some repaired and some not: answers and rows are those of a full build"
  )
  func stackedOverlays() throws {
    var rows = Rows()
    var answered = 0
    var changed = 0
    var searched = 0
    var kept = 0
    for seed in UInt64(1201)...1280 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<12).map { _ in try world.question() }
      var random = RandomDisruptions(world.random, world.planner, seed: seed)
      var overlay = DisruptionOverlay([])
      var engine = world.engine
      for step in 0..<5 {
        if random.random.chance(percent: 25), !overlay.disruptions.isEmpty {
          overlay = overlay.removing([random.random.pick(overlay.disruptions)])
        } else {
          let more = random.overlay(count: random.random.int(1...2), befalling: questions)
          overlay = overlay.adding(more.disruptions)
        }
        engine = engine.disrupted(by: overlay)
        if random.random.chance(percent: 70) { engine = engine.narrowed { $0(0) } }
        guard step == 4 || random.random.chance(percent: 60) else { continue }
        let rebuilt = engine.repair(rebuildsAll: true) { $0(0) }
        let repaired = engine.repair { $0(0) }
        #expect(rebuilt.work.blockRowsKept == 0 && rebuilt.work.segments == repaired.work.segments)
        searched += repaired.work.blockRowsSearched
        kept += repaired.work.blockRowsKept
        try compare(repaired.engine, rebuilt.engine, "seed \(seed), step \(step)", &rows)
        engine = repaired.engine
        let found = try compare(world, engine, questions, "seed \(seed), step \(step)")
        answered += found.answered
        changed += found.changed
      }
    }
    #expect(rows.equal > 5_000 && rows.fuller * 100 < rows.equal, "\(rows)")
    #expect(answered > 450 && changed > 50, "\(answered), \(changed)")
    #expect(searched > 2500 && kept > 1000, "\(searched), \(kept)")
  }

  @Test("of a worsening change exactly the rows are searched that have a candidate which meets it")
  func onlyConcernedRows() throws {
    var concerned = 0
    var all = 0
    for seed in UInt64(1301)...1360 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<8).map { _ in try world.question() }
      var random = RandomDisruptions(world.random, world.planner, seed: seed)
      let overlay = random.overlay(count: 1, kinds: [.cancel, .full], befalling: questions)
      let told = world.engine.disrupted(by: overlay)
      guard let effect = told.disruption?.effect, effect.isOnlyWorsening else { continue }
      let narrowed = told.narrowed { $0(0) }
      let work = narrowed.repair { $0(0) }.work
      let expected = try counts(world, narrowed, ChangedMinutes(effect.changes, on: world.planner))
      #expect(work == expected, "seed \(seed)")
      concerned += expected.blockRowsSearched
      all += expected.blockRowsSearched + expected.blockRowsKept
    }
    #expect(concerned > 100 && 2 * all > 3 * concerned, "\(concerned) of \(all)")
  }

  /// What a repair has to do, each itinerary of each row evaluated for itself.
  private func counts(
    _ world: EngineWorld, _ engine: QuoteEngine, _ changes: ChangedMinutes
  ) throws -> RepairWork {
    var work = RepairWork()
    for (position, state) in engine.states.enumerated() {
      guard let state, !state.isWhole, let base = engine.ground.segments[position] else { continue }
      work.segments += 1
      let days = engine.scope.days
      let minutes = engine.scope.minutes(ofDay: position % days)
      let ready = try #require(
        OriginProfiles.readyClasses(
          at: engine.frame.origins[position / days], within: minutes, on: engine.network.search))
      for row in ready {
        let last = min(row.last, minutes.upperBound - 1)
        let old = (0..<base.rows.count / 2).first {
          base.rows[2 * $0] == row.first && base.rows[2 * $0 + 1] == last
        }
        let own = state.hidden.bits.count { destination in
          guard let old else { return true }
          var stored = StoredRow()
          guard base.take(row: old, of: destination, into: &stored) else { return true }
          return stored.candidates.contains { candidate in
            changes.concern(
              base.legs(ofPath: Int(candidate.path)).map { LegID($0) }, ready: row.first,
              horizon: SearchRequest.usualHorizon)
          }
        }
        work.rows += 1
        if own > 0 { work.rowsSearched += 1 }
        work.blockRowsSearched += own
        work.blockRowsKept += state.hidden.bits.count - own
      }
    }
    return work
  }

  /// Every row of the second engine's patches is, in its order, part of the first's.
  private func compare(
    _ left: QuoteEngine, _ right: QuoteEngine, _ title: String, _ rows: inout Rows
  ) throws {
    for position in left.states.indices {
      guard let one = left.states[position]?.patch else { continue }
      let other = try #require(right.states[position]?.patch)
      for destination in one.index.indices {
        let isThere = one.index[destination] != BlockLayout.absent
        #expect(isThere == (other.index[destination] != BlockLayout.absent), "\(title)")
        // Of a class whose every destination has a last leg of its own now, no block is read.
        let node = left.frame.destinations.representatives[destination]
        guard isThere, !left.excluded.contains(node) else { continue }
        for row in 0..<one.rows.count / 2 {
          // Minutes before a row's first say nothing.
          let first = Int(
            one.rows[2 * row] - left.scope.minutes(ofDay: position % left.scope.days).lowerBound)
          let found = candidates(of: one, row, destination, from: first)
          let built = candidates(of: other, row, destination, from: first)
          #expect(found.filter { built.contains($0) } == built, "\(title)")
          if found == built { rows.equal += 1 } else { rows.fuller += 1 }
        }
      }
    }
  }

  private func candidates(
    of segment: BlockSegment, _ row: Int, _ destination: Int, from first: Int
  ) -> [String] {
    var stored = StoredRow()
    _ = segment.take(row: row, of: destination, into: &stored)
    return stored.candidates.map { candidate in
      let path = Int(candidate.path)
      return "\(segment.legs(ofPath: path)) + \(candidate.lastLeg), \(candidate.promises), from "
        + "\(max(Int(candidate.from), first)), \(segment.clearance(ofPath: path, row: row).bits)"
    }
  }

  private func compare(
    _ world: EngineWorld, _ engine: QuoteEngine, _ questions: [NetworkPlanner.Question],
    _ title: String
  ) throws -> (answered: Int, changed: Int) {
    let reader = QuoteReader(EngineBoard(engine))
    var scratch = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
    var found = (answered: 0, changed: 0)
    for question in questions {
      let quote = reader.quote(question)
      guard quote.outcome.isFinal else { continue }
      let expected = try world.exact(question, &scratch, under: engine.network)
      #expect(world.answer(quote, question, by: engine) == expected, "\(title): \(question)")
      found.answered += expected == nil ? 0 : 1
      if try world.exact(question, &scratch) != expected { found.changed += 1 }
    }
    return found
  }
}
