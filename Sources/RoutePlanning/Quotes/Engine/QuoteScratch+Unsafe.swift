/// Working memory of one thread for the tables of one engine.
///
/// Bound relied on: whoever holds the scratch holds the engine.
struct QuoteScratch: ~Copyable {
  private let tables: EngineTables
  private let options: LookUpOptions
  private let prices: ChargeScratch
  private let places: UnsafeMutablePointer<EngineTables.Place>
  private let rows: UnsafeMutablePointer<RowView?>
  private let sink: UnsafeMutablePointer<UInt64>

  init(_ tables: EngineTables, _ options: LookUpOptions) {
    self.tables = tables
    self.options = options
    prices = ChargeScratch(chargeCount: tables.chargeCount)
    sink = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    sink.initialize(to: 0)
    places = UnsafeMutablePointer<EngineTables.Place>.allocate(capacity: QuoteReader.batch)
    places.initialize(repeating: EngineTables.Place(outcome: .none), count: QuoteReader.batch)
    rows = UnsafeMutablePointer<RowView?>.allocate(capacity: QuoteReader.batch)
    rows.initialize(repeating: nil, count: QuoteReader.batch)
  }

  deinit {
    sink.deallocate()
    prices.free()
    places.deallocate()
    rows.deallocate()
  }

  /// One question: the paths of its candidates are read together before the first is priced.
  @inline(__always)
  borrowing func answer(_ question: borrowing NetworkPlanner.Question) -> QuickQuote {
    let place = tables.place(of: question)
    var quote = QuickQuote(place.outcome == .answered ? .notBuilt : place.outcome)
    if place.outcome == .answered, let row = tables.row(at: place) {
      if options.readsAhead {
        sink.pointee = tables.touchedPaths(of: row, at: place, question, options)
      }
      quote = tables.answer(question, at: place, row, scratch: prices, options)
    }
    quote.version = tables.version
    return quote
  }

  /// Pass by pass over each group, so that misses of one pass overlap: where blocks lie, the rows, what answering them
  /// will read, the answers.
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
      if options.readsAhead {
        for position in 0..<count { touched &+= tables.touched(index: places[position]) }
        for position in 0..<count { touched &+= tables.touched(block: places[position]) }
      }
      for position in 0..<count {
        let place = places[position]
        rows[position] = place.outcome == .answered ? tables.row(at: place) : nil
      }
      if options.readsAhead {
        for position in 0..<count {
          guard let row = rows[position] else { continue }
          touched &+= tables.touched(row, questions[first + position], options)
        }
        for position in 0..<count {
          guard let row = rows[position] else { continue }
          touched &+= tables.touchedPaths(
            of: row, at: places[position], questions[first + position], options)
        }
      }
      for position in 0..<count {
        let place = places[position]
        if let row = rows[position] {
          quotes[first + position] = tables.answer(
            questions[first + position], at: place, row, scratch: prices, options)
        } else {
          quotes[first + position] = QuickQuote(
            place.outcome == .answered ? .notBuilt : place.outcome)
        }
        quotes[first + position].version = tables.version
      }
      first += count
    }
    // What was touched must end in memory, or the compiler leaves the touching out.
    sink.pointee = touched
  }
}
