import ArgumentParser
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// `tradewind explain`: where the time and the money of every option go.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Explain a quote: the waterfall of minutes, each charge and duty with its rule, what is binding.",
    discussion: """
      A refused request is answered with the reason and the smallest changes that were tried and work.
      --replay answers a saved quote again, from what it was made from, and prints it byte for byte as it
      was kept; exit 4 where the answer would be another.

      Examples:
        tradewind explain CNYIU ES:28013 0.48kg --ready 2026-11-20T17:30
        tradewind explain --replay q-4f1a0c22d9b35e6708f1a2b3c4d5e6f7
      """)

  @Argument(help: "Where the parcel is.")
  var from: String?

  @Argument(help: "Where it shall go.")
  var to: String?

  @Argument(help: "Weight with unit: 0.48kg, 480g, 1lb, 17oz.")
  var weight: String?

  @Option(help: "Id of a saved quote, instead of a request.")
  var replay: String?

  @OptionGroup var request: RequestOptions

  @OptionGroup var order: OrderOptions

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(visibility: .hidden) var store: StoreOptions

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    let positional = [from, to, weight]
    guard replay != nil else {
      guard positional.allSatisfy({ $0 != nil }) else {
        throw ValidationError("give FROM TO WEIGHT, for example: CNYIU ES:28013 0.48kg")
      }
      return
    }
    if positional.contains(where: { $0 != nil }) || request.describesOneParcel
      || !order.line.isEmpty || json
    {
      throw ValidationError(
        "--replay answers the request that was kept, in the bytes it was kept in")
    }
  }

  func run() async throws {
    let settings = try options.settings()
    if let replay {
      try await QuoteReplay(command: self, settings: settings).run(replay)
      return
    }
    let asked = try request.request(
      from: from ?? "", to: to ?? "", weight: weight ?? "", order: order, settings)
    let now = try options.clock()
    var desk = QuoteDesk(try options.source(settings, ready: asked.ready).planner())
    let quote = try checked { () throws(RequestFault) in try desk.quote(asked, now: now) }
    if json {
      Streams.out(
        try JSONText.pretty(QuoteDocument(quote, network: desk.network, includesFront: true)) + "\n"
      )
    } else {
      Streams.out(ExplanationText(quote, desk.network).text)
    }
    if quote.options.isEmpty { throw ExitStatus.refused }
  }
}
