import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// Quotes looked up against the exact search and against enumeration on paper.
@Suite struct QuoteEngineTests {
  /// What came up; a comparison in which nothing of a sort came up proves nothing about it.
  private struct Seen {
    var counts: [String: Int] = [:]
    mutating func note(_ sort: String, if occurred: Bool = true) {
      if occurred { counts[sort, default: 0] += 1 }
    }
  }

  private static let currencies: [Currency] = [.eur, .usd, .cny]

  @Test("winners and itineraries equal the exact search and enumeration on random dated bundles")
  func equality() throws {
    var seen = Seen()
    for seed in UInt64(1)...300 {
      var world = try EngineWorld(
        seed: seed, currency: QuoteEngineTests.currencies[Int(seed % 3)])
      let reference = BundleEnumerator(world.random.text, now: world.random.now)
      var options = LookUpOptions()
      options.usesShortlists = false
      let thorough = QuoteReader(EngineBoard(world.engine), options)
      var oneByOne = LookUpOptions()
      oneByOne.pricesTogether = false
      let apart = QuoteReader(EngineBoard(world.engine), oneByOne)
      let reader = QuoteReader(EngineBoard(world.engine))
      var scratch = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
      for number in 0..<40 {
        let question = try world.question()
        let quote = reader.quote(question)
        seen.note("\(quote.outcome)")
        #expect(quote.version == seed)
        guard quote.outcome.isFinal else {
          #expect(quote.outcome == .notBuilt, "seed \(seed): \(quote.outcome)")
          continue
        }
        note(quote, question, world, &seen)
        let found = world.answer(quote, question)
        let expected = try world.exact(question, &scratch)
        #expect(found == expected, "seed \(seed), question \(number): \(question)")
        for same in [thorough.quote(question), apart.quote(question)] {
          #expect(
            [same.economy, same.standard, same.premium]
              == [quote.economy, quote.standard, quote.premium] && same.outcome == quote.outcome,
            "seed \(seed), question \(number), whole rows or charges one by one")
        }
        if number < 8 { try compare(found, question, world, reference, &seen) }
        if found != expected { return }
      }
    }
    for (sort, least) in [
      ("answered", 5000), ("none", 500), ("notBuilt", 50), ("open row", 100),
      ("open row decides", 10), ("outside validity", 20), ("promise past validity", 10),
      ("three options", 100), ("one option", 300), ("tie: legs", 20), ("tie: lawAtEnd", 5),
      ("tie: lastLeg", 5), ("tie: earlierLeg", 5), ("battery", 300), ("refused class", 100),
      ("twin zone", 500), ("lists", 5000), ("value of hour nil", 20),
    ] {
      #expect(seen.counts[sort, default: 0] >= least, "\(sort): \(seen.counts)")
    }
  }

  @Test("rows of every file in another order change no outcome, price, date or emission")
  func shuffledRows() throws {
    var answered = 0
    for seed in UInt64(601)...620 {
      var world = try EngineWorld(seed: seed)
      var shuffler = SeededGenerator(seed: seed)
      let text = world.random.text.shuffled(&shuffler)
      let planner = try text.planner(now: world.random.now)
      let builder = EngineBuilder(planner, scope: world.engine.scope)
      let (engine, _) = builder.engine(
        builder.hotSet(nil), workers: { $0(0) }, clock: { 0 }, version: seed)
      let readers = [world.engine, engine].map { QuoteReader(EngineBoard($0)) }
      func moved(_ node: NodeID) throws -> NodeID {
        try #require(planner.bundle.nodeID(named: world.planner.bundle.nodes.name(of: node)))
      }
      for _ in 0..<40 {
        let question = try world.question()
        var other = question
        other.origin = try moved(question.origin)
        other.destination = try moved(question.destination)
        let (left, right) = (readers[0].quote(question), readers[1].quote(other))
        #expect(left.outcome == right.outcome)
        #expect(left.economy.vector == right.economy.vector, "seed \(seed), \(question)")
        #expect(left.standard.vector == right.standard.vector, "seed \(seed), \(question)")
        #expect(left.premium.vector == right.premium.vector, "seed \(seed), \(question)")
        answered += left.outcome == .answered ? 1 : 0
      }
    }
    #expect(answered > 200)
  }

  private func note(
    _ quote: QuickQuote, _ question: NetworkPlanner.Question, _ world: EngineWorld,
    _ seen: inout Seen
  ) {
    let name = world.planner.bundle.nodes.name(of: question.destination)
    seen.note("twin zone", if: name.hasSuffix("x"))
    seen.note("battery", if: question.parcel.battery != nil && question.parcel.goods == .battery)
    let date = world.planner.tenderDate(question)
    seen.note("outside validity", if: !world.isValid(date))
    seen.note(
      "value of hour nil", if: world.planner.valueOfHour(in: question.currency, on: date) == 0)
    let place = world.engine.tables.place(of: question)
    guard let segment = world.engine.segments[place.segment], let view = SegmentView(segment),
      let block = view.block(of: place.destination)
    else { return }
    let row = block.row(place.row)
    seen.note("open row", if: row.isOpen)
    seen.note("lists", if: row.hasLists)
    if row.isOpen {
      let since = (question.ready.minutes - world.engine.scope.start) % 1440
      seen.note("open row decides", if: (0..<row.count).contains { row.from($0) > since })
    }
    seen.note("refused class", if: quote.outcome == .none && row.count > 0 && world.isValid(date))
    guard quote.outcome == .answered else { return }
    let options = Set([quote.economy, quote.standard, quote.premium].map(\.vector))
    seen.note("three options", if: options.count == 3)
    seen.note("one option", if: options.count == 1)
  }

  /// Against every itinerary written out, the tie rule told in its own words.
  private func compare(
    _ found: [TierAnswer]?, _ question: NetworkPlanner.Question, _ world: EngineWorld,
    _ reference: BundleEnumerator, _ seen: inout Seen
  ) throws {
    let bundle = world.planner.bundle
    let date = world.planner.tenderDate(question)
    let end = world.validEnd(question)
    var ways =
      world.isValid(date)
      ? reference.ways(
        from: bundle.nodes.name(of: question.origin),
        to: bundle.nodes.name(of: question.destination),
        question) : []
    seen.note("promise past validity", if: ways.contains { $0.vector.promise >= end })
    ways.removeAll { $0.vector.promise >= end }
    let value = world.planner.valueOfHour(in: question.currency, on: date)
    let ready = question.ready.minutes
    let keys: [(PlanVector) -> [Int64]] = [
      { [$0.price, $0.promise, $0.emission] },
      {
        [$0.price * 60 + value * ($0.promise - ready), $0.price, $0.promise, $0.emission]
      },
      { [$0.promise, $0.price, $0.emission] },
    ]
    for (tier, key) in keys.enumerated() {
      let winner = TieRule.winner(ways, by: key)
      for part in winner?.parts ?? [] { seen.note("tie: \(part)") }
      let expected = winner.map { winner in
        TierAnswer(vector: winner.way.vector, legs: winner.way.rows.map { LegID(Int32($0)) })
      }
      #expect(
        found?[tier] == expected,
        "seed \(world.engine.version), tier \(tier), \(question) \(String(describing: winner?.parts))"
      )
    }
  }
}

extension EngineWorld {
  /// Vectors and last legs of a quote: what does not depend on how paths are numbered.
  func vectors(_ quote: QuickQuote) -> [[Int64]] {
    [quote.economy, quote.standard, quote.premium].map {
      [Int64(quote.outcome.rawValue), $0.price, $0.promise, $0.emission, Int64($0.lastLeg)]
    }
  }
}
