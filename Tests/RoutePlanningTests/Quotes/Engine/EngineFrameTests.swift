import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct EngineFrameTests {
  /// B -> H costs 1.00 and a cent a gram, H -> G twice that, G -> U as the first: 4.00 and 4 cents a gram.
  @Test("charge classes keep their numbers from overlay to overlay: repaired blocks keep prices")
  func chargeNumbers() throws {
    let planner = try HandBundle.planner(goesFurther: true)
    let builder = EngineBuilder(
      planner, scope: EngineScope(from: HandBundle.now, days: 2, currency: .eur))
    var engine = builder.engine(builder.hotSet(nil), workers: { $0(0) }, clock: { 0 }).engine
    func node(_ name: String) throws -> NodeID { try #require(planner.bundle.nodeID(named: name)) }
    let question = NetworkPlanner.Question(
      origin: try node("B"), destination: try node("U"), parcel: Parcel(weight: Grams(100)),
      ready: HandBundle.now, level: .standard, currency: .eur)
    #expect(QuoteReader(EngineBoard(engine)).quote(question).economy.price == 800)
    // The dearer leg takes less: a class of its own. Repaired, B's block knows it by its number.
    let first = try [Disruption(word: "HG@over:10kg", of: .restrict)]
    engine = engine.disrupted(by: DisruptionOverlay(first)).narrowed { $0(0) }.repaired { $0(0) }
    #expect(QuoteReader(EngineBoard(engine)).quote(question).economy.price == 800)
    // Then a cheaper leg that stands before it in the network, and that B's block does not ask.
    let second = try [Disruption(word: "AH@over:5kg", of: .restrict)]
    engine = engine.disrupted(by: DisruptionOverlay(first).adding(second))
    let quote = QuoteReader(EngineBoard(engine)).quote(question)
    #expect(quote.outcome == .answered, "B's block is not concerned")
    #expect(quote.economy.price == 800)
  }
}
