import CSVTables
import LogisticsModel

/// One row of zones.csv.
struct PrefixRow {
  var row: Int
  var country: Country
  var prefix: String
  var node: String
}

/// zones.csv.
struct PrefixRows {
  static let file = "zones.csv"
  static let required = ["country", "prefix", "node"]

  var columns: CSVColumns
  var rows: [PrefixRow] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required)
    guard columns.isUsable else { return }
    rows.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let country = columns.country(row)
      let node = columns.requiredText(row, "node")
      let prefix = columns.text(row, "prefix")
      guard prefix == Place.normalisedPostalCode(prefix), prefix.utf8.count <= 20 else {
        columns.report(
          code: CSVCode.valueMalformed, row: row, column: "prefix",
          "prefix \"\(prefix.prefix(40))\" is not in capitals without blanks and dashes")
        continue
      }
      guard let country, let node else { continue }
      rows.append(PrefixRow(row: row, country: country, prefix: prefix, node: node))
    }
  }
}

/// One row of cities.csv.
struct CityRow {
  var row: Int
  var country: Country
  var city: String
  var region: String
  var node: String
}

/// cities.csv.
struct CityRows {
  static let file = "cities.csv"
  static let required = ["country", "city", "node"]
  static let optional = ["admin1"]

  var columns: CSVColumns
  var rows: [CityRow] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    for row in 0..<table.rowCount {
      let country = columns.country(row)
      let city = columns.requiredText(row, "city")
      let node = columns.requiredText(row, "node")
      guard let country, let city, let node else { continue }
      rows.append(
        CityRow(
          row: row, country: country, city: city, region: columns.text(row, "admin1"), node: node))
    }
  }
}

/// One row of successors.csv.
struct SuccessorRow {
  var row: Int
  var code: String
  var successor: String
  var note: String
}

/// successors.csv.
struct SuccessorRows {
  static let file = "successors.csv"
  static let required = ["code", "successor"]
  static let optional = ["note"]

  var columns: CSVColumns
  var rows: [SuccessorRow] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    for row in 0..<table.rowCount {
      let code = columns.id(row, "code")
      // A code withdrawn without a successor has an empty one.
      let successor = columns.text(row, "successor")
      guard let code else { continue }
      rows.append(
        SuccessorRow(row: row, code: code, successor: successor, note: columns.text(row, "note")))
    }
  }
}
