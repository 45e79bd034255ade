import Dispatch
import Foundation
import LogisticsModel
import RouteGraph
import Synchronization
import TestSupport
import Testing

@testable import RoutePlanning

/// Blocks built when they are missed, on random bundles: the search first, then the look-up, and both say the same.
@Suite struct LazyBlocksTests {
  /// An engine of a world's first pairs only.
  private static func engine(_ world: EngineWorld, pairs: Int) -> QuoteEngine {
    world.builder.engine(world.builder.hotSet(pairs), workers: { $0(0) }, clock: { 0 }).engine
  }

  private struct Seen {
    var missed = 0
    var answered = 0
    var none = 0
    var unbuildable = 0
  }

  /// Asks, and holds every final answer against the exact search.
  private static func ask(
    _ world: EngineWorld, _ lazy: LazyBlocks, _ questions: [NetworkPlanner.Question],
    _ seen: inout Seen, _ title: String
  ) throws {
    let reader = QuoteReader(lazy.board)
    var scratch = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
    for question in questions {
      let quote = reader.quote(question)
      lazy.note(quote, of: question, by: reader.engine)
      if quote.outcome == .notBuilt { seen.missed += 1 }
      guard quote.outcome.isFinal else { continue }
      let expected = try world.exact(question, &scratch, under: reader.engine.network)
      #expect(
        world.answer(quote, question, by: reader.engine) == expected, "\(title): \(question)")
      if expected == nil { seen.none += 1 } else { seen.answered += 1 }
    }
  }

  @Test("what no block answers is searched once, then looked up, with equal answers")
  func secondTime() throws {
    var first = Seen()
    var second = Seen()
    var counts = LazyCounts()
    for seed in UInt64(1001)...1030 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<20).map { _ in try world.question() }
      let lazy = LazyBlocks(
        EngineBoard(LazyBlocksTests.engine(world, pairs: Int(seed % 3))), memory: 1 << 30)
      try LazyBlocksTests.ask(world, lazy, questions, &first, "seed \(seed), first")
      let before = lazy.counts
      #expect(before.hits == 0 && before.built == 0)
      while lazy.step() {}
      try LazyBlocksTests.ask(world, lazy, questions, &second, "seed \(seed), second")
      let own = lazy.counts
      #expect(own.refused == 0 && own.evicted == 0 && own.stale == 0 && own.overlooked == 0)
      let engine = lazy.board.engine
      for question in questions {
        // What is not answered now is answered by no engine.
        let reader = QuoteReader(EngineBoard(world.engine))
        let whole = reader.quote(question)
        let quote = QuoteReader(lazy.board).quote(question)
        #expect(quote.outcome == whole.outcome, "seed \(seed): \(question)")
        #expect(
          world.answer(quote, question, by: engine) == world.answer(whole, question),
          "seed \(seed): \(question)")
        if quote.outcome == .notBuilt { second.unbuildable += 1 }
      }
      counts.misses += own.misses
      counts.hits += own.hits
      counts.built += own.built
    }
    #expect(first.missed > 180 && first.missed > 8 * second.missed, "\(first) \(second)")
    #expect(second.missed == second.unbuildable)
    #expect(counts.built > 55 && counts.hits > 150, "\(counts)")
    #expect(second.answered > 300 && second.none > 18, "\(second)")
  }

  @Test("the memory limit holds at every version, and who does not fit is still searched")
  func memory() throws {
    var evicted = 0
    var refused = 0
    for seed in UInt64(1101)...1115 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<60).map { _ in try world.question() }
      let empty = LazyBlocksTests.engine(world, pairs: 0)
      let all = LazyBlocks(EngineBoard(empty), memory: .max)
      var seen = Seen()
      try LazyBlocksTests.ask(world, all, questions, &seen, "seed \(seed), all")
      while all.step() {}
      let whole = all.memory
      #expect(whole == all.board.engine.memory)
      let limit = whole / Int(2 + seed % 3)
      let lazy = LazyBlocks(EngineBoard(empty), memory: limit)
      for round in 0..<6 {
        // Some are asked for more often than others, others every time.
        for (place, question) in questions.enumerated() where place % (round + 1) == 0 {
          try LazyBlocksTests.ask(world, lazy, [question], &seen, "seed \(seed), \(round)")
        }
        while lazy.step() { #expect(lazy.memory <= limit) }
      }
      #expect(lazy.memory <= limit)
      #expect(lazy.memory == lazy.board.engine.memory)
      evicted += lazy.counts.evicted
      refused += lazy.counts.refused
    }
    #expect(evicted > 10 && refused > 10, "\(evicted) evicted, \(refused) refused")
  }

  @Test("a disruption hides blocks built lazily, a repair renews them; later ones hold under it")
  func disrupted() throws {
    var seen: [String: Seen] = [:]
    for seed in UInt64(1201)...1230 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<16).map { _ in try world.question() }
      var random = RandomDisruptions(world.random, world.planner, seed: seed)
      let board = EngineBoard(LazyBlocksTests.engine(world, pairs: 1))
      let lazy = LazyBlocks(board, memory: 1 << 30)
      func step(_ title: String) throws {
        try LazyBlocksTests.ask(
          world, lazy, questions, &seen[title, default: Seen()], "seed \(seed), \(title)")
      }
      try step("first")
      if seed % 2 == 0 { while lazy.step() {} }
      var overlay = random.overlay(count: random.random.int(1...4), befalling: questions)
      board.update { $0.disrupted(by: overlay) }
      try step("told")
      // Segments that wait for a repair are left to it.
      while lazy.step() {}
      try step("told, built")
      let told = board.engine
      board.publish(told.narrowed { $0(0) }.repaired { $0(0) }, madeFrom: told)
      try step("repaired")
      while lazy.step() {}
      try step("repaired, built")
      overlay = overlay.adding(random.overlay(count: 2, befalling: questions).disruptions)
      board.update { $0.disrupted(by: overlay) }
      try step("told again")
      while lazy.step() {}
      let again = board.engine
      board.publish(again.narrowed { $0(0) }.repaired { $0(0) }, madeFrom: again)
      while lazy.step() {}
      try step("repaired again")
    }
    for (title, own) in seen where title != "first" {
      #expect(own.answered > 30 && own.none > 18, "\(title): \(own)")
    }
    #expect(seen["repaired, built"]?.missed ?? .max < 40, "\(seen)")
    #expect(seen["repaired again"]?.answered ?? 0 > 70, "\(seen)")
  }

  @Test("a block built under an overlay that stands no more is dropped, and built anew")
  func stale() throws {
    var dropped = 0
    for seed in UInt64(1301)...1320 {
      var world = try EngineWorld(seed: seed)
      let questions = try (0..<12).map { _ in try world.question() }
      var random = RandomDisruptions(world.random, world.planner, seed: seed)
      let board = EngineBoard(LazyBlocksTests.engine(world, pairs: 0))
      let lazy = LazyBlocks(board, memory: 1 << 30)
      var seen = Seen()
      try LazyBlocksTests.ask(world, lazy, questions, &seen, "seed \(seed)")
      guard let task = lazy.begin() else { continue }
      let patch = task.base.patch(for: task.job)
      let overlay = random.overlay(count: 2, befalling: questions)
      let told = board.update { $0.disrupted(by: overlay) }
      lazy.end(task, with: patch)
      guard patch != nil else { continue }
      #expect(board.engine === told && lazy.memory == 0)
      #expect(lazy.counts.stale == 1 && lazy.counts.built == 0)
      dropped += 1
      while lazy.step() {}
      try LazyBlocksTests.ask(world, lazy, questions, &seen, "seed \(seed), under the overlay")
      #expect(lazy.counts.built > 0)
    }
    #expect(dropped > 15)
  }

  @Test("a block built for a network no longer quoted from is dropped with its demand")
  func otherGround() throws {
    let world = try EngineWorld(seed: 1401)
    var asked = world
    let questions = try (0..<20).map { _ in try asked.question() }
    let board = EngineBoard(LazyBlocksTests.engine(world, pairs: 0))
    let lazy = LazyBlocks(board, memory: 1 << 30)
    var seen = Seen()
    try LazyBlocksTests.ask(world, lazy, questions, &seen, "first")
    let task = try #require(lazy.begin())
    let other = world.builder.engine(
      world.builder.hotSet(0), workers: { $0(0) }, clock: { 0 }, version: 9
    ).engine
    #expect(board.publish(other))
    lazy.end(task, with: task.base.patch(for: task.job))
    #expect(board.engine === other)
    #expect(!lazy.step(), "what was asked for is numbered for another network")
    try LazyBlocksTests.ask(world, lazy, questions, &seen, "second")
    while lazy.step() {}
    #expect(board.engine !== other && board.engine.ground === other.ground)
    try LazyBlocksTests.ask(world, lazy, questions, &seen, "third")
    #expect(seen.answered > 0)
  }

  @Test("readers, builders and disruptions at once: every answer is that of the version it names")
  func together() throws {
    var world = try EngineWorld(seed: 1507)
    let questions = try (0..<60).map { _ in try world.question() }
    var random = RandomDisruptions(world.random, world.planner, seed: 1507)
    let overlays = (0..<12).map { _ in random.overlay(count: 2, befalling: questions) }
    // What the search says under each overlay, and under none.
    var scratch = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
    let planners =
      [world.planner] + overlays.map { DisruptedNetwork(world.planner, under: $0).planner }
    let expected = try planners.map { planner in
      try questions.map { try world.exact($0, &scratch, under: planner) }
    }
    @Sendable func answer(
      _ quote: QuickQuote, _ question: NetworkPlanner.Question, by engine: QuoteEngine
    ) -> [TierAnswer]? {
      guard quote.outcome == .answered else { return nil }
      return [quote.economy, quote.standard, quote.premium].map {
        TierAnswer(
          vector: $0.vector,
          legs: engine.itinerary($0, of: quote, to: question.destination)?.legs ?? [])
      }
    }
    let board = EngineBoard(LazyBlocksTests.engine(world, pairs: 0))
    // Half of what all would take: blocks give way to others all the time.
    let limit = world.engine.memory / 2
    let lazy = LazyBlocks(board, memory: limit)
    let isOver = Atomic(false)
    let wrong = Atomic(0)
    let asked = Atomic(0)
    let final = Atomic(0)
    let done = Atomic(0)
    let versions = Mutex(Set<UInt64>())
    @Sendable func thread(_ body: @escaping @Sendable () -> Void) {
      Thread {
        body()
        done.add(1, ordering: .releasing)
      }.start()
    }
    for _ in 0..<2 {
      thread {
        let reader = QuoteReader(board)
        while !isOver.load(ordering: .acquiring) {
          for (position, question) in questions.enumerated() {
            let quote = reader.quote(question)
            let engine = reader.engine
            lazy.note(quote, of: question, by: engine)
            asked.add(1, ordering: .relaxed)
            guard quote.outcome.isFinal else { continue }
            final.add(1, ordering: .relaxed)
            let state =
              engine.disruption.flatMap { overlays.firstIndex(of: $0.effect.overlay) }.map {
                $0 + 1
              }
              ?? 0
            if answer(quote, question, by: engine) != expected[state][position]
              || quote.version != engine.version
            {
              wrong.add(1, ordering: .relaxed)
            }
            versions.withLock { _ = $0.insert(quote.version) }
          }
        }
      }
      thread {
        while !isOver.load(ordering: .acquiring) {
          if !lazy.step() { usleep(50) }
        }
      }
    }
    func wait(_ questions: Int) {
      let before = asked.load(ordering: .relaxed)
      while asked.load(ordering: .relaxed) < before + questions { usleep(100) }
    }
    for overlay in overlays {
      wait(600)
      board.update { $0.disrupted(by: overlay) }
      wait(200)
      let told = board.engine
      board.publish(told.narrowed { $0(0) }.repaired { $0(0) }, madeFrom: told)
    }
    wait(600)
    // How many answers fall to whom is the scheduler's: go on until there were enough, but not for ever.
    let deadline = ContinuousClock.now + .seconds(60)
    func isEnough() -> Bool {
      let counts = lazy.counts
      return final.load(ordering: .relaxed) > 500 && versions.withLock { $0.count } > 4
        && counts.built > 2 && counts.hits > 100
    }
    while !isEnough(), ContinuousClock.now < deadline { usleep(1_000) }
    isOver.store(true, ordering: .releasing)
    while done.load(ordering: .acquiring) < 4 { usleep(100) }
    #expect(wrong.load(ordering: .relaxed) == 0)
    let counts = lazy.counts
    #expect(isEnough(), "\(final.load(ordering: .relaxed)) answers, \(counts)")
  }
}
