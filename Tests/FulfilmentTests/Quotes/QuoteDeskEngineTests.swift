import Foundation
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import TestSupport
import Testing

@testable import Fulfilment

/// Quotes looked up: the same document as the search makes, byte for byte.
@Suite struct QuoteDeskEngineTests {
  /// Two origins, all destinations, one day; built once.
  static let hot = Result { () throws -> (engine: QuoteEngine, origins: [NodeID]) in
    let network = try LoadedNetworks.world.get()
    let builder = EngineBuilder(
      network, scope: EngineScope(from: LoadedNetworks.now, days: 1, currency: .eur))
    let (engine, _) = builder.engine(
      builder.hotSet(nil).limited(toOrigins: 2),
      workers: { DispatchQueue.concurrentPerform(iterations: 2, execute: $0) }, clock: { 0 })
    return (engine, Array(builder.origins.prefix(2)))
  }

  private static func document(_ quote: Quote, _ network: NetworkPlanner) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(
      decoding: try encoder.encode(QuoteDocument(quote, network: network)), as: UTF8.self)
  }

  /// Whether tiers in short say what the whole quote says.
  private static func isShort(_ tiers: TierQuote, for whole: Quote) -> Bool {
    tiers.refusals == whole.refusals && tiers.options.count == whole.options.count
      && zip(tiers.options, whole.options).allSatisfy { short, option in
        short.tiers == option.tiers && short.freight == option.freight
          && short.promise.minutes == option.vector.promise && short.deliverBy == option.deliverBy
          && short.emission == option.vector.emission
          && short.landed?.total == option.landing?.price.total
          && short.landed?.isGuaranteed == option.landing?.price.isGuaranteed
      }
  }

  private static func request(
    _ question: NetworkPlanner.Question, _ number: Int, from origin: NodeID,
    on network: NetworkPlanner
  ) throws -> QuoteRequest {
    let nodes = network.bundle.nodes
    var request = QuoteRequest(
      from: try RequestText.place(nodes.name(of: origin)),
      to: try RequestText.place(nodes.name(of: question.destination)), parcel: question.parcel)
    // Most are ready within the one day of blocks, some later.
    let minutes = Int64(number * 37 % (number % 10 == 0 ? 4000 : 900))
    request.ready = .instant(LoadedNetworks.now.advanced(byMinutes: minutes))
    request.level = question.level
    if number % 7 == 0 { request.level = try RequestText.level("0.97") }
    if number % 11 == 0 {
      request.parcel = request.parcel.with(weight: Grams(20_001 + Int64(number)))
    }
    if number % 5 == 0 {
      request.order.lines = try RequestText.lines(["610910:2:20EUR"], value: nil)
    }
    return request
  }

  @Test("300 seeded requests: looked up or searched, the documents are equal")
  func equalDocuments() throws {
    let network = try LoadedNetworks.world.get()
    let (engine, origins) = try QuoteDeskEngineTests.hot.get()
    var fast = QuoteDesk(network, board: EngineBoard(engine))
    var exact = QuoteDesk(network)
    var short = QuoteDesk(network, board: EngineBoard(engine))
    var generator = RequestGenerator(network, seed: 5, now: LoadedNetworks.now)
    var looked = 0
    var differing: [Int] = []
    for number in 0..<300 {
      let question = generator.next()
      let origin = number % 13 == 0 ? question.origin : origins[number % 2]
      let request = try QuoteDeskEngineTests.request(question, number, from: origin, on: network)
      let left = try fast.quote(request, now: LoadedNetworks.now)
      let right = try exact.quote(request, now: LoadedNetworks.now)
      let (own, other) = try (
        QuoteDeskEngineTests.document(left, fast.network),
        QuoteDeskEngineTests.document(right, exact.network)
      )
      #expect(own == other, "request \(number)")
      #expect(right.answer == EngineAnswer(engine: .exact, version: 0, outcome: nil))
      #expect(left.answer.version == engine.version)
      #expect((left.answer.engine == .fast) == left.answer.outcome?.isFinal)
      if left.answer.engine == .fast { looked += 1 }
      let tiers = try short.tiers(request, now: LoadedNetworks.now)
      if !QuoteDeskEngineTests.isShort(tiers, for: right) { differing.append(number) }
    }
    #expect(differing.isEmpty, "tiers in short differ from the whole quote's")
    #expect(looked > 150, "\(looked) looked up")
    for outcome in [QuickQuote.Outcome.notBuilt, .outsideDays, .otherLevel, .tooHeavy] {
      #expect(fast.count(of: outcome) > 0, "\(outcome)")
    }
    #expect(QuickQuote.Outcome.allCases.reduce(0) { $0 + fast.count(of: $1) } == 300)
  }

  @Test("what is missed is noted, and looked up once it is built")
  func lazy() throws {
    let network = try LoadedNetworks.demo.get()
    let builder = EngineBuilder(
      network, scope: EngineScope(from: LoadedNetworks.now, days: 2, currency: .eur))
    let lazy = LazyBlocks(EngineBoard(builder.stored().engine), memory: 1 << 20)
    var desk = QuoteDesk(network, lazy: lazy)
    let request = try DemoNetwork.request("480g", dims: "20x15x8cm")
    let first = try desk.quote(request, now: LoadedNetworks.now)
    #expect(first.answer == EngineAnswer(engine: .exact, version: 1, outcome: .notBuilt))
    #expect(lazy.counts.misses == 1 && lazy.counts.hits == 0)
    #expect(lazy.step() && !lazy.step())
    let second = try desk.quote(request, now: LoadedNetworks.now)
    #expect(second.answer == EngineAnswer(engine: .fast, version: 2, outcome: .answered))
    #expect(lazy.counts.misses == 1 && lazy.counts.hits == 1 && lazy.counts.built == 1)
    #expect(
      try QuoteDeskEngineTests.document(first, network)
        == QuoteDeskEngineTests.document(second, desk.network))
    // The whole front is searched, and nobody missed a block.
    _ = try desk.quote(request, now: LoadedNetworks.now, includesFront: true)
    #expect(lazy.counts.misses == 1 && lazy.counts.hits == 1)
  }

  @Test("whoever wants the whole front gets the search's, and nothing is looked up")
  func wholeFront() throws {
    let network = try LoadedNetworks.world.get()
    let (engine, origins) = try QuoteDeskEngineTests.hot.get()
    var fast = QuoteDesk(network, board: EngineBoard(engine))
    var exact = QuoteDesk(network)
    let question = try #require(
      QuoteDeskEngineTests.question(to: "ES", from: origins[0], on: network))
    let request = try QuoteDeskEngineTests.request(question, 1, from: origins[0], on: network)
    let whole = try fast.quote(request, now: LoadedNetworks.now, includesFront: true)
    let searched = try exact.quote(request, now: LoadedNetworks.now)
    #expect(whole.front == searched.front)
    #expect(whole.answer.engine == .exact && whole.answer.outcome == nil)
    let winners = try fast.quote(request, now: LoadedNetworks.now)
    #expect(winners.answer.engine == .fast)
    #expect((1...3).contains(winners.front.count))
    #expect(winners.front.allSatisfy { searched.front.contains($0) })
    #expect(winners.statistics == SearchStatistics())
  }

  private static func question(
    to country: String, from origin: NodeID, on network: NetworkPlanner
  ) -> NetworkPlanner.Question? {
    let nodes = network.bundle.nodes
    let zone = nodes.ids.first { nodes.kind(of: $0) == .zone && nodes.country(of: $0) == country }
    return zone.map {
      NetworkPlanner.Question(
        origin: origin, destination: $0, parcel: Parcel(weight: Grams(480), goods: .general),
        ready: LoadedNetworks.now, level: .standard, currency: .eur)
    }
  }

  @Test("a later version on the board is quoted from, and named")
  func laterVersion() throws {
    let network = try LoadedNetworks.demo.get()
    let builder = EngineBuilder(
      network, scope: EngineScope(from: LoadedNetworks.now, days: 1, currency: .eur))
    func engine(_ version: UInt64) -> QuoteEngine {
      builder.engine(
        builder.hotSet(nil), workers: { $0(0) }, clock: { 0 }, version: version
      ).engine
    }
    let board = EngineBoard(engine(3))
    var desk = QuoteDesk(network, board: board)
    let request = try DemoNetwork.request("480g", dims: "20x15x8cm")
    #expect(try desk.quote(request, now: LoadedNetworks.now).answer.version == 3)
    board.publish(engine(4))
    let later = try desk.quote(request, now: LoadedNetworks.now)
    #expect(later.answer == EngineAnswer(engine: .fast, version: 4, outcome: .answered))
    let document = try JSONEncoder().encode(
      QuoteDocument(later, network: desk.network, namesEngine: true))
    let text = String(decoding: document, as: UTF8.self)
    #expect(text.contains("\"engine\":\"fast\"") && text.contains("\"engine_version\":4"))
  }
}
