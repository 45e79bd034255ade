import CPrefetch
import LogisticsModel

extension LandedReader {
  /// Lands the quotes of a group that have just been looked up.
  ///
  /// An order holds an array: taken out of the span it would be counted as held once more for every quote, so only its head is
  /// read, where it lies. Bound relied on: the orders lie there as long as the caller's span does, and the group is within it.
  @inline(__always)
  func land(
    _ questions: Span<NetworkPlanner.Question>, _ orders: Span<LandedOrder>, _ group: Range<Int>,
    into quotes: inout MutableSpan<LandedQuote>
  ) {
    guard let first = orders.withUnsafeBufferPointer({ $0.baseAddress }) else { return }
    if options.readsAhead {
      for place in group {
        first[place].head.askLines()
        askClearances(batch[place - group.lowerBound], questions[place]) {
          prefetch_line($0.clearanceOf + $1)
        }
      }
      for place in group {
        askClearances(batch[place - group.lowerBound], questions[place]) {
          prefetch_line($0.clearances + Int($0.clearanceOf[$1]))
        }
      }
    }
    for place in group {
      let quote = batch[place - group.lowerBound]
      renew(for: quote)
      quotes[place] = landed(quote, questions[place], first[place].head)
    }
  }

  /// Calls with the segment and where in it stands how each winner clears.
  @inline(__always)
  private func askClearances(
    _ quote: QuickQuote, _ question: borrowing NetworkPlanner.Question,
    _ body: (SegmentView, Int) -> Void
  ) {
    guard quote.outcome == .answered, quote.version == tables.version,
      let segment = tables.view(Int(quote.segment))
    else { return }
    let row = segment.row(of: question.ready.minutes)
    body(segment, Int(quote.economy.path) &* segment.rowCount &+ row)
    body(segment, Int(quote.standard.path) &* segment.rowCount &+ row)
    body(segment, Int(quote.premium.path) &* segment.rowCount &+ row)
  }
}
