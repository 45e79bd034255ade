import CSVTables
import LogisticsModel

enum SurchargeColumns {
  static let required = ["surcharge", "kind", "scope", "key", "unit", "amount", "currency"]
  static let optional = [
    "goods", "min_weight_g", "max_weight_g", "min_edge_cm", "max_edge_cm", "min_second_edge_cm",
    "min_girth_cm", "valid_from", "valid_to", "basis", "source",
  ]
}

/// Reads surcharges.csv.
struct SurchargeReader {
  let cards: Set<String>
  let rates: ExchangeRates
  let currency: Currency
  let today: CivilDate?

  func read(_ table: CSVTable, findings: inout [Finding]) -> [Surcharge] {
    var columns = CSVColumns(
      table, required: SurchargeColumns.required, optional: SurchargeColumns.optional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return [] }
    var seen: [String: Int] = [:]
    var surcharges: [Surcharge] = []
    for row in 0..<table.rowCount {
      if let surcharge = surcharge(row, &columns, seen: &seen) { surcharges.append(surcharge) }
    }
    return surcharges
  }

  private func surcharge(
    _ row: Int, _ columns: inout CSVColumns, seen: inout [String: Int]
  ) -> Surcharge? {
    let id = columns.newID(row, "surcharge", seen: &seen)
    let kind = columns.requiredText(row, "kind")
    let scope = columns.scope(row, cards: cards)
    let unit = columns.word(row, "unit", expected: "parcel, kg or percent") {
      Surcharge.Unit(rawValue: $0)
    }
    let amount = columns.fee(row, "amount")
    let goods = columns.goods(row, "goods")
    let validity = columns.validity(row, "valid_from", "valid_to")
    let weights = 0...CSVColumns.greatestFigure
    let weightFrom = columns.optionalInteger(row, "min_weight_g", in: weights)
    let weightBelow = columns.optionalInteger(row, "max_weight_g", in: weights)
    let edgeFrom = columns.millimetres(row, "min_edge_cm")
    let edgeBelow = columns.millimetres(row, "max_edge_cm")
    let second = columns.millimetres(row, "min_second_edge_cm")
    let girth = columns.millimetres(row, "min_girth_cm")
    let basis = columns.basis(row)
    guard let id, let kind, let scope, let unit, let amount, let goods, let validity, let basis,
      let weightFrom, let weightBelow, let edgeFrom, let edgeBelow, let second, let girth,
      let money = money(row, &columns, unit)
    else { return nil }
    let weightFits = columns.isSatisfiable(
      row, "max_weight_g", from: weightFrom, below: weightBelow)
    let edgeFits = columns.isSatisfiable(row, "max_edge_cm", from: edgeFrom, below: edgeBelow)
    guard weightFits, edgeFits else { return nil }
    columns.reportIfExpired(row, "valid_to", "surcharge \(id)", validity, today: today)
    var surcharge = Surcharge(
      id: id, kind: kind, scope: scope, unit: unit, amount: amount, currency: money)
    surcharge.goods = goods
    surcharge.validity = validity
    surcharge.weightFrom = weightFrom
    surcharge.weightBelow = weightBelow
    surcharge.edgeFrom = edgeFrom
    surcharge.edgeBelow = edgeBelow
    surcharge.secondEdgeFrom = second
    surcharge.girthFrom = girth
    surcharge.basis = basis
    surcharge.source = columns.text(row, "source")
    return surcharge
  }

  /// The currency an amount needs and a percentage must not have; the outer nil means reported.
  private func money(
    _ row: Int, _ columns: inout CSVColumns, _ unit: Surcharge.Unit
  ) -> Currency?? {
    if unit == .percent {
      guard columns.isEmpty(row, "currency") else {
        columns.report(
          code: TariffCode.moneyMalformed, row: row, column: "currency",
          "a percentage has no currency; leave it empty")
        return nil
      }
      return .some(nil)
    }
    guard let found = columns.currency(row, "currency") else { return nil }
    guard rates.isReachable(from: found, to: currency) else {
      columns.report(
        code: TariffCode.currencyWithoutRate, row: row, column: "currency",
        "no rate joins \(found) to \(currency); add one to fx.csv")
      return nil
    }
    return .some(found)
  }
}
