import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind coverage`: where nothing can be sent, and why.
struct CoverageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Find destinations and tiers without a plan, with the rule that is missing.",
    discussion: """
      Without --from every origin is tried to one zone of every country; with it, one origin to every zone.
      --unserved counts what was refused when quotes were saved: demand, not possibilities.

      Examples:
        tradewind coverage
        tradewind coverage --from CNYIU --goods battery --fail-under 0.99
        tradewind coverage --unserved --since 2026-11-01
      """)

  @Option(help: "One origin, to every zone.")
  var from: String?

  @Option(help: "Weight of the parcel tried.")
  var weight = "0.5kg"

  @OptionGroup var request: ParcelOptions

  @Option(help: "When it is ready; default now.")
  var ready: String?

  @Option(help: "Exit 4 when a smaller share of the pairs has an option.")
  var failUnder: Double?

  @Flag(help: "Count refusals of saved quotes instead.")
  var unserved = false

  @Option(help: "With --unserved: first day; default four weeks ago.")
  var since: String?

  @OptionGroup var output: OutputOptions

  @OptionGroup(visibility: .hidden) var store: StoreOptions

  @OptionGroup var options: NetworkOptions

  struct GapDocument: Encodable {
    let origin: String
    let destination: String
    let tiers: [String]
    let code: String
    let rule: String
    let message: String
  }

  struct Document: Encodable {
    let asked: Int
    let served: Int
    let countries: Int
    let origins: Int
    let gaps: [GapDocument]
  }

  func validate() throws {
    if unserved, from != nil || ready != nil || failUnder != nil {
      throw ValidationError(
        "--unserved counts what was asked: not with --from, --ready, --fail-under")
    }
    if !unserved, since != nil { throw ValidationError("--since goes with --unserved") }
  }

  func run() async throws {
    let settings = try options.settings()
    if unserved {
      try await UnservedReport(command: self, settings: settings).run()
      return
    }
    let parcel = try request.parcel(weight: weight)
    let network = try options.source(settings).planner()
    let now = try options.clock()
    let pairs = try pairs(network, settings, parcel, now)
    let level = try checked { () throws(RequestFault) in
      try RequestText.level(settings.serviceLevel.value)
    }
    var at = now
    if let ready {
      at = try checked { () throws(RequestFault) in try RequestText.instant(ready) }
    }
    var progress = ProgressBar(total: pairs.count, isQuiet: options.quiet)
    let survey = try checked { () throws(RequestFault) in
      try CoverageSurvey(pairs, parcel: parcel, ready: at, level: level, on: network) {
        progress.advance()
      }
    }
    progress.finish()
    let nodes = network.bundle.nodes
    let gaps = survey.gaps.map { gap in
      GapDocument(
        origin: nodes.name(of: gap.origin), destination: nodes.name(of: gap.destination),
        tiers: gap.tiers.map(\.word), code: gap.code, rule: gap.rule, message: gap.message)
    }
    try output.write(
      json: Document(
        asked: survey.asked, served: survey.served,
        countries: Set(pairs.map { nodes.country(of: $0.destination) }).count,
        origins: Set(pairs.map(\.origin)).count, gaps: gaps),
      jsonl: gaps, csv: rows(gaps), text: text(survey, pairs, nodes))
    if let failUnder, Double(survey.served) < failUnder * Double(survey.asked) {
      throw ExitStatus.gate
    }
  }

  private func pairs(
    _ network: NetworkPlanner, _ settings: Settings, _ parcel: Parcel, _ now: Instant
  ) throws -> [(origin: NodeID, destination: NodeID)] {
    guard let from else { return CoverageSurvey.usualPairs(network, from: nil) }
    return try checked { () throws(RequestFault) in
      let place = try RequestText.place(from)
      let request = QuoteRequest(from: place, to: place, parcel: parcel)
      let origin = try QuoteDesk(network).question(request, now: now).origin
      return CoverageSurvey.usualPairs(network, from: origin)
    }
  }

  /// One gap a row; a network without gaps gives the header alone.
  private func rows(_ gaps: [GapDocument]) -> CSVWriter {
    var rows = CSVWriter(["origin", "destination", "tiers", "code", "rule", "message"])
    for gap in gaps {
      rows.append([
        gap.origin, gap.destination, gap.tiers.joined(separator: "+"), gap.code, gap.rule,
        gap.message,
      ])
    }
    return rows
  }

  private func text(
    _ survey: CoverageSurvey, _ pairs: [(origin: NodeID, destination: NodeID)], _ nodes: NodeTable
  ) -> String {
    let countries = Set(pairs.map { nodes.country(of: $0.destination) }).count
    let origins = Set(pairs.map(\.origin)).count
    var text =
      "\(survey.served) of \(survey.asked) pairs have an option "
      + "(\(origins) origins, \(countries) countries)\n"
    // Gaps with the same reason are one line, with a count and an example.
    var groups: [(gap: CoverageSurvey.Gap, count: Int)] = []
    for gap in survey.gaps {
      if let known = groups.firstIndex(where: {
        $0.gap.code == gap.code && $0.gap.rule == gap.rule && $0.gap.tiers == gap.tiers
      }) {
        groups[known].count += 1
      } else {
        groups.append((gap, 1))
      }
    }
    guard !groups.isEmpty else { return text }
    text += "\n"
    var table = TextTable(
      ["PAIRS", "TIERS", "CODE", "RULE", "FOR EXAMPLE"], [.right, .left, .left, .left, .left])
    for group in groups {
      table.append([
        "\(group.count)", group.gap.tiers.map(\.word).joined(separator: "+"), group.gap.code,
        group.gap.rule,
        "\(nodes.name(of: group.gap.origin)) -> \(nodes.name(of: group.gap.destination))",
      ])
    }
    return text + table.text
  }
}
