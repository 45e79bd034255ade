import ArgumentParser
import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind conformance`: the plain network, answered by the product's own planner.
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer a query file on a plain weekly network, for comparison with other planners.",
    discussion: """
      Prints query,price_cents,promise_min,co2_mg,legs,tiers; a query with no itinerary prints no row.
      An invalid network is refused with exit 65 and nothing on standard output.

      Examples:
        tradewind conformance --network net --queries net/queries.csv > answers.csv
        tradewind conformance --network net --queries net/queries.csv --engine fast --statistics
      """)

  @Option(
    help: "Folder with legs.csv, departures.csv, calendars.csv, pmf.csv, rates.csv, exceptions.csv."
  )
  var network: String

  @Option(help: "Query file.")
  var queries: String

  @Option(help: "exact: a search for every query; fast: from blocks built beforehand.")
  var engine: Engine = .exact

  @Flag(help: "Print work counts to standard error.")
  var statistics = false

  enum Engine: String, ExpressibleByArgument, CaseIterable {
    case exact, fast
  }

  static let files = [
    "nodes.csv", "legs.csv", "departures.csv", "calendars.csv", "pmf.csv", "rates.csv",
    "exceptions.csv",
  ]

  /// Faults in the shape of a file fall under the format's rule 6, and say so like all others.
  private static func named(_ finding: Finding) -> Finding {
    guard !finding.message.hasPrefix("rule ") else { return finding }
    return Finding(
      finding.severity, code: finding.code, file: finding.file, line: finding.line,
      column: finding.column, message: "rule 6: " + finding.message)
  }

  func run() throws {
    var findings: [Finding] = []
    var tables: [String: CSVTable] = [:]
    guard InputFiles.isDirectory(network) else {
      Streams.complain(
        "error TW-CLI-066: \(network): no such folder; give the folder of the network")
      throw ExitStatus.missing
    }
    for name in Conformance.files {
      do throws(FileBytes.Fault) {
        let bytes = try FileBytes.read(network + "/" + name)
        tables[name] = CSVTable.parse(bytes, file: name, findings: &findings)
      } catch {
        if case .missing = error { continue }
        findings.append(InputFiles.finding(error))
      }
    }
    let queryBytes: [UInt8]
    do throws(FileBytes.Fault) {
      queryBytes = try FileBytes.read(queries)
    } catch {
      Streams.complain(InputFiles.finding(error).description)
      throw ExitStatus.missing
    }
    let loaded = PlainNetwork.load(tables: tables, findings: &findings)
    let name = queries.split(separator: "/").last.map(String.init) ?? queries
    let asked =
      CSVTable.parse(queryBytes, file: name, findings: &findings)
      .map { PlainQuery.load($0, findings: &findings) } ?? []
    guard let loaded, !findings.contains(where: { $0.severity == .error }) else {
      for finding in findings { Streams.complain(Conformance.named(finding).description) }
      throw ExitStatus.data
    }
    let start = Clock.nanoseconds()
    var answers =
      switch engine {
      case .exact: PlainAnswers(loaded)
      case .fast: PlainAnswers(loaded, blocksFor: asked)
      }
    let built = Clock.nanoseconds()
    var text = PlainAnswers.header + "\n"
    do throws(PlainAnswers.Obstacle) {
      for query in asked { text += try answers.lines(query) }
    } catch {
      Streams.complain(error.description)
      throw ExitStatus.data
    }
    let answered = Clock.nanoseconds()
    Streams.out(text)
    if statistics {
      report(answers, queries: asked.count, build: built - start, answering: answered - built)
    }
  }

  private func report(_ answers: PlainAnswers, queries: Int, build: Int64, answering: Int64) {
    func milliseconds(_ nanoseconds: Int64) -> String { (Double(nanoseconds) / 1e6).text(3) }
    let counts = answers.statistics
    if let blocks = answers.build {
      Streams.complain(
        "\(blocks.blocks) blocks with \(blocks.candidates) candidates built in "
          + "\(milliseconds(build)) ms: \(blocks.statistics.created) labels created, "
          + "\(blocks.statistics.settled) settled, \(blocks.statistics.extended) legs extended; "
          + "\(answers.fallbacks) queries left to the exact search")
    }
    Streams.complain(
      "\(queries) queries answered in \(milliseconds(answering)) ms: \(counts.created) labels "
        + "created, \(counts.settled) settled, \(counts.extended) legs extended, "
        + "\(counts.atoms) atoms")
  }
}
