import ArgumentParser
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind network show`: one node or leg, with what leaves and arrives.
struct NetworkShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one node with its legs, or one leg with its next departures.",
    discussion: """
      Examples:
        tradewind network show CNYIU
        tradewind network show air-PVG-FRA
        tradewind network show CNYIU --csv > legs.csv
      """)

  @Argument(help: "A node, a place (CNYIU, ES:28013) or a leg.")
  var name: String

  @OptionGroup var output: OutputOptions

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let source = try options.source(try options.settings())
    let bundle = try source.planner().bundle
    if let leg = bundle.legID(named: name) {
      let view = LegView(leg, in: bundle, from: source.now)
      try output.write(
        json: view.document, jsonl: view.document.departures, csv: view.rows, text: view.text)
      return
    }
    var found = bundle.nodeID(named: name)
    if found == nil, let place = try? Place(parsing: name),
      case .found(let node) = bundle.node(for: place, role: .destination)
    {
      found = node
    }
    guard let node = found else {
      Streams.complain("error TW-REQ-101: no node, place or leg \(name)")
      throw ExitStatus.usage
    }
    let view = NodeView(node, in: bundle)
    try output.write(
      json: view.document, jsonl: view.document.legs, csv: view.rows, text: view.text)
  }
}
