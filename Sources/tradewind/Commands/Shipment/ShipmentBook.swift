import ArgumentParser
import CSVTables
import Fulfilment
import Glibc
import LogisticsModel
import RouteGraph
import RoutePlanning
import ShipmentStore

/// `tradewind shipment book`: take up a saved quote.
struct ShipmentBook: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "book",
    abstract: "Book a saved quote: promise, shipment, places and stock at once.",
    discussion: """
      All or nothing. A full departure rolls the promise to the next one, and that is said. The same key
      with the same order gets the same answer, however often it is sent. Exit 3: not booked.

      Examples:
        tradewind shipment book q-4f1a0c22d9b35e6708f1a2b3c4d5e6f7 --tier standard
        tradewind shipment book --batch orders.csv --network demo
      """)

  @Argument(help: "Id of the quote.")
  var quote: String?

  @Option(help: "economy, standard, premium; default the quote's first option.")
  var tier: String?

  @Option(help: "Your name for the order, its idempotency key; default the quote's id.")
  var key: String?

  @Option(help: "Whose order it is, for reports.")
  var merchant = ""

  @Option(help: "Where it was sold: whose safety stock counts.")
  var channel = ""

  @Option(help: "NODE:SKU:QUANTITY to take from stock, repeated.")
  var stock: [String] = []

  @Option(
    help: "CSV of orders: key,quote and optionally tier,merchant,channel,stock (joined by +).")
  var batch: String?

  @Option(help: "With --batch: orders to a transaction.")
  var batchSize = 500

  @Flag(help: "Print JSON; a batch prints a line for each order in any case.")
  var json = false

  @OptionGroup var store: StoreOptions

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard (1...10_000).contains(batchSize) else {
      throw ValidationError("--batch-size is within 1...10000")
    }
    if batch != nil {
      if quote != nil || tier != nil || key != nil || !stock.isEmpty || !merchant.isEmpty
        || !channel.isEmpty
      {
        throw ValidationError("--batch takes its orders from a file")
      }
    } else if quote == nil {
      throw ValidationError("give the id of a saved quote, or --batch")
    }
  }

  func run() async throws {
    let settings = try options.settings()
    let now = try options.clock()
    let orders = try self.orders()
    let source = try options.source(settings)
    let network = try source.planner()
    let versions = try QuoteKeeping.versions(source, network)
    var refused = 0
    try await store.withStore(settings, isQuiet: options.quiet) { store in
      var desk = BookingDesk(network, versions: versions, archive: store, ledger: store)
      var generator = SystemRandomNumberGenerator()
      var progress = ProgressBar(total: orders.count, isQuiet: options.quiet || batch == nil)
      var start = 0
      while start < orders.count {
        let part = Array(orders[start..<min(start + batchSize, orders.count)])
        let outcomes = try await desk.book(
          part, now: now,
          milliseconds: ShipmentBook.milliseconds(now, isPinned: options.now != nil),
          using: &generator)
        for (order, outcome) in zip(part, outcomes) {
          if outcome.promise == nil { refused += 1 }
          try write(BookingDocument(order, outcome), outcome)
          progress.advance()
        }
        start += part.count
      }
      progress.finish()
    }
    if refused > 0 { throw ExitStatus.refused }
  }

  private func write(_ document: BookingDocument, _ outcome: BookingDesk.Outcome) throws {
    if batch != nil {
      Streams.out(try JSONText.line(document) + "\n")
      return
    }
    if case .refused(let error) = outcome { Streams.complain("\(error)") }
    if json {
      Streams.out(try JSONText.pretty(document) + "\n")
    } else if let text = document.text {
      Streams.out(text)
    }
  }

  /// The clock ids are made from: the machine's, unless it is pinned.
  private static func milliseconds(_ now: Instant, isPinned: Bool) -> UInt64 {
    guard !isPinned else { return UInt64(max(0, now.minutes)) * 60_000 }
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }

  private func orders() throws -> [BookingOrder] {
    guard let batch else {
      return [
        try checked { () throws(RequestFault) in
          BookingOrder(
            key: key ?? quote ?? "", quote: quote ?? "",
            tier: try tier.map { (text) throws(RequestFault) in try RequestText.tier(text) },
            merchant: merchant, channel: channel, lines: try OrderTexts.lines(stock))
        }
      ]
    }
    return try OrderTexts.orders(batch)
  }
}

/// Orders as people write them.
enum OrderTexts {
  /// `NODE:SKU:QUANTITY`; the SKU may hold colons, the node none.
  static func lines(_ texts: [String]) throws(RequestFault) -> [StockLine] {
    var lines: [StockLine] = []
    for text in texts {
      guard let first = text.firstIndex(of: ":"), let last = text.lastIndex(of: ":"), first < last,
        let quantity = Int32(text[text.index(after: last)...])
      else {
        throw RequestFault(
          code: "TW-REQ-040", message: "stock \"\(text.prefix(60))\" is no NODE:SKU:QUANTITY",
          advice: "write W-MAD:lamp-7:2")
      }
      lines.append(
        StockLine(
          node: String(text[..<first]), sku: String(text[text.index(after: first)..<last]),
          quantity: quantity))
    }
    return lines
  }

  /// The orders of a CSV file; all that cannot be read are complained of.
  static func orders(_ path: String) throws -> [BookingOrder] {
    var findings: [Finding] = []
    let bytes = try InputFiles.read(path)
    guard let table = CSVTable.parse(bytes, file: path, findings: &findings) else {
      for finding in findings { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    let columns = CSVColumns(
      table, required: ["key", "quote"], optional: ["tier", "merchant", "channel", "stock"])
    for finding in findings + columns.findings { Streams.complain(finding.description) }
    guard columns.isUsable, findings.isEmpty else { throw ExitStatus.data }
    var orders: [BookingOrder] = []
    var isSound = true
    for row in 0..<table.rowCount {
      func text(_ name: String) -> String? {
        columns.isEmpty(row, name) ? nil : columns.text(row, name)
      }
      do throws(RequestFault) {
        var tier: Tier?
        if let word = text("tier") { tier = try RequestText.tier(word) }
        orders.append(
          BookingOrder(
            key: text("key") ?? "", quote: text("quote") ?? "", tier: tier,
            merchant: text("merchant") ?? "", channel: text("channel") ?? "",
            lines: try lines(text("stock").map { $0.split(separator: "+").map(String.init) } ?? []))
        )
      } catch {
        isSound = false
        Streams.complain("\(path):\(table.line(row)): \(error.description)")
      }
    }
    guard isSound else { throw ExitStatus.data }
    return orders
  }
}
