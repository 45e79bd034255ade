/// One thread's access to quotes: the engine it last saw, reusable scratch, and counts of what was looked up.
///
/// Not for sharing between threads; make one for each.
public final class QuoteReader {
  /// Questions of a batch that are placed before the first is answered, so that their misses of the cache overlap.
  public static let batch = 32

  private let board: EngineBoard
  /// The engine that answers.
  public private(set) var engine: QuoteEngine
  private var scratch: QuoteScratch
  /// Questions by outcome.
  public private(set) var counts = InlineArray<16, Int>(repeating: 0)

  private let touches: Bool

  /// Reads from a board; without `touches`, which only tests need, a batch takes its misses of the cache one by one.
  public init(_ board: EngineBoard, touches: Bool = true) {
    self.board = board
    self.touches = touches
    engine = board.engine
    scratch = QuoteScratch(engine.tables, touches: touches)
  }

  /// Questions with an outcome so far.
  public func count(of outcome: QuickQuote.Outcome) -> Int { counts[Int(outcome.rawValue)] }

  /// Takes the board's engine if it is another.
  ///
  /// - Complexity: O(1): one atomic read when it is the same.
  @inline(__always)
  public func refresh() {
    if board.version != engine.version { renew() }
  }

  private func renew() {
    engine = board.engine
    scratch = QuoteScratch(engine.tables, touches: touches)
  }

  /// Looks one question up in the version in force.
  ///
  /// - Complexity: O(charge classes + candidates of one row); no allocation, lock or counting of references.
  public func quote(_ question: NetworkPlanner.Question) -> QuickQuote {
    refresh()
    let quote = scratch.answer(question)
    counts[Int(quote.outcome.rawValue)] &+= 1
    return quote
  }

  /// Looks many questions up in one version, the one in force at the beginning.
  ///
  /// - Precondition: there are at least as many places for quotes as questions.
  public func quotes(
    _ questions: Span<NetworkPlanner.Question>, into quotes: inout MutableSpan<QuickQuote>
  ) {
    precondition(questions.count <= quotes.count, "a place for every quote")
    refresh()
    scratch.answer(questions, into: &quotes)
    for position in questions.indices {
      counts[Int(quotes[position].outcome.rawValue)] &+= 1
    }
  }
}
