import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// Every optimisation of building blocks switched off, one at a time: other blocks perhaps, the same answers always.
@Suite struct ProfileOptionsTests {
  private static let switches: [(name: String, off: @Sendable (inout ProfileOptions) -> Void)] = [
    ("dropsDominated", { $0.dropsDominated = false }),
    ("selectsWinners", { $0.selectsWinners = false }),
    ("comparesProbes", { $0.comparesProbes = false }),
    ("remembersComparisons", { $0.remembersComparisons = false }),
    ("sharesArrivals", { $0.sharesArrivals = false }),
    ("groupsDestinations", { $0.groupsDestinations = false }),
    ("skipsDisjointLaws", { $0.skipsDisjointLaws = false }),
    ("usesLargePages", { $0.usesLargePages = false }),
    ("sharesSheets", { $0.sharesSheets = false }),
    ("sharesLaws", { $0.sharesLaws = false }),
    ("greatestMemory", { $0.greatestMemory = 0 }),
  ]

  private struct Seen {
    var answered = 0
    var none = 0
    var settled = 0
    var candidates = 0
    var atoms = 0
    var bytes = 0
    var classes = 0

    mutating func count(
      _ engine: QuoteEngine, _ report: EngineBuilder.Report, _ builder: EngineBuilder
    ) {
      settled += report.work.settled
      atoms += report.work.atoms
      candidates += report.candidateSum
      bytes += engine.memory
      classes += builder.blockClassCount
    }
  }

  /// The engine of a world, built with some optimisations switched off.
  private static func engine(
    _ world: EngineWorld, _ options: ProfileOptions, _ seen: inout Seen
  ) -> QuoteEngine {
    let builder = EngineBuilder(world.planner, scope: world.engine.scope, options: options)
    let (engine, report) = builder.engine(
      builder.hotSet(nil), workers: { $0(0) }, clock: { 0 }, version: world.engine.version)
    seen.count(engine, report, builder)
    return engine
  }

  @Test("switched off, none changes an outcome, a vector or an itinerary", arguments: 0..<11)
  func changesNothing(_ number: Int) throws {
    var on = Seen()
    var off = Seen()
    let (name, change) = ProfileOptionsTests.switches[number]
    var options = ProfileOptions()
    change(&options)
    for seed in UInt64(1601)...1612 {
      var world = try EngineWorld(seed: seed, days: 2)
      let left = world.engine
      on.count(left, world.report, world.builder)
      let right = ProfileOptionsTests.engine(world, options, &off)
      let readers = [left, right].map { QuoteReader(EngineBoard($0)) }
      for _ in 0..<40 {
        let question = try world.question()
        let quotes = readers.map { $0.quote(question) }
        #expect(quotes[0].outcome == quotes[1].outcome, "\(name), seed \(seed): \(question)")
        #expect(
          world.answer(quotes[0], question, by: left)
            == world.answer(quotes[1], question, by: right),
          "\(name), seed \(seed): \(question)")
        if quotes[0].outcome == .answered { on.answered += 1 } else { on.none += 1 }
      }
    }
    #expect(on.answered > 160 && on.none > 20, "\(on)")
    // Where the work or the blocks must show that something was switched off, they do.
    switch name {
    case "dropsDominated": #expect(off.settled > on.settled, "\(on) \(off)")
    case "selectsWinners": #expect(off.candidates > on.candidates, "\(on) \(off)")
    case "groupsDestinations": #expect(off.classes > on.classes, "\(on) \(off)")
    case "sharesLaws":
      #expect(off.atoms > 2 * on.atoms && off.bytes == on.bytes, "\(on) \(off)")
    case "greatestMemory", "remembersComparisons", "sharesArrivals", "skipsDisjointLaws",
      "usesLargePages", "sharesSheets":
      #expect(off.bytes == on.bytes && off.candidates == on.candidates, "\(on) \(off)")
    default: #expect(off.candidates <= on.candidates, "\(on) \(off)")
    }
  }
}
