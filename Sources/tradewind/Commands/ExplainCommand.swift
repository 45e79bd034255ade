import ArgumentParser
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// `tradewind explain`: where the time and the money of every option go.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Explain a quote: the waterfall of minutes, each charge and duty with its rule, what is binding.",
    discussion: """
      A refused request is answered with the reason and the smallest changes that were tried and work.

      Examples:
        tradewind explain CNYIU ES:28013 0.48kg --ready 2026-11-20T17:30
        tradewind explain CNYIU ES:28013 0.48kg --line 851830:2:20EUR
      """)

  @OptionGroup var places: PlaceArguments

  @OptionGroup var request: RequestOptions

  @OptionGroup var order: OrderOptions

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let settings = try options.settings()
    let asked = try request.request(
      from: places.from, to: places.to, weight: places.weight, order: order, settings)
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
