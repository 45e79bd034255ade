import CSVTables
import LogisticsModel

/// Reads one source file row by row; faults go to the ledger with file and line.
struct TableReader {
  let ledger: FindingLedger
  let file: String
  private var columns: CSVColumns?

  init(_ file: String, in sources: [String: [UInt8]], required: [String], ledger: FindingLedger) {
    self.file = file
    self.ledger = ledger
    guard let bytes = sources[file] else {
      ledger.report(SourceCode.fileMissing, file: file, "the source file is missing")
      return
    }
    var findings: [Finding] = []
    if let table = CSVTable.parse(bytes, file: file, findings: &findings) {
      let columns = CSVColumns(table, required: required, warnsAboutUnknown: false)
      findings += columns.findings
      if columns.isUsable { self.columns = columns }
    }
    ledger.absorb(findings)
  }

  /// Maps every row; a row for which `body` returns nil is left out.
  func rows<Row>(_ body: (SourceRecord) -> Row?) -> [Row] {
    guard let columns else { return [] }
    return (0..<columns.table.rowCount).compactMap { index in
      body(SourceRecord(columns: columns, index: index, reader: self))
    }
  }
}

/// One row of a source.
struct SourceRecord {
  let columns: CSVColumns
  let index: Int
  let reader: TableReader

  func text(_ column: String) -> String { columns.text(index, column) }

  private func unusable(_ column: String, _ expected: String) {
    reader.ledger.report(
      SourceCode.valueUnusable, file: reader.file, line: columns.table.line(index),
      "\(column) \"\(text(column).prefix(40))\" is not \(expected)")
  }

  func integer(_ column: String) -> Int {
    if let value = Int(text(column)) { return value }
    unusable(column, "a whole number")
    return 0
  }

  /// A whole number, or nil where the field is empty; a trailing `.0` is accepted.
  func optionalInteger(_ column: String) -> Int? {
    var value = text(column)
    if value.isEmpty { return nil }
    if value.hasSuffix(".0") { value.removeLast(2) }
    if let number = Int(value) { return number }
    unusable(column, "a whole number")
    return nil
  }

  func decimal(_ column: String) -> Decimal6 {
    if let value = try? Decimal6(text(column)) { return value }
    unusable(column, "a decimal with at most six places")
    return Decimal6(micros: 0)
  }

  func optionalDecimal(_ column: String) -> Decimal6? {
    text(column).isEmpty ? nil : decimal(column)
  }

  /// Kilograms as whole grams; nil where empty.
  func optionalGrams(_ column: String) -> Int? {
    optionalDecimal(column).map { Int($0.micros / 1000) }
  }

  var position: Position {
    guard let latitude = Double(text("lat")), let longitude = Double(text("lon")) else {
      unusable("lat", "a position in decimal degrees")
      return Position(latitude: 0, longitude: 0)
    }
    return Position(latitude: latitude, longitude: longitude)
  }
}
