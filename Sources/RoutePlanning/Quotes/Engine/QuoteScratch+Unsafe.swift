/// Working memory of one thread for the tables of one engine.
///
/// Bound relied on: whoever holds the scratch holds the engine.
struct QuoteScratch: ~Copyable {
  private let tables: EngineTables
  private let options: LookUpOptions
  private let prices: ChargeScratch
  private let listed: ListPricing
  private let places: UnsafeMutablePointer<EngineTables.Place>
  private let rows: UnsafeMutablePointer<RowView?>

  init(_ tables: EngineTables, _ options: LookUpOptions) {
    self.tables = tables
    self.options = options
    prices = ChargeScratch(chargeCount: tables.chargeCount)
    listed = ListPricing(chargeCount: tables.chargeCount)
    places = UnsafeMutablePointer<EngineTables.Place>.allocate(capacity: QuoteReader.batch)
    places.initialize(repeating: EngineTables.Place(outcome: .none), count: QuoteReader.batch)
    rows = UnsafeMutablePointer<RowView?>.allocate(capacity: QuoteReader.batch)
    rows.initialize(repeating: nil, count: QuoteReader.batch)
  }

  deinit {
    prices.free()
    listed.free()
    places.deallocate()
    rows.deallocate()
  }

  /// Lines asked for of a row before its list is known: one question waits for nothing else meanwhile.
  private static let linesAlone = 8
  private static let linesOfMany = 3

  /// One question: the paths of its candidates are read together before the first is priced.
  @inline(__always)
  borrowing func answer(_ question: borrowing NetworkPlanner.Question) -> QuickQuote {
    let place = tables.place(of: question, options)
    var quote = QuickQuote(place.outcome == .answered ? .notBuilt : place.outcome)
    if options.readsAhead {
      tables.askIndex(place, question, options)
      tables.askRow(place, lines: QuoteScratch.linesAlone, options)
    }
    if place.outcome == .answered, let row = tables.row(at: place, options) {
      if options.readsAhead {
        tables.askCandidates(of: row, question, options)
        tables.askSignatures(of: row, at: place, question, options)
      }
      quote = tables.answer(question, at: place, row, scratch: prices, listed, options)
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
    while first < questions.count {
      let count = min(QuoteReader.batch, questions.count - first)
      for position in 0..<count {
        places[position] = tables.place(of: questions[first + position], options)
      }
      if options.readsAhead { readAhead(questions, first, count) }
      for position in 0..<count {
        let place = places[position]
        rows[position] = place.outcome == .answered ? tables.row(at: place, options) : nil
      }
      if options.readsAhead { readRowsAhead(questions, first, count) }
      for position in 0..<count {
        let place = places[position]
        if let row = rows[position] {
          quotes[first + position] = tables.answer(
            questions[first + position], at: place, row, scratch: prices, listed, options)
        } else {
          quotes[first + position] = QuickQuote(
            place.outcome == .answered ? .notBuilt : place.outcome)
        }
        quotes[first + position].version = tables.version
      }
      first += count
    }
  }

  /// Up to where the rows begin.
  @inline(__always)
  private borrowing func readAhead(
    _ questions: Span<NetworkPlanner.Question>, _ first: Int, _ count: Int
  ) {
    for position in 0..<count {
      tables.askIndex(places[position], questions[first + position], options)
    }
    for position in 0..<count { tables.askBlock(places[position], options) }
    for position in 0..<count {
      tables.askRow(places[position], lines: QuoteScratch.linesOfMany, options)
    }
  }

  /// What the lists of the rows lead to.
  @inline(__always)
  private borrowing func readRowsAhead(
    _ questions: Span<NetworkPlanner.Question>, _ first: Int, _ count: Int
  ) {
    for position in 0..<count {
      guard let row = rows[position] else { continue }
      tables.askCandidates(of: row, questions[first + position], options)
    }
    for position in 0..<count {
      guard let row = rows[position] else { continue }
      tables.askSignatures(of: row, at: places[position], questions[first + position], options)
    }
  }
}
