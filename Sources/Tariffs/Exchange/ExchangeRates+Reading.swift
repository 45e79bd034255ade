import CSVTables
import LogisticsModel

enum ExchangeColumns {
  static let required = ["date", "base", "quote", "rate"]
  static let optional = ["basis", "source"]
}

extension ExchangeRates {
  /// As many significant digits as a rate may have, so that a chain of two stays within 128 bits.
  static let greatestDigits: Int64 = 1_000_000_000_000

  /// What a row may say only once.
  private struct RowKey: Hashable {
    let days: Int32?
    let base: Currency
    let quote: Currency
  }

  /// Reads fx.csv.
  static func read(_ table: CSVTable, findings: inout [Finding]) -> ExchangeRates {
    var columns = CSVColumns(
      table, required: ExchangeColumns.required, optional: ExchangeColumns.optional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return ExchangeRates([]) }
    var rows: [ExchangeRow] = []
    rows.reserveCapacity(table.rowCount)
    var seen = Set<RowKey>()
    for row in 0..<table.rowCount {
      let base = columns.currency(row, "base")
      let quote = columns.currency(row, "quote")
      let date = columns.date(row, "date", ifEmpty: .first)
      let basis = columns.basis(row)
      let rate = columns.exchangeRate(row, "rate")
      guard let base, let quote, let date, let basis, let rate else { continue }
      guard base != quote else {
        columns.report(
          code: TariffCode.rate, row: row, column: "quote", "\(base) is priced in itself")
        continue
      }
      let dated = columns.isEmpty(row, "date") ? nil : date
      guard seen.insert(RowKey(days: dated?.days, base: base, quote: quote)).inserted else {
        columns.report(
          code: TariffCode.rate, row: row,
          "\(base)/\(quote) stands twice \(dated.map { "on \($0)" } ?? "as a peg"); keep one")
        continue
      }
      rows.append(
        ExchangeRow(
          date: dated, base: base, quote: quote, digits: rate.digits, scale: rate.scale,
          basis: basis, source: columns.text(row, "source")))
    }
    return ExchangeRates(rows)
  }
}

extension CSVColumns {
  /// A positive decimal of at most twelve digits and twelve decimals.
  fileprivate mutating func exchangeRate(_ row: Int, _ column: String) -> DecimalText? {
    guard let text = requiredText(row, column) else { return nil }
    if let rate = try? DecimalText(text), rate.digits > 0,
      rate.digits < ExchangeRates.greatestDigits, rate.scale <= 12
    {
      return rate
    }
    report(
      code: TariffCode.rate, row: row, column: column,
      "\(column) \"\(text.prefix(40))\" is not a positive decimal of at most twelve digits")
    return nil
  }
}
