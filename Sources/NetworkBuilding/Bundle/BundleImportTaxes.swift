import CSVTables
import LogisticsModel

/// tax_rules.csv out of vat_rates.csv, subnational_sales_tax.csv and what the assumptions correct.
extension WorldDraft {
  private static let columns = [
    "rule", "destinations", "subdivision", "tax", "rate", "method", "base", "collected",
    "valid_from", "valid_to", "min_value", "max_value", "value_currency", "value_basis", "status",
    "verification", "note", "source",
  ]

  /// One row for each country and period, state and province, and relief.
  mutating func addImportTaxes() {
    var file = CSVWriter(WorldDraft.columns)
    let corrected = assume.tables("customs.taxes")
    let instead = Set(corrected.map { $0.text("country") })
    for row in tables.taxRates where !instead.contains(String(row["country"].prefix(2))) {
      file.append(countryTax(row))
    }
    for row in corrected {
      let country = row.text("country")
      file.append([
        "vat-\(country.lowercased())", country, "", "vat", row.text("rate"),
        row.text("method", ifMissing: ""), "goods+freight+duty", "",
        row.text("valid_from", ifMissing: ""), row.text("valid_to", ifMissing: ""), "", "", "", "",
        "", row.text("verification"), row.text("note"), row.text("source"),
      ])
    }
    for scope in assume.tables("customs.subnational") {
      for row in subnational(scope) { file.append(row) }
    }
    for row in reliefs() { file.append(row) }
    bundle.plainFiles["tax_rules.csv"] = file.text
  }

  /// `ES` is a country, `ES-CN` a part of it with a rate of its own.
  private func countryTax(_ row: PlainRow) -> [String] {
    let parts = row["country"].split(separator: "-", maxSplits: 1).map(String.init)
    let start = row["valid_from"].isEmpty ? "" : "-\(row["valid_from"])"
    let isFromMemory =
      row["source"].hasSuffix("UNVERIFIED") || row["source"].hasSuffix("UNVERIFIED)")
    let verification =
      isFromMemory ? "unverified" : row["valid_from"].isEmpty ? "listed" : "verified"
    return [
      "vat-\(row["country"].lowercased())\(start)", parts[0], parts.count > 1 ? parts[1] : "",
      "vat",
      row["standard_rate"], "", "goods+freight+duty", "", row["valid_from"], row["valid_to"], "",
      "",
      "", "", "", verification, "", row["source"],
    ]
  }

  /// The states of one country: those with a rate, and those known to have none.
  private func subnational(_ scope: AssumptionScope) -> [[String]] {
    let country = scope.text("country")
    func row(_ state: String, _ rate: String, _ verification: String, _ source: String) -> [String]
    {
      [
        "sales-\(country.lowercased())-\(state.lowercased())", country, state, "sales_tax", rate,
        "",
        scope.text("base"), scope.text("collected", ifMissing: ""), "", "", "", "", "", "", "",
        verification, scope.text("note"), source,
      ]
    }
    return tables.subnationalTaxes.filter { $0["country"] == country }.map {
      row(
        $0["state"], $0["rate"], "listed", "subnational_sales_tax.csv (\($0["type"]), no dates)")
    } + scope.texts("untaxed").map { row($0, "0", "unverified", "assumptions customs.subnational") }
  }
}
