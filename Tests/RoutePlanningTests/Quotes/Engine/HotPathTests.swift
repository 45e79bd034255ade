import CallCounts
import Foundation
import LogisticsModel
import RouteGraph
import Tariffs
import TestSupport
import Testing

@testable import RoutePlanning

/// What a look-up asks of allocator, reference counts and locks, counted call by call: nothing.
///
/// Counted on one thread over 100,000 look-ups each, on blocks of the world's first origin for a day.
@Suite struct HotPathTests {
  private static let lookUps = 100_000

  private struct World {
    let board: EngineBoard
    let questions: [NetworkPlanner.Question]
    let orders: [LandedOrder]
  }

  private static let world = Result { () throws -> World in
    let network = try LoadedNetworks.world.get()
    let builder = EngineBuilder(
      network, scope: EngineScope(from: LoadedNetworks.now, days: 1, currency: .eur))
    let (engine, _) = builder.engine(
      builder.hotSet(nil).limited(toOrigins: 1), workers: { $0(0) }, clock: { 0 })
    var generator = RequestGenerator(network, seed: 91, now: LoadedNetworks.now)
    var random = SeededGenerator(seed: 91)
    let questions = (0..<2048).map { _ in
      var question = generator.next()
      question.origin = builder.origins[0]
      question.ready = Instant(minutes: engine.scope.start + random.integer(0...1439))
      question.parcel = Parcel(
        weight: question.parcel.weight, goods: question.parcel.goods,
        declaredValue: Money(minorUnits: 4_000, .cny))
      return question
    }
    let orders = try questions.indices.map { number in
      let lines = try ["851830", "610910", "950300"].map { code in
        try OrderLine(
          code: HSCode(code), quantity: Int64(1 + number % 2),
          unitValue: Money(minorUnits: Int64(900 + number), .cny))
      }
      return LandedOrder(lines, programmes: number % 2 == 0 ? ["ioss"] : [], on: network)
    }
    return World(board: EngineBoard(engine), questions: questions, orders: orders)
  }

  private func counted(_ body: () -> Void) -> CallCounts {
    call_counts_begin()
    body()
    return call_counts_end()
  }

  private func expectNothing(_ counts: CallCounts, _ title: String) {
    #expect(counts.allocations == 0, "\(title): \(counts)")
    #expect(counts.references == 0, "\(title): \(counts)")
    #expect(counts.locks == 0, "\(title): \(counts)")
  }

  @Test("what is counted is counted")
  func counts() {
    var kept: [[Int]] = []
    kept.reserveCapacity(10)
    // Of a length the compiler does not know, or it would lay the arrays out itself.
    let length = Int(CommandLine.argc)
    let allocating = counted {
      for number in 0..<10 { kept.append(Array(repeating: number, count: length)) }
    }
    #expect(allocating.allocations >= 10)
    let copied = counted { for _ in 0..<10 { kept.append(kept[0]) } }
    #expect(copied.references >= 10)
    #expect(kept.count == 20 && kept.allSatisfy { $0.count == length })
    let lock = NSLock()
    let locking = counted {
      lock.lock()
      lock.unlock()
    }
    #expect(locking.locks == 1)
  }

  @Test("single look-ups")
  func single() throws {
    let world = try HotPathTests.world.get()
    let reader = QuoteReader(world.board)
    let questions = world.questions.span
    var answered = 0
    let counts = counted {
      for number in 0..<HotPathTests.lookUps {
        if reader.quote(questions[number & 2047]).outcome == QuickQuote.Outcome.answered {
          answered += 1
        }
      }
    }
    #expect(answered > HotPathTests.lookUps / 2)
    expectNothing(counts, "single")
  }

  @Test("batches")
  func batches() throws {
    let world = try HotPathTests.world.get()
    let reader = QuoteReader(world.board)
    let questions = world.questions.span
    var quotes = [QuickQuote](repeating: .none, count: 2048)
    var places = quotes.mutableSpan
    let counts = counted {
      for _ in 0...HotPathTests.lookUps / 2048 { reader.quotes(questions, into: &places) }
    }
    #expect(reader.count(of: QuickQuote.Outcome.answered) > HotPathTests.lookUps / 2)
    expectNothing(counts, "batches")
  }

  @Test("single look-ups with the landed price of three lines")
  func landed() throws {
    let world = try HotPathTests.world.get()
    let reader = LandedReader(world.board)
    let questions = world.questions.span
    var priced = 0
    var counts = CallCounts()
    let each = HotPathTests.lookUps / 64
    for number in 0..<64 {
      // Whoever takes an order out of an array holds it, and that is counted: here it is taken out before.
      let order = world.orders[number]
      let own = counted {
        for place in 0...each where reader.quote(questions[place], order).economy != nil {
          priced += 1
        }
      }
      counts.allocations += own.allocations
      counts.references += own.references
      counts.locks += own.locks
    }
    #expect(priced > HotPathTests.lookUps / 2)
    expectNothing(counts, "landed")
  }

  @Test("batches with the landed price of three lines")
  func landedBatches() throws {
    let world = try HotPathTests.world.get()
    let reader = LandedReader(world.board)
    let questions = world.questions.span
    let orders = world.orders.span
    var quotes = [LandedQuote](repeating: LandedQuote(.none), count: 2048)
    var places = quotes.mutableSpan
    let counts = counted {
      for _ in 0...HotPathTests.lookUps / 2048 { reader.quotes(questions, orders, into: &places) }
    }
    #expect(quotes.count { $0.economy != nil } > 1024)
    expectNothing(counts, "landed batches")
  }
}
