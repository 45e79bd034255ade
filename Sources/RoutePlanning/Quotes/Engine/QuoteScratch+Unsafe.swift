/// Working memory of one thread for the tables of one engine.
///
/// Bound relied on: as many prices as ``EngineTables/scratchCount``; whoever holds the scratch holds the engine.
struct QuoteScratch: ~Copyable {
  private let tables: EngineTables
  private let prices: UnsafeMutablePointer<Int64>
  private let places: UnsafeMutablePointer<EngineTables.Place>
  private let sink: UnsafeMutablePointer<UInt64>
  private let touches: Bool

  /// With `touches`, a batch reads the first lines of its rows before it answers.
  init(_ tables: EngineTables, touches: Bool = true) {
    self.tables = tables
    self.touches = touches
    prices = UnsafeMutablePointer<Int64>.allocate(capacity: tables.scratchCount)
    prices.initialize(repeating: 0, count: tables.scratchCount)
    sink = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    sink.initialize(to: 0)
    places = UnsafeMutablePointer<EngineTables.Place>.allocate(capacity: QuoteReader.batch)
    places.initialize(repeating: EngineTables.Place(outcome: .none), count: QuoteReader.batch)
  }

  deinit {
    sink.deallocate()
    prices.deallocate()
    places.deallocate()
  }

  @inline(__always)
  borrowing func answer(_ question: borrowing NetworkPlanner.Question) -> QuickQuote {
    var quote = tables.answer(question, scratch: prices)
    quote.version = tables.version
    return quote
  }

  /// In three passes over each group: where the row lies, its first lines touched, the answer.
  borrowing func answer(
    _ questions: Span<NetworkPlanner.Question>, into quotes: inout MutableSpan<QuickQuote>
  ) {
    var first = 0
    var touched: UInt64 = 0
    while first < questions.count {
      let count = min(QuoteReader.batch, questions.count - first)
      for position in 0..<count {
        places[position] = tables.place(of: questions[first + position])
      }
      if touches {
        for position in 0..<count { touched &+= tables.touched(places[position]) }
      }
      for position in 0..<count {
        let place = places[position]
        quotes[first + position] =
          place.outcome == .answered
          ? tables.answer(questions[first + position], at: place, scratch: prices)
          : QuickQuote(place.outcome)
        quotes[first + position].version = tables.version
      }
      first += count
    }
    // What was touched must end in memory, or the compiler leaves the touching out.
    sink.pointee = touched
  }
}
