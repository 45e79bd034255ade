import ArgumentParser
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import ShipmentStore

/// `tradewind quote`: price, promised date and itinerary in three tiers.
struct QuoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quote",
    abstract: "Quote a parcel: price, promised date and itinerary in three tiers.",
    discussion: """
      Places are a UN/LOCODE (CNYIU), CC:postal code (ES:28013), CC:city (JP:Tokyo) or a node id.
      With --line or --value the price is landed: goods, freight, duty, fees, tax.
      Exit 0: at least one tier has an offer; 3: none has, the reason is printed.

      Examples:
        tradewind quote CNYIU ES:28013 0.48kg --line 851830:2:20EUR --save
        tradewind quote --pool a.json b.json
        tradewind quote --batch orders.csv --out quotes.jsonl
      """)

  @Argument(help: "Where the parcel is.")
  var from: String?

  @Argument(help: "Where it shall go.")
  var to: String?

  @Argument(help: "Weight with unit: 0.48kg, 480g, 1lb, 17oz.")
  var weight: String?

  @OptionGroup var request: RequestOptions

  @OptionGroup var order: OrderOptions

  @Option(help: "buyer (one price), merchant (and duties), ops (all).")
  var view: String?

  @Flag(help: "Print the whole non-dominated set.")
  var pareto = false

  @OptionGroup var output: OutputOptions

  @Option(
    help:
      "CSV file of requests: from,to,weight and optionally dims,goods,value,lines,ready,id; lines joined by +."
  )
  var batch: String?

  @Option(
    parsing: .upToNextOption,
    help: "Order files (JSON) to one address: apart or together?")
  var pool: [String] = []

  @Option(help: "With --batch: file of quotes; default standard output.")
  var out: String?

  @Option(help: "exact, or fast: look up blocks (--batch: if there).")
  var engine: EngineChoice?

  @Flag(help: "Keep it in the database, to be booked and replayed.")
  var save = false

  @Option(help: .hidden)
  var merchant = ""

  @OptionGroup(visibility: .hidden) var store: StoreOptions

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard view != "buyer" || !pareto else {
      throw ValidationError("--pareto lists what carriage costs: not with --view buyer")
    }
    if engine == .fast, pareto || !pool.isEmpty {
      throw ValidationError("--pareto and --pool want the exact search: not with --engine fast")
    }
    guard batch != nil || out == nil else { throw ValidationError("--out goes with --batch") }
    if !pool.isEmpty, view != nil && view != "ops" {
      throw ValidationError("--pool shows every cost: it has no view but ops")
    }
    if save, pareto || !pool.isEmpty || engine == .fast && batch == nil {
      throw ValidationError("--save keeps plain quotes: not with --pareto, --pool or --engine fast")
    }
    let positional = [from, to, weight]
    let files = (batch != nil ? ["--batch"] : []) + (pool.isEmpty ? [] : ["--pool"])
    guard files.count < 2 else { throw ValidationError("--batch and --pool exclude each other") }
    guard let source = files.first else {
      guard positional.allSatisfy({ $0 != nil }) else {
        throw ValidationError("give FROM TO WEIGHT, for example: CNYIU ES:28013 0.48kg")
      }
      return
    }
    if positional.contains(where: { $0 != nil }) {
      throw ValidationError("\(source) takes its requests from files, not from arguments")
    }
    if !order.line.isEmpty {
      throw ValidationError("\(source) takes its lines from files (a column or key lines)")
    }
    if request.describesOneParcel {
      throw ValidationError("\(source) takes dims, goods, value and ready from files")
    }
    if output.csv || output.jsonl && !pool.isEmpty {
      throw ValidationError(
        "\(source) prints \(pool.isEmpty ? "JSON, one quote a line" : "text or --json")")
    }
  }

  func run() async throws {
    let settings = try options.settings()
    if let batch {
      try await QuoteBatch(command: self, settings: settings).run(batch, out: out)
      return
    }
    if !pool.isEmpty {
      try QuotePool(command: self, settings: settings).run(pool)
      return
    }
    let view = try audience()
    let request = try request.request(
      from: from ?? "", to: to ?? "", weight: weight ?? "", order: order, settings)
    let now = try options.clock()
    var desk = try desk(settings, ready: request.ready, engine: engine ?? .exact)
    let quote = try checked { () throws(RequestFault) in
      try desk.quote(request, now: now, includesFront: pareto)
    }
    if save { try await keep([quote], from: desk.network, settings, ready: request.ready) }
    if request.isReadyLocal, !options.quiet {
      let zone = desk.network.bundle.zone(of: quote.question.origin)
      Streams.complain("note: --ready is local time of the origin (\(zone.name))")
    }
    if !order.line.isEmpty, self.request.value != nil, !options.quiet {
      Streams.complain("note: --value is not used beside --line: the value is the sum of the lines")
    }
    try output.write(
      json: QuoteDocument(
        quote, network: desk.network, includesFront: pareto, view: view,
        namesEngine: engine == .fast),
      jsonl: QuoteDocument(quote, network: desk.network, view: view).options,
      csv: QuoteCSV(quote, network: desk.network, view: view).file,
      text: QuoteTable(quote, network: desk.network, includesFront: pareto, view: view).text)
    if quote.options.isEmpty { throw ExitStatus.refused }
  }

  /// Keeps quotes with the versions of the network they came from.
  func keep(
    _ quotes: [Quote], from network: NetworkPlanner, _ settings: Settings,
    ready: QuoteRequest.ReadyTime? = nil
  ) async throws {
    let keeping = try QuoteKeeping(
      try options.source(settings, ready: ready), network,
      validity: Int64(settings.quoteValidity.value), merchant: merchant)
    let saved = try quotes.map { try keeping.saved($0) }
    try await store.withStore(settings, isQuiet: options.quiet) { store in
      var start = 0
      while start < saved.count {
        let end = min(start + 200, saved.count)
        try await store.save(Array(saved[start..<end]))
        start = end
      }
    }
  }

  /// Whom the answer is for.
  func audience() throws -> QuoteView {
    guard let view else { return .ops }
    return try checked { () throws(RequestFault) in try RequestText.view(view) }
  }

  /// A desk over the network these flags name; `fast` with all blocks that are stored for it, nil if there are any.
  func desk(
    _ settings: Settings, ready: QuoteRequest.ReadyTime? = nil, engine: EngineChoice? = .exact
  ) throws -> QuoteDesk {
    let network = try options.source(settings, ready: ready).planner()
    var board: EngineBoard?
    if engine != .exact {
      let blocks = StoredBlocks(network, cache: Home.cache(settings.cache.value))
      board = try blocks.board(around: try options.clock(), options)
      if board == nil, engine == .fast, !options.quiet {
        Streams.complain(
          "note: no blocks for this network and these days: searched; tradewind network blocks builds them"
        )
      }
    }
    var desk = QuoteDesk(network, board: board)
    desk.validity = Int64(settings.quoteValidity.value)
    return desk
  }

  /// A desk for a batch and, where the fast engine is asked for by name, the thread that builds what it misses.
  func batchDesk(_ settings: Settings) throws -> (desk: QuoteDesk, background: BackgroundBlocks?) {
    guard engine == .fast, let memory = settings.lazyMemory.value else {
      return (try desk(settings, engine: engine), nil)
    }
    let network = try options.source(settings).planner()
    let stored = StoredBlocks(network, cache: Home.cache(settings.cache.value))
    let now = try options.clock()
    let board = try stored.board(around: now, options) ?? stored.emptyBoard(from: now)
    let background = BackgroundBlocks(board, memory: memory)
    var desk = QuoteDesk(network, lazy: background.blocks)
    desk.validity = Int64(settings.quoteValidity.value)
    return (desk, background)
  }
}
