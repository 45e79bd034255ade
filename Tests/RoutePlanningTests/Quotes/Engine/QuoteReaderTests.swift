import Foundation
import LogisticsModel
import RouteGraph
import Synchronization
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct QuoteReaderTests {
  private static func questions(_ world: EngineWorld, count: Int) throws -> [NetworkPlanner
    .Question]
  {
    var world = world
    return try (0..<count).map { _ in try world.question() }
  }

  /// Everything a quote says but its version.
  private struct Said: Hashable, Sendable {
    let outcome: QuickQuote.Outcome
    let options: [QuickOption]
    init(_ quote: QuickQuote) {
      outcome = quote.outcome
      options = [quote.economy, quote.standard, quote.premium]
    }
  }

  private static func batch(
    _ reader: QuoteReader, _ questions: [NetworkPlanner.Question]
  ) -> [QuickQuote] {
    var quotes = [QuickQuote](repeating: QuickQuote(.none), count: questions.count)
    var room = quotes.mutableSpan
    reader.quotes(questions.span, into: &room)
    return quotes
  }

  @Test("a batch of any length says what single quotes say; counts add up to the questions")
  func batches() throws {
    let world = try EngineWorld(seed: 44)
    let board = EngineBoard(world.engine)
    let questions = try QuoteReaderTests.questions(world, count: 400)
    let single = QuoteReader(board)
    let expected = questions.map { Said(single.quote($0)) }
    for length in [0, 1, 2, 31, 32, 33, 63, 64, 65, 400] {
      let reader = QuoteReader(board)
      let quotes = QuoteReaderTests.batch(reader, Array(questions.prefix(length)))
      #expect(quotes.map { Said($0) } == Array(expected.prefix(length)), "\(length)")
      var options = LookUpOptions()
      options.readsAhead = false
      let untouched = QuoteReader(board, options)
      #expect(
        QuoteReaderTests.batch(untouched, Array(questions.prefix(length))).map { Said($0) }
          == Array(expected.prefix(length)), "\(length), its misses one by one")
      options.pricesTogether = false
      let apart = QuoteReader(board, options)
      #expect(
        QuoteReaderTests.batch(apart, Array(questions.prefix(length))).map { Said($0) }
          == Array(expected.prefix(length)), "\(length), its charges one by one")
      options.usesRowDirectory = false
      for readsAhead in [false, true] {
        options.readsAhead = readsAhead
        let roundabout = QuoteReader(board, options)
        #expect(
          QuoteReaderTests.batch(roundabout, Array(questions.prefix(length))).map { Said($0) }
            == Array(expected.prefix(length)), "\(length), rows by way of their blocks")
        let alone = questions.prefix(length).map { Said(roundabout.quote($0)) }
        #expect(alone == Array(expected.prefix(length)))
      }
      #expect(quotes.allSatisfy { $0.version == world.engine.version })
      #expect(QuickQuote.Outcome.allCases.reduce(0) { $0 + reader.count(of: $1) } == length)
      for outcome in QuickQuote.Outcome.allCases {
        #expect(reader.count(of: outcome) == quotes.count { $0.outcome == outcome })
      }
    }
  }

  @Test("questions outside what blocks are for say why, and name the version")
  func outcomes() throws {
    var world = try EngineWorld(seed: 44)
    let reader = QuoteReader(EngineBoard(world.engine))
    var question = try world.question()
    while reader.quote(question).outcome != .answered { question = try world.question() }
    let parcel = question.parcel
    func outcome(_ change: (inout NetworkPlanner.Question) -> Void) -> QuickQuote.Outcome {
      var other = question
      change(&other)
      let quote = reader.quote(other)
      #expect(quote.version == world.engine.version)
      #expect(Said(QuoteReaderTests.batch(reader, [other])[0]) == Said(quote))
      return quote.outcome
    }
    let start = world.engine.scope.start
    #expect(outcome { $0.ready = Instant(minutes: start - 1) } == .outsideDays)
    #expect(outcome { $0.ready = Instant(minutes: start + 3 * 1440) } == .outsideDays)
    #expect(outcome { $0.ready = Instant(minutes: .max) } == .outsideDays)
    #expect(outcome { $0.ready = Instant(minutes: .min) } == .outsideDays)
    #expect(outcome { $0.currency = .usd } == .otherCurrency)
    #expect(outcome { $0.greatestLegs = 6 } == .otherLegs)
    let levels = (0...1024).compactMap { ServiceLevel(q1024: Int32($0)) }
    #expect(levels.count { level in outcome { $0.level = level } == .answered } == 4)
    #expect(outcome { $0.level = ServiceLevel(q1024: 512) ?? .standard } == .otherLevel)
    #expect(outcome { $0.parcel = Parcel(weight: Grams(20_001), goods: parcel.goods) } == .tooHeavy)
    #expect(outcome { $0.parcel = Parcel(weight: Grams(.max), goods: parcel.goods) } == .tooHeavy)
    for strange in [Int32.min, -1, Int32(world.planner.bundle.topology.nodeCount), .max] {
      #expect(outcome { $0.origin = NodeID(strange) } == .notBuilt)
      #expect(outcome { $0.destination = NodeID(strange) } == .notBuilt)
    }
    #expect(outcome { $0.destination = $0.origin } == .notBuilt)
  }

  @Test("later ready is never earlier there by one option, a higher level never earlier")
  func monotone() throws {
    var compared = 0
    for seed in UInt64(300)...330 {
      var world = try EngineWorld(seed: seed)
      let reader = QuoteReader(EngineBoard(world.engine))
      for _ in 0..<20 {
        var question = try world.question()
        let levels = StoredLevels.q1024.compactMap { level -> Int64? in
          question.level = ServiceLevel(q1024: level) ?? .standard
          let quote = reader.quote(question)
          return quote.outcome == .answered ? quote.premium.promise : nil
        }
        #expect(levels == levels.sorted())
        var before = Int64.min
        let date = world.planner.tenderDate(question)
        for wait in stride(from: Int64(0), to: 1400, by: 97) {
          var later = question
          later.ready = question.ready.advanced(byMinutes: wait)
          // Another date may have other restrictions.
          guard world.planner.tenderDate(later) == date else { break }
          let quote = reader.quote(later)
          guard quote.outcome == .answered else { break }
          #expect(quote.premium.promise >= before, "seed \(seed), \(question)")
          before = quote.premium.promise
          compared += 1
        }
      }
    }
    #expect(compared > 1000)
  }

  @Test("while versions are swapped every quote is one version's, whole, and names it")
  func swaps() throws {
    let worlds = [try EngineWorld(seed: 44), try EngineWorld(seed: 45)]
    let questions = try worlds.flatMap { try QuoteReaderTests.questions($0, count: 100) }
    // What each version says, single-threaded. Even versions are the first world's.
    let expected = worlds.map { world in
      let reader = QuoteReader(EngineBoard(world.engine))
      return questions.map { Said(reader.quote($0)) }
    }
    #expect(expected[0] != expected[1])
    let frames = worlds.map(\.builder.frame)
    let segments = worlds.map(\.engine.segments)
    @Sendable func engine(_ version: UInt64) -> QuoteEngine {
      QuoteEngine(
        frames[Int(version % 2)], segments: segments[Int(version % 2)], version: version)
    }
    let board = EngineBoard(engine(2))
    #expect(!board.publish(engine(2)) && !board.publish(engine(1)) && board.version == 2)
    let wrong = Atomic(0)
    let asked = Atomic(0)
    let versions = Mutex(Set<UInt64>())
    let isOver = Atomic(false)
    let done = Atomic(0)
    let readers = 3
    for _ in 0..<readers {
      Thread {
        defer { done.add(1, ordering: .releasing) }
        let reader = QuoteReader(board)
        var seen = Set<UInt64>()
        var last: UInt64 = 0
        var round = 0
        while round < 20 || !isOver.load(ordering: .acquiring) {
          round += 1
          let quotes =
            round % 2 == 0
            ? QuoteReaderTests.batch(reader, questions) : questions.map { reader.quote($0) }
          var isWrong = round % 2 == 0 && Set(quotes.map(\.version)).count != 1
          for (position, quote) in quotes.enumerated() {
            if quote.version < last || Said(quote) != expected[Int(quote.version % 2)][position] {
              isWrong = true
            }
            last = quote.version
            seen.insert(quote.version)
          }
          if isWrong { wrong.add(1, ordering: .relaxed) }
          asked.add(quotes.count, ordering: .relaxed)
        }
        let total = QuickQuote.Outcome.allCases.reduce(0) { $0 + reader.count(of: $1) }
        if total != round * questions.count { wrong.add(1, ordering: .relaxed) }
        versions.withLock { $0.formUnion(seen) }
      }.start()
    }
    for version in UInt64(3)...150 {
      let before = asked.load(ordering: .relaxed)
      while asked.load(ordering: .relaxed) == before { usleep(20) }
      board.publish(engine(version))
    }
    isOver.store(true, ordering: .releasing)
    while done.load(ordering: .acquiring) < readers { usleep(100) }
    #expect(wrong.load(ordering: .relaxed) == 0)
    #expect(asked.load(ordering: .relaxed) >= 12_000)
    #expect(versions.withLock { $0.count } > 100)
    #expect(board.version == 150)
  }
}
