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
        touch(batch[place - group.lowerBound], questions[place], first[place].head)
      }
    }
    for place in group {
      let quote = batch[place - group.lowerBound]
      renew(for: quote)
      quotes[place] = landed(quote, questions[place], first[place].head)
    }
  }

  /// Reads a word of each line of memory that landing a quote will want, so that the misses of a group overlap.
  @inline(__always)
  private func touch(
    _ quote: QuickQuote, _ question: borrowing NetworkPlanner.Question, _ order: LandedOrder.Head
  ) {
    guard quote.outcome == .answered, quote.version == tables.version,
      let segment = tables.view(Int(quote.segment))
    else { return }
    let row = segment.row(of: question.ready.minutes)
    touched &+= order.withLines { UInt64(truncatingIfNeeded: $0[0].quantity) }
    touched &+= segment.clearance(path: Int(quote.economy.path), row: row).bits
    touched &+= segment.clearance(path: Int(quote.standard.path), row: row).bits
    touched &+= segment.clearance(path: Int(quote.premium.path), row: row).bits
  }
}
