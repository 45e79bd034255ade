public import CSVTables
public import LogisticsModel
import RouteGraph

/// One row of a query file of the conformance command.
public struct PlainQuery: Hashable, Sendable {
  /// Id, printed in front of every answer.
  public let name: String
  /// Name of the origin node.
  public let origin: String
  /// Name of the destination node.
  public let destination: String
  /// Absolute minute at which the parcel is ready.
  public let ready: Int64
  /// Actual weight in grams.
  public let weight: Int64
  /// Bit number of the goods class.
  public let goods: Int
  /// Service level in parts of 1024.
  public let level: Int32
  /// Most legs allowed.
  public let greatestLegs: Int

  /// Makes a query; the file reader checks ranges, this does not.
  public init(
    name: String, origin: String, destination: String, ready: Int64, weight: Int64, goods: Int,
    level: Int32, greatestLegs: Int
  ) {
    self.name = name
    self.origin = origin
    self.destination = destination
    self.ready = ready
    self.weight = weight
    self.goods = goods
    self.level = level
    self.greatestLegs = greatestLegs
  }

  /// Reads a query file; every malformed value is a finding.
  public static func load(_ table: CSVTable, findings: inout [Finding]) -> [PlainQuery] {
    let required = [
      "query", "origin", "dest", "ready_min", "weight_g", "goods", "q1024", "max_legs",
    ]
    var file = CSVColumns(table, required: required, warnsAboutUnknown: false)
    var queries: [PlainQuery] = []
    let minutes = Int64(-1_000_000_000_000)...Int64(1_000_000_000_000)
    for row in 0..<(file.isUsable ? table.rowCount : 0) {
      let ready = file.integer(row, "ready_min", in: minutes)
      let weight = file.integer(row, "weight_g", in: 0...Int64(1_000_000_000))
      let goods = file.integer(row, "goods", in: 0...Int64(1_000_000_000))
      let level = file.integer(row, "q1024", in: 0...1024)
      let legs = file.integer(row, "max_legs", in: 0...Int64(1_000_000_000))
      guard let ready, let weight, let goods, let level, let legs else { continue }
      queries.append(
        PlainQuery(
          name: file.text(row, "query"), origin: file.text(row, "origin"),
          destination: file.text(row, "dest"), ready: ready, weight: weight, goods: Int(goods),
          level: Int32(level), greatestLegs: Int(legs)))
    }
    findings += file.findings.map { finding in
      Finding(
        finding.severity, code: PlainCode.malformed, file: finding.file, line: finding.line,
        column: finding.column, message: "rule 6: " + finding.message)
    }
    return queries
  }
}
