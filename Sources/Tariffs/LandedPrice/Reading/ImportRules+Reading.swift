import CSVTables
import LogisticsModel

extension ImportRules {
  /// Reads the four files and holds the rows against each other.
  ///
  /// - Parameters:
  ///   - tables: the parsed files.
  ///   - exchange: the bundle's exchange rates.
  ///   - currency: the bundle's currency.
  ///   - looksForGaps: whether to look for days and values of which no rule speaks: of interest to whoever keeps the file,
  ///     not to whoever asks for a price.
  ///   - findings: grows by what was found, file by file.
  /// - Returns: what could be read.
  static func read(
    _ tables: TariffTables, rates exchange: ExchangeRates, currency: Currency, looksForGaps: Bool,
    findings: inout [Finding]
  ) -> ImportRules {
    var rules = ImportRules()
    let duties = DutyRuleReader.read(tables.dutyRules, findings: &findings)
    let taxes = ImportTaxReader.read(tables.taxRules, findings: &findings)
    let fees = ImportTaxReader.readFees(tables.fees, findings: &findings)
    let rates = DutyRuleReader.readRates(tables.dutyRates, findings: &findings)
    (rules.duties, rules.taxes) = (duties.rules, taxes.taxes)
    (rules.fees, rules.tariffRates) = (fees.fees, rates.rates)
    func place(_ table: CSVTable, _ rows: [Int]) -> RulePlaces {
      RulePlaces(file: table.file, lines: rows.map { table.line($0) })
    }
    let check = ImportRuleCheck(
      rules: rules, duties: place(tables.dutyRules, duties.rows),
      taxes: place(tables.taxRules, taxes.rows), fees: place(tables.fees, fees.rows),
      rates: place(tables.dutyRates, rates.rows))
    findings += check.sharedIDs() + check.programmes() + check.overlaps()
    if looksForGaps {
      findings += check.currenciesWithoutRate(exchange, currency)
      findings += ImportGapCheck(check).gaps()
    }
    return rules
  }
}

/// Where the rules of a file stand.
struct RulePlaces {
  let file: String
  /// Line of each rule.
  let lines: [Int]

  func finding(
    _ code: String, _ position: Int, _ message: String, severity: Finding.Severity = .error
  ) -> Finding {
    Finding(
      severity, code: code, file: file, line: lines[position], column: 1, message: message)
  }
}
