import LogisticsModel
import RouteGraph
import Tariffs

/// One thread's access to quotes with landed prices: the winners looked up, and what each costs at hand.
///
/// Every total equals that of ``Tariffs/ImportRules/landedPrice(of:freight:clearing:rates:tender:in:allowsEstimate:)`` over
/// the clearance window of the winner. Which leg clears, where, as what and on which days was worked out with the blocks
/// (``PathClearance``); here only rules are applied. Not for sharing between threads; make one for each.
public final class LandedReader {
  private let reader: QuoteReader
  private var owner: LandedTables.Owner
  private(set) var tables: EngineTables
  private var landing: LandedTables
  private let scratch = ImportScratch(lineCapacity: LandedOrder.greatestLineCount)
  /// What the scratch holds.
  private var held: Held?
  private(set) var batch: [QuickQuote]
  /// Options of answered quotes left to the slow path.
  public private(set) var exactCount = 0

  private struct Held {
    var order: UInt64
    var date: Int
    var terms: ImportTerms
    var refusal: Refusal.Code?
  }

  let options: LookUpOptions

  /// Reads from a board.
  public init(_ board: EngineBoard, _ options: LookUpOptions = LookUpOptions()) {
    self.options = options
    reader = QuoteReader(board, options)
    owner = reader.engine.ground.landedTables
    tables = reader.engine.tables
    landing = owner.tables
    batch = Array(repeating: QuickQuote(.none), count: QuoteReader.batch)
  }

  /// The engine that answered last.
  public var engine: QuoteEngine { reader.engine }

  /// Looks one question up in the version in force, and lands its winners.
  ///
  /// - Complexity: O(charge classes + candidates of one row + regimes x (lines + rules)); no allocation, lock or counting of
  ///   references, unless a line is in a currency that is not expected.
  public func quote(
    _ question: NetworkPlanner.Question, _ order: LandedOrder
  ) -> LandedQuote {
    let quote = reader.quote(question)
    renew(for: quote)
    return landed(quote, question, order.head)
  }

  /// Looks many questions up, each with an order of its own.
  ///
  /// - Precondition: as many orders as questions, and at least as many places.
  public func quotes(
    _ questions: Span<NetworkPlanner.Question>, _ orders: Span<LandedOrder>,
    into quotes: inout MutableSpan<LandedQuote>
  ) {
    precondition(
      questions.count == orders.count && questions.count <= quotes.count,
      "an order and a place for every quote")
    var first = 0
    while first < questions.count {
      let count = min(QuoteReader.batch, questions.count - first)
      var room = batch.mutableSpan
      reader.quotes(questions.extracting(first..<first + count), into: &room)
      land(questions, orders, first..<first + count, into: &quotes)
      first += count
    }
  }

  @inline(__always)
  func renew(for quote: QuickQuote) {
    if quote.outcome == .answered, quote.version != tables.version { renew() }
  }

  @inline(never)
  private func renew() {
    tables = reader.engine.tables
    let owner = reader.engine.ground.landedTables
    if owner !== self.owner {
      self.owner = owner
      landing = owner.tables
      held = nil
    }
  }

  @inline(__always)
  func landed(
    _ quote: QuickQuote, _ question: borrowing NetworkPlanner.Question,
    _ order: LandedOrder.Head
  ) -> LandedQuote {
    var landed = LandedQuote(quote)
    guard quote.outcome == .answered else { return landed }
    guard quote.version == tables.version, let level = StoredLevels.position(of: question.level),
      let segment = tables.view(Int(quote.segment)),
      order.lineCount <= LandedOrder.greatestLineCount,
      order.programmeWords == landing.programmeWords, let terms = landing.terms(question, order)
    else {
      exactCount &+= 3
      return landed
    }
    let ready = question.ready.minutes
    let date = tables.tenderDate(
      origin: Int(tables.originOfNode[question.origin.position]), ready: ready)
    let destination = question.destination.position
    let row = segment.row(of: ready)
    let dayNumber = (Int(quote.segment) % tables.segmentCount) % tables.days
    let day = Int32(
      truncatingIfNeeded: (tables.start / EngineScope.minutesOfDay) &+ Int64(dayNumber))
    return landing.withPricer(on: date) { pricer in
      if let refusal = prepared(order, terms, date, pricer) {
        let refused = ImportPricer.Total(refused: refusal)
        landed.economy = refused
        landed.standard = refused
        landed.premium = refused
        return landed
      }
      landed.economy = landing.total(
        quote.economy, to: destination, segment, row: row, level: level, day: day, pricer, scratch)
      landed.standard =
        quote.standard == quote.economy
        ? landed.economy
        : landing.total(
          quote.standard, to: destination, segment, row: row, level: level, day: day, pricer,
          scratch)
      landed.premium =
        quote.premium == quote.standard
        ? landed.standard
        : landing.total(
          quote.premium, to: destination, segment, row: row, level: level, day: day, pricer,
          scratch)
      if landed.economy == nil { exactCount &+= 1 }
      if landed.standard == nil { exactCount &+= 1 }
      if landed.premium == nil { exactCount &+= 1 }
      return landed
    }
  }

  /// Makes an order ready unless it is the one the scratch holds; gives why it is refused.
  @inline(__always)
  private func prepared(
    _ order: LandedOrder.Head, _ terms: ImportTerms, _ date: Int, _ pricer: ImportPricer
  ) -> Refusal.Code? {
    if options.keepsOrders, let held, held.order == order.number, held.date == date,
      held.terms == terms
    {
      return held.refusal
    }
    let refusal = order.withLines { pricer.prepare($0, terms, in: scratch) }
    held = Held(order: order.number, date: date, terms: terms, refusal: refusal)
    return refusal
  }
}
