import ArgumentParser
import CSVTables
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
        tradewind network stats --csv > world.csv
      """)

  @OptionGroup var output: OutputOptions

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let source = try options.source(try options.settings())
    let start = Clock.nanoseconds()
    let network = try source.planner()
    let statistics = NetworkStatistics(
      network, loadMilliseconds: Double(Clock.nanoseconds() - start) / 1e6)
    try output.write(
      json: statistics, jsonl: figures(statistics), csv: rows(statistics), text: text(statistics))
  }

  /// One figure by itself, its value as the CSV has it.
  struct Figure: Encodable {
    let figure: String
    let of: String
    let value: String
  }

  private func figures(_ statistics: NetworkStatistics) -> [Figure] {
    statistics.counts.map { Figure(figure: $0.name, of: $0.of, value: $0.value) }
  }

  private func text(_ statistics: NetworkStatistics) -> String {
    var table = TextTable(["", ""], [.left, .left])
    for line in statistics.lines { table.append([line.name, line.value]) }
    return String(table.text.drop { $0 == "\n" })
  }

  /// One count a row: `nodes,,7090`, `nodes,zone,4968`.
  private func rows(_ statistics: NetworkStatistics) -> CSVWriter {
    var rows = CSVWriter(["figure", "of", "value"])
    for figure in figures(statistics) {
      rows.append([figure.figure, figure.of, figure.value])
    }
    return rows
  }
}
