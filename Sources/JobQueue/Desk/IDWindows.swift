import PostgresClient

/// Ranges of ids, from the newest downwards, that together hold all there are.
///
/// Ids of version 7 sort by the time they were made, and what ended is indexed by ranges of ids. A list of the newest jobs so
/// looks at the last minute first, then at sixteen times as much, and so on: it reads about as much as it shows, not all that is
/// kept. Ids of other versions are in the first range or in the last, so none is missed, and the order is that of the ids.
struct IDWindows: Sequence, IteratorProtocol {
  /// How far the first range reaches back, in milliseconds.
  static let shortest: UInt64 = 60_000
  /// How much further each next one does.
  static let growth: UInt64 = 16

  private static let least = UniqueID(high: 0, low: 0)
  private static let greatest = UniqueID(high: .max, low: .max)

  /// The greatest id not looked at yet; nil: all were.
  private(set) var top: UniqueID?
  /// The time the ranges are counted back from.
  private let start: UInt64
  private var reach = Self.shortest

  /// Ranges of the ids below one.
  ///
  /// - Parameters:
  ///   - before: Only ids below this one; nil: all.
  ///   - now: An id made now.
  init(before: UniqueID?, now: UniqueID) {
    top =
      if let before { Self.predecessor(of: before) } else { Self.greatest }
    start = Swift.min(now.high, before?.high ?? .max) >> 16
  }

  mutating func next() -> ClosedRange<UniqueID>? {
    guard let top else { return nil }
    let bottom =
      reach < start ? UniqueID(high: (start - reach) << 16, low: 0) : Self.least
    self.top = Self.predecessor(of: bottom)
    let (next, overflow) = reach.multipliedReportingOverflow(by: Self.growth)
    reach = overflow ? .max : next
    return bottom...top
  }

  /// The id below one; nil below the least.
  private static func predecessor(of id: UniqueID) -> UniqueID? {
    if id.low > 0 { return UniqueID(high: id.high, low: id.low - 1) }
    return id.high > 0 ? UniqueID(high: id.high - 1, low: .max) : nil
  }
}
