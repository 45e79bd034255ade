import CSVTables
import LogisticsModel

/// Reads duty_rules.csv and duty_rates.csv.
enum DutyRuleReader {
  static let file = "duty_rules.csv"
  static let required = ["rule", "destinations", "duty"]
  static let optional =
    [
      "valid_from", "valid_to", "percent", "amount", "currency", "duty_basis", "excess_over", "tax",
      "tax_collected",
    ] + CSVColumns.termsColumns + CSVColumns.bandColumns + CSVColumns.scopeColumns

  static let ratesFile = "duty_rates.csv"
  static let ratesRequired = ["rate", "destinations", "hs_prefix", "percent"]
  static let ratesOptional = ["origins", "valid_from", "valid_to"] + CSVColumns.termsColumns

  /// What each kind of duty needs beside its scope; `currency` may always be given where it is not needed.
  private static func needs(_ kind: DutyKind) -> Set<String> {
    switch kind {
    case .none, .unknown, .tariff: []
    case .perHeading, .perParcel: ["amount", "currency"]
    case .percent: ["percent"]
    case .percentLess, .percentOrPerKilogram: ["percent", "amount", "currency"]
    case .percentOfExcess: ["percent", "amount", "currency", "excess_over"]
    }
  }

  static func read(_ table: CSVTable, findings: inout [Finding]) -> (rules: [DutyRule], rows: [Int])
  {
    var columns = CSVColumns(table, required: required, optional: optional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return ([], []) }
    var seen: [String: Int] = [:]
    var rules: [DutyRule] = []
    var rows: [Int] = []
    for row in 0..<table.rowCount {
      if let rule = rule(row, &columns, &seen) {
        rules.append(rule)
        rows.append(row)
      }
    }
    return (rules, rows)
  }

  private static func rule(
    _ row: Int, _ columns: inout CSVColumns, _ seen: inout [String: Int]
  ) -> DutyRule? {
    let terms = columns.terms(row, "rule", seen: &seen)
    let scope = columns.importScope(row, terms?.validity)
    let kind: DutyKind? = columns.closed(row, "duty")
    var tax: TaxTreatment? = .due
    if !columns.isEmpty(row, "tax") { tax = columns.closed(row, "tax") }
    let collection = collection(row, &columns)
    var isOnFreight: Bool? = false
    if !columns.isEmpty(row, "duty_basis") {
      isOnFreight = columns.word(row, "duty_basis", expected: "goods or cif") {
        ["goods": false, "cif": true][$0]
      }
    }
    guard let kind else { return nil }
    let needed = needs(kind)
    var figures: [String: Decimal6] = [:]
    var isSound = true
    for name in ["percent", "amount", "excess_over", "currency"] {
      let isEmpty = columns.isEmpty(row, name)
      let isUsed =
        needed.contains(name) || name == "currency" && (kind == .percent || kind == .tariff)
      if isEmpty, needed.contains(name) {
        columns.report(
          code: TariffCode.importRuleContradicts, row: row, column: name,
          "duty \(kind.rawValue) needs \(name)")
        isSound = false
      } else if !isEmpty, !isUsed {
        columns.report(
          code: TariffCode.importRuleContradicts, row: row, column: name,
          "duty \(kind.rawValue) has no use for \(name)")
        isSound = false
      } else if !isEmpty, name != "currency" {
        figures[name] = columns.fee(row, name)
        isSound = isSound && figures[name] != nil
      }
    }
    var currency: Currency?
    if !columns.isEmpty(row, "currency") {
      currency = columns.currency(row, "currency")
      isSound = isSound && currency != nil
    }
    guard isSound, let terms, let scope, let tax, let collection, let isOnFreight else {
      return nil
    }
    var rule = DutyRule(terms: terms, scope: scope, kind: kind)
    rule.percent = figures["percent"] ?? .zero
    rule.amount = figures["amount"] ?? .zero
    rule.excessOver = figures["excess_over"] ?? .zero
    rule.currency = currency
    rule.isOnFreight = isOnFreight
    rule.tax = tax
    rule.taxCollection = collection
    return rule
  }

  /// `clearance`, `sale`, or `sale:` and a programme.
  private static func collection(_ row: Int, _ columns: inout CSVColumns) -> TaxCollection? {
    let text = columns.text(row, "tax_collected")
    switch text {
    case "", "clearance": return .clearance
    case "sale": return .sale
    case _ where text.hasPrefix("sale:"):
      return columns.programmeWord(row, "tax_collected", text.dropFirst(5))
        .map { .saleIfRegistered($0) }
    default:
      columns.report(
        code: TariffCode.wordUnknown, row: row, column: "tax_collected",
        "tax_collected \"\(text.prefix(30))\" is unknown; one of clearance, sale, sale:PROGRAMME")
      return nil
    }
  }

  static func readRates(
    _ table: CSVTable, findings: inout [Finding]
  ) -> (rates: [TariffRate], rows: [Int]) {
    var columns = CSVColumns(table, required: ratesRequired, optional: ratesOptional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return ([], []) }
    var seen: [String: Int] = [:]
    var rates: [TariffRate] = []
    var rows: [Int] = []
    for row in 0..<table.rowCount {
      let terms = columns.terms(row, "rate", seen: &seen)
      let destinations = columns.countries(row, "destinations")
      let origins = columns.countries(row, "origins", ifEmpty: .all)
      let percent = columns.fee(row, "percent")
      let prefix = columns.text(row, "hs_prefix")
      let isPrefix =
        prefix.utf8.count <= 10 && prefix.utf8.allSatisfy { (0x30...0x39).contains($0) }
      if !isPrefix {
        columns.report(
          code: TariffCode.importKeyMalformed, row: row, column: "hs_prefix",
          "hs_prefix \"\(prefix.prefix(20))\" is not up to ten digits")
      }
      guard let terms, let destinations, let origins, let percent, isPrefix else { continue }
      rates.append(
        TariffRate(
          terms: terms, destinations: destinations, origins: origins, prefix: prefix,
          percent: percent))
      rows.append(row)
    }
    return (rates, rows)
  }
}
