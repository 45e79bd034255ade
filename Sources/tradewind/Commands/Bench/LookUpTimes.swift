import RoutePlanning
import Synchronization

/// Times look-ups: many at once for a rate, one by one for the wait of a single one.
struct LookUpTimes {
  let board: EngineBoard
  let questions: [NetworkPlanner.Question]
  /// Seconds of one reading.
  let seconds: Double

  /// Readings of one rate.
  static let readings = 3

  /// Quotes a second on so many threads, in batches, each thread from another place in the list.
  ///
  /// The time is that from the first thread's start to the last one's end, so that threads that did not run at once
  /// are not counted as if they had.
  func rate(threads: Int) -> Readings {
    guard !questions.isEmpty else { return Readings(values: []) }
    return Readings(values: (0..<LookUpTimes.readings).map { _ in reading(threads: threads) })
  }

  private struct Share {
    var quotes = 0
    var start = Int64.max
    var end = Int64.min
  }

  private func reading(threads: Int) -> Double {
    let all = Mutex(Share())
    let duration = Int64(seconds * 1e9)
    Cores.each(of: threads) { thread in
      let reader = QuoteReader(board)
      let batch = QuoteReader.batch
      var quotes = [QuickQuote](repeating: reader.quote(questions[0]), count: batch)
      let batches = questions.count / batch
      var position = batches * thread / threads
      var made = 0
      let start = Clock.nanoseconds()
      var end = start
      repeat {
        for _ in 0..<64 {
          let first = position * batch
          var places = quotes.mutableSpan
          reader.quotes(questions.span.extracting(first..<(first + batch)), into: &places)
          position = position + 1 == batches ? 0 : position + 1
        }
        made += 64 * batch
        end = Clock.nanoseconds()
      } while end - start < duration
      all.withLock { [made, end] all in
        all.quotes += made
        all.start = min(all.start, start)
        all.end = max(all.end, end)
      }
    }
    return all.withLock { Double($0.quotes) * 1e9 / Double(max($0.end - $0.start, 1)) }
  }

  /// Nanoseconds of every question asked alone, ascending, with the clock's own.
  func single() -> [Double] {
    let reader = QuoteReader(board)
    var times: [Double] = []
    times.reserveCapacity(questions.count)
    for question in questions {
      let start = Clock.nanoseconds()
      _ = reader.quote(question)
      times.append(Double(Clock.nanoseconds() - start))
    }
    return times.sorted()
  }

  /// Questions that were answered without a search.
  func hits() -> Int {
    let reader = QuoteReader(board)
    return questions.count { reader.quote($0).outcome.isFinal }
  }

  /// Median nanoseconds between two readings of the clock.
  static func timer() -> Double {
    let gaps = (0..<10_001).map { _ in
      let start = Clock.nanoseconds()
      return Double(Clock.nanoseconds() - start)
    }
    return Quantiles.at(500, of: gaps.sorted())
  }
}
