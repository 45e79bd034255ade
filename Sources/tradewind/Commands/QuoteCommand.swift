import ArgumentParser
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind quote`: price, promised date and itinerary in three tiers.
struct QuoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quote",
    abstract: "Quote a parcel: freight, promised date and itinerary in three tiers.",
    discussion: """
      Places are a UN/LOCODE (CNYIU), CC:postal code (ES:28013), CC:city (JP:Tokyo) or a node id.
      Exit 0: at least one tier has an offer; 3: none has, and the reason is printed.

      Examples:
        tradewind quote CNYIU ES:28013 0.48kg --ready 2026-11-20T17:30
        tradewind quote --batch orders.csv --out quotes.jsonl
      """)

  @Argument(help: "Where the parcel is.")
  var from: String?

  @Argument(help: "Where it shall go.")
  var to: String?

  @Argument(help: "Weight with unit: 0.48kg, 480g, 1lb, 17oz.")
  var weight: String?

  @OptionGroup var request: RequestOptions

  @Flag(help: "Print the whole non-dominated set.")
  var pareto = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "CSV file of requests: from,to,weight and optionally dims,goods,value,ready,id.")
  var batch: String?

  @Option(help: "With --batch: file for one JSON quote a line; default standard output.")
  var out: String?

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    let positional = [from, to, weight]
    if batch == nil {
      guard positional.allSatisfy({ $0 != nil }) else {
        throw ValidationError("give FROM TO WEIGHT, for example: CNYIU ES:28013 0.48kg")
      }
      guard out == nil else { throw ValidationError("--out goes with --batch") }
    } else if positional.contains(where: { $0 != nil }) {
      throw ValidationError("--batch takes its requests from the file, not from arguments")
    }
  }

  func run() throws {
    let settings = try options.settings()
    if let batch {
      try QuoteBatch(command: self, settings: settings).run(batch, out: out)
      return
    }
    let request = try request.request(
      from: from ?? "", to: to ?? "", weight: weight ?? "", settings)
    let now = try options.clock()
    var desk = try desk(settings, ready: request.ready)
    let quote = try checked { () throws(RequestFault) in try desk.quote(request, now: now) }
    if request.isReadyLocal, !options.quiet {
      let zone = desk.network.bundle.zone(of: quote.question.origin)
      Streams.complain("note: --ready is local time of the origin (\(zone.name))")
    }
    if json {
      Streams.out(
        try JSONText.pretty(
          QuoteDocument(quote, network: desk.network, includesFront: pareto)) + "\n")
    } else {
      Streams.out(QuoteTable(quote, network: desk.network, includesFront: pareto).text)
    }
    if quote.options.isEmpty { throw ExitStatus.refused }
  }

  func desk(
    _ settings: Settings, ready: QuoteRequest.ReadyTime? = nil
  ) throws -> QuoteDesk {
    var desk = QuoteDesk(try options.source(settings, ready: ready).planner())
    desk.validity = Int64(settings.quoteValidity.value)
    return desk
  }
}
