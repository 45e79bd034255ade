import ArgumentParser
import CSVTables
import LogisticsModel
import TOMLKit
import TransitTimes

/// Reads the files of a history and the mapping of their columns.
struct HistoryFiles: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: "History files, CSV or gzip; several are one (config/history/FORMAT.md).")
  var history: [String] = []

  @Option(help: "Mapping of the columns, TOML; default: columns named as the fields.")
  var columns: String?

  /// The mapping of the flags; the plain one without.
  func mapping() throws -> HistoryColumns {
    guard let columns else { return .plain }
    let bytes = try InputFiles.read(columns)
    let table: TOMLTable
    do {
      table = try TOMLTable(string: String(decoding: bytes, as: UTF8.self))
    } catch {
      Streams.complain("error TW-HIS-010: \(columns): not TOML: \(error)")
      throw ExitStatus.configuration
    }
    var faults: [String] = []
    for key in table.keys where key != "columns" && key != "calendar" {
      faults.append("unknown section or key \(key)")
    }
    var names: [HistoryColumns.Field: String] = [:]
    if let given = table["columns"]?.table {
      for key in given.keys {
        guard let field = HistoryColumns.Field(rawValue: key) else {
          faults.append("unknown field \(key) in [columns]")
          continue
        }
        if let name = given[key]?.string, !name.isEmpty {
          names[field] = name
        } else {
          faults.append("\(key) in [columns] is no column name")
        }
      }
    }
    for field in [HistoryColumns.Field.order, .placed] where names[field] == nil {
      faults.append("[columns] has no \(field.rawValue)")
    }
    let pace = HistoryFiles.pace(table["calendar"]?.table, &faults)
    guard faults.isEmpty else {
      for fault in faults { Streams.complain("error TW-HIS-011: \(columns): \(fault)") }
      throw ExitStatus.configuration
    }
    return HistoryColumns(names: names, pace: pace)
  }

  private static func pace(_ table: TOMLTable?, _ faults: inout [String]) -> WorkingPace? {
    guard let table else { return nil }
    var week = WorkingPace.parcels.week
    if let given = table["week"]?.array {
      let parts = given.compactMap { $0.int }
      if parts.count == 7, given.count == 7, parts.allSatisfy({ (1...100).contains($0) }) {
        week = parts.map { Int32(($0 * 1024 + 50) / 100) }
      } else {
        faults.append("week in [calendar] is not seven whole numbers within 1...100")
      }
    }
    var closed: Set<CivilDate> = []
    for value in table["closed"]?.array ?? TOMLArray() {
      if let text = value.string, let date = CivilDate(iso: text) {
        closed.insert(date)
      } else {
        faults.append("closed in [calendar] holds something that is no date")
      }
    }
    guard let pace = WorkingPace(week: week, closed: closed) else {
      faults.append("week in [calendar] has no full day: one must be 100")
      return .parcels
    }
    return pace
  }

  /// Reads all files as one history.
  ///
  /// Faults of rows are warnings; a file that cannot be used ends with exit 65, all its findings told.
  func read(isQuiet: Bool) throws -> ShipmentHistory {
    var result = ShipmentHistory(columns: try mapping())
    var findings: [Finding] = []
    for path in history {
      let bytes = try InputFiles.readUnpacked(path)
      if let table = CSVTable.parse(bytes, file: path, findings: &findings) { result.add(table) }
    }
    findings += result.findings
    let isBroken = findings.contains { $0.severity == .error }
    for finding in findings where !isQuiet || finding.severity == .error {
      Streams.complain(finding.description)
    }
    if isBroken { throw ExitStatus.data }
    return result
  }
}
