import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The conformance set: answers of an independent implementation, and networks that must be refused.
@Suite struct ConformanceTests {
  static let folder = Fixtures.folder(besides: #filePath) + "/conformance"
  static let cases =
    ["hand"] + (1...24).map { $0 < 10 ? "n0\($0)" : "n\($0)" } + ["m101", "m102"]
  static let invalid = [
    "weights-sum", "negative-delay", "dep-outside-week", "zero-duration-scheduled",
    "zero-duration-continuous", "unknown-law", "not-fifo", "negative-handling", "not-an-integer",
    "duplicate-leg", "window-reversed", "zero-unit", "missing-column",
  ]

  /// The compared columns of an answer file: all but the leg sequence.
  static func compared(_ text: String) throws -> [[String]] {
    var findings: [Finding] = []
    let table = CSVTable.parse(Array(text.utf8), file: "answers.csv", findings: &findings)
    let answers = try #require(table)
    let columns = ["query", "price_cents", "promise_min", "co2_mg", "tiers"].compactMap(
      answers.column)
    return (0..<answers.rowCount).map { row in columns.map { answers.text(row, $0) } }
  }

  @Test("answers equal the independent ones, vector for vector and tier for tier", arguments: cases)
  func agrees(_ name: String) throws {
    let folder = ConformanceTests.folder + "/" + name
    let network = try PlainNetwork.load(text: try Fixtures.plainFiles(folder))
    let queries = try Fixtures.queries(folder + "/queries.csv")
    var answers = PlainAnswers(network)
    var text = PlainAnswers.header + "\n"
    for query in queries { text += try answers.lines(query) }
    let found = try ConformanceTests.compared(text)
    let expected = try ConformanceTests.compared(Fixtures.text(folder + "/answers.csv"))
    #expect(!expected.isEmpty)
    #expect(found == expected)
  }

  @Test("every printed leg sequence is a real itinerary with the printed vector", arguments: cases)
  func itinerariesAreReal(_ name: String) throws {
    let folder = ConformanceTests.folder + "/" + name
    let network = try PlainNetwork.load(text: try Fixtures.plainFiles(folder))
    let search = SearchNetwork(
      topology: network.topology, timetable: network.timetable, laws: network.laws)
    var answers = PlainAnswers(network)
    for query in try Fixtures.queries(folder + "/queries.csv") {
      for member in try answers.front(query) where !member.legs.isEmpty {
        var node = network.node(named: query.origin)
        for leg in member.legs {
          #expect(node?.rawValue == network.topology.tail[leg.position])
          node = NodeID(network.topology.head[leg.position])
        }
        #expect(node == network.node(named: query.destination))
        #expect(member.legs.count <= query.greatestLegs)
        let promise = ItineraryPromise.minute(
          member.legs, ready: query.ready, level: query.level, horizon: 9 * 10080, on: search)
        #expect(promise == member.vector.promise)
      }
    }
  }

  @Test("invalid networks are refused with rule, file and line", arguments: invalid)
  func refuses(_ name: String) throws {
    let folder = ConformanceTests.folder + "/invalid/"
    var findings: [Finding] = []
    var table = CSVTable.parse(
      Array(try Fixtures.text(folder + "cases.csv").utf8), file: "cases.csv", findings: &findings)
    let cases = try #require(table)
    let row = try #require((0..<cases.rowCount).first { cases.text($0, 0) == name })
    let rule = cases.text(row, 1)
    let file = cases.text(row, 2)
    let line = try #require(Int(cases.text(row, 3).split(separator: "-").first ?? ""))
    var tables: [String: CSVTable] = [:]
    for (other, text) in try Fixtures.plainFiles(folder + name) {
      table = CSVTable.parse(Array(text.utf8), file: other, findings: &findings)
      tables[other] = table
    }
    #expect(PlainNetwork.load(tables: tables, findings: &findings) == nil)
    #expect(
      findings.contains {
        $0.severity == .error && $0.file == file && $0.line == line
          && $0.message.contains("rule \(rule):")
      }, "\(findings)")
  }
}
