import CSVTables
import LogisticsModel

/// Readers for the forms of value that tariff files have; each reports its own finding and returns nil.
extension CSVColumns {
  /// The largest weight, step or divisor a tariff may name: 10^9.
  static let greatestFigure: Int64 = 1_000_000_000

  /// A fee, at most six decimals, never negative; `fallback` where empty.
  mutating func fee(_ row: Int, _ column: String, ifEmpty fallback: Decimal6? = nil) -> Decimal6? {
    if let fallback, isEmpty(row, column) { return fallback }
    guard let text = requiredText(row, column) else { return nil }
    do {
      let value = try Decimal6(text)
      guard value >= .zero else {
        report(
          code: TariffCode.negative, row: row, column: column,
          "\(column) \(text.prefix(40)) is negative; write a discount as a lower fee")
        return nil
      }
      return value
    } catch {
      let reason =
        switch error {
        case .tooManyDecimals: "has more than six decimals"
        case .overflow: "is too large"
        case .malformed(.comma): "has a comma; use a point"
        case .malformed: "is not a decimal number"
        }
      report(
        code: TariffCode.moneyMalformed, row: row, column: column,
        "\(column) \"\(text.prefix(40))\" \(reason)")
      return nil
    }
  }

  /// A currency that has an exponent.
  mutating func currency(_ row: Int, _ column: String) -> Currency? {
    guard let text = requiredText(row, column) else { return nil }
    if let currency = Currency(code: text) { return currency }
    report(
      code: TariffCode.currencyWithoutExponent, row: row, column: column,
      "\(column) \"\(text.prefix(12))\" is no ISO 4217 currency with a minor unit"
        + (Currency(code: text.uppercased()) == nil ? "" : " (maybe \(text.uppercased()))"))
    return nil
  }

  /// A date, or `fallback` where empty.
  mutating func date(_ row: Int, _ column: String, ifEmpty fallback: CivilDate) -> CivilDate? {
    guard !isEmpty(row, column) else { return fallback }
    let text = text(row, column)
    if let date = CivilDate(iso: text) { return date }
    report(
      code: TariffCode.date, row: row, column: column,
      "\(column) \"\(text.prefix(40))\" is no date; write YYYY-MM-DD")
    return nil
  }

  /// A range of days; a reversed one is reported.
  mutating func validity(_ row: Int, _ from: String, _ to: String) -> Validity? {
    let first = date(row, from, ifEmpty: .first)
    let last = date(row, to, ifEmpty: .last)
    guard let first, let last else { return nil }
    guard first <= last else {
      report(
        code: TariffCode.date, row: row, column: to, "\(to) \(last) is before \(from) \(first)")
      return nil
    }
    return Validity(from: first, to: last)
  }

  /// Goods classes joined by `+`; every class where empty.
  mutating func goods(_ row: Int, _ column: String) -> GoodsMask? {
    guard !isEmpty(row, column) else { return GoodsMask(bits: .max) }
    var bits: UInt64 = 0
    for word in text(row, column).split(separator: "+", omittingEmptySubsequences: false) {
      guard let goods = GoodsClass(word: word) else {
        report(
          code: TariffCode.wordUnknown, row: row, column: column,
          "unknown goods class \"\(word.prefix(20))\"; one of "
            + GoodsClass.allCases.map(\.word).joined(separator: ", "))
        return nil
      }
      bits |= 1 << UInt64(goods.rawValue)
    }
    return GoodsMask(bits: bits)
  }

  /// Centimetres with at most one decimal as millimetres; nil inside where empty.
  mutating func millimetres(_ row: Int, _ column: String) -> Int64?? {
    guard !isEmpty(row, column) else { return .some(nil) }
    let text = text(row, column)
    if let number = try? DecimalText(text), let value = number.value(places: 1), value >= 0,
      value <= CSVColumns.greatestFigure
    {
      return .some(value)
    }
    report(
      code: TariffCode.length, row: row, column: column,
      "\(column) \"\(text.prefix(40))\" is no length in centimetres with at most one decimal")
    return nil
  }

  /// A whole number, or nil inside where empty.
  mutating func optionalInteger(
    _ row: Int, _ column: String, in range: ClosedRange<Int64>
  ) -> Int64?? {
    guard !isEmpty(row, column) else { return .some(nil) }
    guard let value = integer(row, column, in: range) else { return nil }
    return .some(value)
  }

  /// Where the figures come from; `assumed` where empty, so that nothing passes for data by omission.
  mutating func basis(_ row: Int) -> Basis? {
    guard !isEmpty(row, "basis") else { return .assumed }
    return word(
      row, "basis", expected: "one of " + Basis.allCases.map(\.word).joined(separator: ", ")
    ) {
      Basis(word: $0)
    }
  }
}
