import LogisticsModel
import RoutePlanning
import Synchronization
import Tariffs

/// Quotes a second with the full landed price of a three-line order: winners looked up, order made ready, three totals.
///
/// Every question has an order of its own, so that nothing made ready for one quote serves the next. Times are of short
/// batches; the best of them is what the machine does when nobody else asks for it.
struct LandedQuoteBench {
  let board: EngineBoard
  let questions: [NetworkPlanner.Question]
  let orders: [LandedOrder]
  /// Passes over the questions that each thread makes.
  let rounds: Int

  struct Report: Encodable {
    let threads: Int
    let quotes: Int
    /// All quotes over the time of the slowest thread.
    let quotes_per_second: Double
    /// What one thread reaches in its best batch.
    let best_per_second: Double
    let quote_nanoseconds: Quantiles
    let answered: Int
    let options_priced: Int
    let options_refused: Int
    /// Winners the reader left to the slow path.
    let options_left: Int
  }

  /// Takes questions as they are, but for the declared value, which is that of the order made for each.
  init(
    _ board: EngineBoard, questions: [NetworkPlanner.Question], rounds: Int
  ) throws {
    self.board = board
    self.rounds = rounds
    let network = board.engine.network
    let codes = ["851830", "610910", "950300", "420212", "330499"]
    var asked: [NetworkPlanner.Question] = []
    var orders: [LandedOrder] = []
    for (position, question) in questions.enumerated() {
      let lines = try (0..<3).map { line in
        try OrderLine(
          code: try HSCode(codes[(position + line * line) % codes.count]),
          quantity: Int64(1 + (position + line) % 2),
          unitValue: Money(minorUnits: Int64(900 + 37 * ((position * 7 + line * 11) % 97)), .cny))
      }
      let value = lines.reduce(0) { $0 + $1.total.minorUnits }
      var own = question
      own.parcel = Parcel(
        weight: question.parcel.weight, dimensions: question.parcel.dimensions,
        goods: question.parcel.goods, declaredValue: Money(minorUnits: value, .cny),
        battery: question.parcel.battery)
      asked.append(own)
      orders.append(
        LandedOrder(lines, programmes: position % 2 == 0 ? ["ioss"] : [], on: network))
    }
    self.questions = asked
    self.orders = orders
  }

  fileprivate struct Tally {
    var answered = 0
    var priced = 0
    var refused = 0
    var left = 0
    var slowest: Int64 = 1
    var nanoseconds: [Double] = []
  }

  /// Questions timed together.
  private static let batch = 4 * QuoteReader.batch

  /// Measures so many threads; `workers` runs its argument for each of them.
  func run(threads: Int, workers: (@Sendable (Int) -> Void) -> Void) -> Report {
    let all = Mutex(Tally())
    workers { _ in
      let own = measure()
      all.withLock { all in
        all.answered += own.answered
        all.priced += own.priced
        all.refused += own.refused
        all.left += own.left
        all.slowest = max(all.slowest, own.slowest)
        all.nanoseconds += own.nanoseconds
      }
    }
    return all.withLock { all in
      let quotes = threads * rounds * questions.count
      return Report(
        threads: threads, quotes: quotes,
        quotes_per_second: Double(quotes) * 1e9 / Double(all.slowest),
        best_per_second: 1e9 / (all.nanoseconds.min() ?? .infinity),
        quote_nanoseconds: Quantiles(all.nanoseconds), answered: all.answered,
        options_priced: all.priced, options_refused: all.refused, options_left: all.left)
    }
  }

  private func measure() -> Tally {
    let reader = LandedReader(board)
    // A copy for each thread: what both read must not be counted by both.
    let orders = self.orders.map { $0 }
    var tally = Tally()
    var quotes = Array(
      repeating: LandedQuote(QuickQuote.none), count: LandedQuoteBench.batch)
    let begin = Clock.nanoseconds()
    var counting: Int64 = 0
    for _ in 0..<rounds {
      var first = 0
      while first < questions.count {
        let range = first..<min(first + LandedQuoteBench.batch, questions.count)
        var places = quotes.mutableSpan
        let start = Clock.nanoseconds()
        reader.quotes(
          questions.span.extracting(range), orders.span.extracting(range), into: &places)
        let end = Clock.nanoseconds()
        tally.nanoseconds.append(Double(end - start) / Double(range.count))
        for position in 0..<range.count { tally.count(quotes[position]) }
        counting += Clock.nanoseconds() - end
        first = range.upperBound
      }
    }
    tally.slowest = max(1, Clock.nanoseconds() - begin - counting)
    tally.left = reader.exactCount
    return tally
  }

  /// The report for people.
  static func text(_ report: Report) -> String {
    let rate = report.quotes_per_second.text(0)
    let median = report.quote_nanoseconds.p50.text(0)
    return "with landed prices of three lines: \(rate) quotes/s on \(report.threads) cores, p50 "
      + "\(median) ns; options: \(report.options_priced) priced, \(report.options_refused) refused, "
      + "\(report.options_left) left to the slow path"
  }
}

extension LandedQuoteBench.Tally {
  fileprivate mutating func count(_ landed: LandedQuote) {
    guard landed.quote.outcome == .answered else { return }
    answered += 1
    for total in [landed.economy, landed.standard, landed.premium] {
      guard let total else { continue }
      if total.refusal == nil { priced += 1 } else { refused += 1 }
    }
  }
}
