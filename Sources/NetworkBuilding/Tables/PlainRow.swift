import CSVTables

/// A source row kept as text: tables whose cells are carried over into the bundle as they stand.
struct PlainRow {
  let line: Int
  private let fields: [String: String]

  init(line: Int, fields: [String: String]) {
    self.line = line
    self.fields = fields
  }

  /// The cell of a column, empty where there is none.
  subscript(_ column: String) -> String { fields[column] ?? "" }

  static let customsRules = [
    "rule_id", "country", "origin", "channel", "valid_from", "valid_to", "value_from", "value_to",
    "value_currency", "value_basis", "duty_kind", "duty_amount", "duty_unit", "vat_treatment",
    "status", "verification", "note", "source",
  ]
  static let customsTerms = [
    "rule_id", "rule", "file", "destinations", "entries", "origins", "channels", "programme",
    "valid_from", "valid_to", "min_value", "max_value", "value_currency", "value_basis", "over_g",
    "upto_g", "duty", "percent", "amount", "currency", "duty_basis", "excess_over", "tax",
    "tax_collected", "relief", "state", "verification", "kind", "unit", "reason",
  ]
  static let taxRates = ["country", "standard_rate", "valid_from", "valid_to", "source"]
  static let subnationalTaxes = ["country", "state", "rate", "type"]
}

extension SourceRecord {
  /// The row as text.
  func plain(_ columns: [String]) -> PlainRow {
    PlainRow(
      line: self.columns.table.line(index),
      fields: Dictionary(uniqueKeysWithValues: columns.map { ($0, text($0)) }))
  }
}
