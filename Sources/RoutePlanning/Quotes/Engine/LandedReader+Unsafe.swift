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
    for place in group {
      let quote = batch[place - group.lowerBound]
      renew(for: quote)
      quotes[place] = landed(quote, questions[place], first[place].head)
    }
  }
}
