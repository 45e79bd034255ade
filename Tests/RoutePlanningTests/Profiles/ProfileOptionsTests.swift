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
  ]

  private struct Seen {
    var answered = 0
    var none = 0
    var settled = 0
    var candidates = 0
    var bytes = 0
    var classes = 0
  }

  private static func engine(
    _ world: EngineWorld, _ options: ProfileOptions, _ seen: inout Seen
  ) -> QuoteEngine {
    let builder = EngineBuilder(world.planner, scope: world.engine.scope, options: options)
    let (engine, report) = builder.engine(
      builder.hotSet(nil), workers: { $0(0) }, clock: { 0 }, version: world.engine.version)
    seen.settled += report.work.settled
    seen.candidates += report.candidateSum
    seen.bytes += engine.memory
    seen.classes += builder.blockClassCount
    return engine
  }

  @Test("switched off, none changes an outcome, a vector or an itinerary", arguments: 0..<6)
  func changesNothing(_ number: Int) throws {
    var on = Seen()
    var off = Seen()
    let (name, change) = ProfileOptionsTests.switches[number]
    var options = ProfileOptions()
    change(&options)
    for seed in UInt64(1601)...1660 {
      var world = try EngineWorld(seed: seed, days: 2)
      let left = ProfileOptionsTests.engine(world, ProfileOptions(), &on)
      let right = ProfileOptionsTests.engine(world, options, &off)
      let readers = [left, right].map { QuoteReader(EngineBoard($0)) }
      for _ in 0..<20 {
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
    #expect(on.answered > 500 && on.none > 60, "\(on)")
    // Where the work or the blocks must show that something was switched off, they do.
    switch name {
    case "dropsDominated": #expect(off.settled > on.settled, "\(on) \(off)")
    case "selectsWinners": #expect(off.candidates > on.candidates, "\(on) \(off)")
    case "groupsDestinations": #expect(off.classes > on.classes, "\(on) \(off)")
    case "remembersComparisons", "sharesArrivals":
      #expect(off.bytes == on.bytes && off.candidates == on.candidates, "\(on) \(off)")
    default: #expect(off.candidates <= on.candidates, "\(on) \(off)")
    }
  }
}
