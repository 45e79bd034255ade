import ArgumentParser
import Fulfilment

/// `tradewind network stats`: what the network consists of, and how much of it is real.
struct NetworkStats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count nodes, legs and departures, and how much of the data is assumed.",
    discussion: """
      Examples:
        tradewind network stats
        tradewind network stats --network demo --json
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let source = try options.source(try options.settings())
    let start = Clock.nanoseconds()
    let network = try source.planner()
    let statistics = NetworkStatistics(
      network, loadMilliseconds: Double(Clock.nanoseconds() - start) / 1e6)
    if json {
      Streams.out(try JSONText.pretty(statistics) + "\n")
    } else {
      var table = TextTable(["", ""], [.left, .left])
      for line in statistics.lines { table.append([line.name, line.value]) }
      Streams.out(String(table.text.drop { $0 == "\n" }))
    }
  }
}
