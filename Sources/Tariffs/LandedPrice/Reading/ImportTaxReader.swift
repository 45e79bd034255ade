import CSVTables
import LogisticsModel

/// Reads tax_rules.csv and fees.csv.
enum ImportTaxReader {
  static let file = "tax_rules.csv"
  static let required = ["rule", "destinations", "tax", "rate"]
  static let optional =
    ["subdivision", "method", "base", "collected", "valid_from", "valid_to"]
    + CSVColumns.termsColumns + CSVColumns.bandColumns

  static let feesFile = "fees.csv"
  static let feesRequired = ["fee", "kind", "destinations", "unit", "amount", "currency"]
  static let feesOptional =
    ["valid_from", "valid_to"] + CSVColumns.termsColumns + CSVColumns.bandColumns
    + CSVColumns.scopeColumns

  static func read(_ table: CSVTable, findings: inout [Finding]) -> (
    taxes: [ImportTax], rows: [Int]
  ) {
    var columns = CSVColumns(table, required: required, optional: optional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return ([], []) }
    var seen: [String: Int] = [:]
    var taxes: [ImportTax] = []
    var rows: [Int] = []
    for row in 0..<table.rowCount {
      if let tax = tax(row, &columns, &seen) {
        taxes.append(tax)
        rows.append(row)
      }
    }
    return (taxes, rows)
  }

  private static func tax(
    _ row: Int, _ columns: inout CSVColumns, _ seen: inout [String: Int]
  ) -> ImportTax? {
    let terms = columns.terms(row, "rule", seen: &seen)
    let kind: ImportTaxKind? = columns.closed(row, "tax")
    let destinations = columns.countries(row, "destinations")
    let rate = columns.fee(row, "rate")
    let band = columns.band(row)
    let base = base(row, &columns)
    var isInclusive: Bool? = false
    if !columns.isEmpty(row, "method") {
      isInclusive = columns.word(row, "method", expected: "added or inclusive") {
        ["added": false, "inclusive": true][$0]
      }
    }
    var isAtSale: Bool? = false
    if !columns.isEmpty(row, "collected") {
      isAtSale = columns.word(row, "collected", expected: "empty or sale") {
        $0 == "sale" ? true : nil
      }
    }
    let subdivision = columns.text(row, "subdivision")
    guard let terms, let kind, let destinations, let rate, let band, let base, let isInclusive,
      let isAtSale
    else { return nil }
    guard
      let fault = fault(
        kind, rate, isInclusive: isInclusive, subdivision: subdivision, band: band,
        isApplied: terms.isApplied)
    else {
      return ImportTax(
        terms: terms, kind: kind, destinations: destinations, subdivision: subdivision, rate: rate,
        isInclusive: isInclusive, base: base, isCollectedAtSale: isAtSale, band: band)
    }
    columns.report(
      code: TariffCode.importRuleContradicts, row: row, column: fault.column, fault.message)
    return nil
  }

  private static func fault(
    _ kind: ImportTaxKind, _ rate: Decimal6, isInclusive: Bool, subdivision: String,
    band: ConsignmentBand, isApplied: Bool
  ) -> (column: String, message: String)? {
    let isCode =
      (1...3).contains(subdivision.utf8.count)
      && subdivision.utf8.allSatisfy {
        (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
      }
    if rate.micros >= Decimal6.scale {
      return ("rate", "rate \(rate) is \(rate.micros / 10_000) percent; write 0.21 for 21 percent")
    }
    if !subdivision.isEmpty, !isCode {
      return (
        "subdivision", "\"\(subdivision.prefix(12))\" is no second part of an ISO 3166-2 code"
      )
    }
    if !isApplied { return ("state", "a tax rule cannot be withheld; leave the row out") }
    switch kind {
    case .salesTax where subdivision.isEmpty:
      return ("subdivision", "sales_tax needs a subdivision; the country's own tax is vat")
    case .relief where band == .any:
      return ("max_value", "a relief without bounds would exempt everything; give max_value")
    case .relief where rate != .zero || isInclusive || !subdivision.isEmpty:
      return ("rate", "a relief has the rate 0, and no method or subdivision")
    case .vat where band != .any, .salesTax where band != .any:
      return ("max_value", "only a relief has a value band")
    default: return nil
    }
  }

  /// Words joined by `+`; goods, freight and duty where empty.
  private static func base(_ row: Int, _ columns: inout CSVColumns) -> TaxBase? {
    guard !columns.isEmpty(row, "base") else { return [.goods, .freight, .duty] }
    var base: TaxBase = []
    for word in columns.text(row, "base").split(separator: "+", omittingEmptySubsequences: false) {
      guard let known = TaxBase.words.first(where: { $0.word == word }) else {
        columns.report(
          code: TariffCode.wordUnknown, row: row, column: "base",
          "unknown base \"\(word.prefix(20))\"; one of "
            + TaxBase.words.map(\.word).joined(separator: ", "))
        return nil
      }
      base.insert(known.base)
    }
    return base
  }

  static func readFees(
    _ table: CSVTable, findings: inout [Finding]
  ) -> (fees: [ImportFee], rows: [Int]) {
    var columns = CSVColumns(table, required: feesRequired, optional: feesOptional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return ([], []) }
    var seen: [String: Int] = [:]
    var fees: [ImportFee] = []
    var rows: [Int] = []
    for row in 0..<table.rowCount {
      let terms = columns.terms(row, "fee", seen: &seen)
      let kind = columns.requiredText(row, "kind")
      let scope = columns.importScope(row, terms?.validity)
      let unit: FeeUnit? = columns.closed(row, "unit")
      let amount = columns.fee(row, "amount")
      let currency = columns.currency(row, "currency")
      guard let terms, let kind, let scope, let unit, let amount, let currency else { continue }
      fees.append(
        ImportFee(
          terms: terms, kind: kind, scope: scope, unit: unit, amount: amount, currency: currency))
      rows.append(row)
    }
    return (fees, rows)
  }
}
