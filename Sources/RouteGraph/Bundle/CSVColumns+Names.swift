import CSVTables
import LogisticsModel

/// Checks that several files share; all work on the text of every row.
extension CSVColumns {
  /// The rows, none where a required column is missing.
  var usableRows: Range<Int> { lacksColumns ? 0..<0 : 0..<table.rowCount }

  private var lacksColumns: Bool { findings.contains { $0.code == CSVCode.columnMissing } }

  /// Reports an id that stands twice.
  mutating func reportDuplicates(_ column: String, _ word: String) {
    var firstRow: [String: Int] = [:]
    for row in usableRows {
      let id = text(row, column)
      guard !id.isEmpty else { continue }
      if let first = firstRow[id] {
        report(
          code: BundleCode.idTwice, row: row, column: column,
          "\(word) \(id.prefix(64)) stands twice, first in line \(table.line(first))")
      } else {
        firstRow[id] = row
      }
    }
  }

  /// Reports a name that is given and not known.
  mutating func reportUnknown(
    _ column: String, _ word: String, _ known: Suggestions, _ code: String
  ) {
    for row in usableRows {
      let name = text(row, column)
      if !name.isEmpty, !known.contains(name) {
        report(
          code: code, row: row, column: column,
          "unknown \(word) \(name.prefix(64))" + known.maybe(name))
      }
    }
  }

  /// Reports a node that is given and not known.
  mutating func reportUnknownNodes(_ nodes: NodeNames) {
    for row in usableRows {
      let name = text(row, "node")
      if !name.isEmpty, let fault = nodes.fault(name) {
        report(code: BundleCode.nodeUnknown, row: row, column: "node", fault)
      }
    }
  }
}
