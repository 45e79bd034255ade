import LogisticsModel
import RouteGraph
import Tariffs
import TestSupport
import Testing

@testable import RoutePlanning

extension LandedReaderTests {
  /// The figure a shop is built on: three tiers with freight, promise and the landed price of three lines, on one thread.
  @Test func printsQuotesASecond() throws {
    let engine = try #require(Self.engine)
    let network = engine.network
    let origins = engine.ground.segments.indices.filter { engine.ground.segments[$0] != nil }
      .map { engine.frame.origins[$0 / engine.scope.days] }
    var random = SeededGenerator(seed: 3)
    var generator = RequestGenerator(network, seed: 3, now: Instant(minutes: engine.scope.start))
    let codes = ["851830", "610910", "950300", "420212", "330499"]
    var questions: [NetworkPlanner.Question] = []
    var orders: [LandedOrder] = []
    while questions.count < 4096 {
      var question = generator.next()
      question.origin = random.pick(origins)
      question.ready = Instant(
        minutes: engine.scope.start + random.integer(0...(Int64(engine.scope.days) * 1440 - 1)))
      let lines = try (0..<3).map { _ in
        try OrderLine(
          code: try HSCode(random.pick(codes)), quantity: random.integer(1...2),
          unitValue: Money(minorUnits: random.integer(900...5000), .cny))
      }
      let value = lines.reduce(0) { $0 + $1.total.minorUnits }
      question.parcel = Parcel(
        weight: question.parcel.weight, goods: question.parcel.goods,
        declaredValue: Money(minorUnits: value, .cny))
      questions.append(question)
      orders.append(LandedOrder(lines, on: network))
    }
    let board = EngineBoard(engine)
    let landing = LandedReader(board)
    let reader = QuoteReader(board)
    let clock = ContinuousClock()
    let batch = 128
    var landed = Array(repeating: LandedQuote(QuickQuote.none), count: batch)
    var quick = Array(repeating: QuickQuote.none, count: batch)
    var best = (quick: Duration.seconds(1), landed: Duration.seconds(1))
    var sum = (quick: Duration.zero, landed: Duration.zero)
    let rounds = 40
    for _ in 0..<rounds {
      for first in stride(from: 0, to: questions.count, by: batch) {
        let asked = questions.span.extracting(first..<first + batch)
        let own = orders.span.extracting(first..<first + batch)
        let start = clock.now
        var places = quick.mutableSpan
        reader.quotes(asked, into: &places)
        let middle = clock.now
        var rooms = landed.mutableSpan
        landing.quotes(asked, own, into: &rooms)
        let end = clock.now
        best.quick = min(best.quick, middle - start)
        best.landed = min(best.landed, end - middle)
        sum.quick += middle - start
        sum.landed += end - middle
      }
    }
    #expect(reader.count(of: .answered) > 40 * 3000 && landing.exactCount == 0)
    func nanoseconds(_ duration: Duration, _ count: Int) -> Int64 {
      let parts = duration.components
      return (parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000) / Int64(count)
    }
    let all = rounds * questions.count
    print(
      "a quote of three tiers: \(nanoseconds(best.quick, batch)) ns at best, "
        + "\(nanoseconds(sum.quick, all)) on average; with landed prices "
        + "\(nanoseconds(best.landed, batch)) at best, \(nanoseconds(sum.landed, all)) on average")
  }
}
