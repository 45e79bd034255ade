import CSVTables
import LogisticsModel

enum RateCardColumns {
  static let requiredOfCards = ["card", "variant", "currency"]
  static let optionalOfCards = [
    "valid_from", "valid_to", "goods", "min_value", "max_value", "value_currency", "max_sum_cm",
    "max_edge_cm", "max_girth_cm", "divisor_cm3_per_kg", "divisor_sum_over_cm",
    "divisor_edge_from_cm", "max_chargeable_g", "round_g", "min_chargeable_g", "basis", "source",
  ]
  static let requiredOfBands = ["variant", "over_g", "upto_g", "base"]
  static let optionalOfBands = ["from_g", "step_g", "per_step"]
}

/// Reads rate_cards.csv and rate_bands.csv into a book, remembering the line of each for the checks after.
struct RateCardReader {
  let today: CivilDate?
  var book = RateCardBook()
  /// File and line of each variant.
  var lines: [(file: String, line: Int)] = []
  /// Line in rate_bands.csv of each band, by variant.
  var bandLines: [[Int]] = []
  var bandFile = "rate_bands.csv"
  /// Names of variants that stand in rate_cards.csv but could not be read: their bands are no second fault.
  private var broken = Set<String>()
  private var positions: [String: Int] = [:]

  init(today: CivilDate?) { self.today = today }

  mutating func readCards(_ table: CSVTable, findings: inout [Finding]) {
    var columns = CSVColumns(
      table, required: RateCardColumns.requiredOfCards, optional: RateCardColumns.optionalOfCards)
    defer { findings += columns.findings }
    guard columns.isUsable else { return }
    var seen: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let card = columns.requiredText(row, "card")
      let id = columns.newID(row, "variant", seen: &seen)
      guard let variant = variant(row, id, &columns), let card else {
        if let id { broken.insert(id) }
        continue
      }
      positions[variant.id] = book.variants.count
      book.append(variant, to: card)
      lines.append((table.file, table.line(row)))
      bandLines.append([])
      columns.reportIfExpired(
        row, "valid_to", "variant \(variant.id)", variant.validity, today: today)
    }
  }

  private func variant(
    _ row: Int, _ id: String?, _ columns: inout CSVColumns
  ) -> RateCardVariant? {
    let figures = 1...CSVColumns.greatestFigure
    let currency = columns.currency(row, "currency")
    let validity = columns.validity(row, "valid_from", "valid_to")
    let goods = columns.goods(row, "goods")
    let value = valueBand(row, &columns)
    let sum = columns.millimetres(row, "max_sum_cm")
    let edge = columns.millimetres(row, "max_edge_cm")
    let girth = columns.millimetres(row, "max_girth_cm")
    let divisor = columns.optionalInteger(row, "divisor_cm3_per_kg", in: figures)
    let sumOver = columns.millimetres(row, "divisor_sum_over_cm")
    let edgeFrom = columns.millimetres(row, "divisor_edge_from_cm")
    let greatest = columns.optionalInteger(row, "max_chargeable_g", in: figures)
    let rounding = columns.integer(row, "round_g", in: figures, ifEmpty: 1)
    let least = columns.integer(
      row, "min_chargeable_g", in: 0...CSVColumns.greatestFigure, ifEmpty: 0)
    let basis = columns.basis(row)
    guard let id, let currency, let validity, let goods, let value, let sum, let edge, let girth,
      let divisor, let sumOver, let edgeFrom, let greatest, let rounding, let least, let basis
    else { return nil }
    if divisor == nil, sumOver != nil || edgeFrom != nil {
      columns.report(
        code: TariffCode.conditionEmpty, row: row,
        column: sumOver == nil ? "divisor_edge_from_cm" : "divisor_sum_over_cm",
        "a condition without divisor_cm3_per_kg")
      return nil
    }
    var variant = RateCardVariant(id: id, currency: currency)
    variant.validity = validity
    variant.goods = goods
    variant.value = value
    variant.greatestSum = sum
    variant.greatestEdge = edge
    variant.greatestGirth = girth
    variant.volumetric = divisor.map {
      VolumetricRule(divisor: $0, sumOver: sumOver, edgeFrom: edgeFrom)
    }
    variant.greatestChargeable = greatest
    variant.rounding = rounding
    variant.leastChargeable = least
    variant.basis = basis
    variant.source = columns.text(row, "source")
    return variant
  }

  /// The declared-value band; nil inside where there is none, nil outside where it was reported.
  private func valueBand(_ row: Int, _ columns: inout CSVColumns) -> ValueBand?? {
    let ends = ["min_value", "max_value"].filter { !columns.isEmpty(row, $0) }
    guard !ends.isEmpty else {
      guard columns.isEmpty(row, "value_currency") else {
        columns.report(
          code: TariffCode.valueBand, row: row, column: "value_currency",
          "a value currency without min_value or max_value")
        return nil
      }
      return .some(nil)
    }
    guard !columns.isEmpty(row, "value_currency") else {
      columns.report(
        code: TariffCode.valueBand, row: row, column: ends[0], "a value band without value_currency"
      )
      return nil
    }
    guard let currency = columns.currency(row, "value_currency") else { return nil }
    var grain = currency.minorPerUnit
    var limits = ["min_value": Int64(0), "max_value": Int64.max]
    for name in ends {
      let text = columns.text(row, name)
      guard let money = try? Money(text, currency), money.minorUnits >= 0,
        let number = try? DecimalText(text)
      else {
        columns.report(
          code: TariffCode.moneyMalformed, row: row, column: name,
          "\(name) \"\(text.prefix(40))\" is no amount in \(currency)")
        return nil
      }
      limits[name] = money.minorUnits
      if name == "min_value" {
        for _ in 0..<number.scale { grain /= 10 }
      }
    }
    let (least, greatest) = (limits["min_value"] ?? 0, limits["max_value"] ?? .max)
    guard least <= greatest else {
      columns.report(
        code: TariffCode.valueBand, row: row, column: "max_value", "max_value is below min_value")
      return nil
    }
    return .some(ValueBand(least: least, greatest: greatest, currency: currency, grain: grain))
  }

  mutating func readBands(_ table: CSVTable, findings: inout [Finding]) {
    bandFile = table.file
    var columns = CSVColumns(
      table, required: RateCardColumns.requiredOfBands, optional: RateCardColumns.optionalOfBands)
    defer { findings += columns.findings }
    guard columns.isUsable else { return }
    let weights = 0...CSVColumns.greatestFigure
    for row in 0..<table.rowCount {
      let variant = columns.requiredText(row, "variant")
      let over = columns.integer(row, "over_g", in: weights)
      let upto = columns.integer(row, "upto_g", in: weights, ifEmpty: .max)
      let base = columns.fee(row, "base")
      let from = columns.integer(row, "from_g", in: weights, ifEmpty: 0)
      let step = columns.integer(row, "step_g", in: 1...CSVColumns.greatestFigure, ifEmpty: 1)
      let perStep = columns.fee(row, "per_step", ifEmpty: .zero)
      guard let variant, let over, let upto, let base, let from, let step, let perStep else {
        // A broken band is one fault; "variant without bands" would be a second for the same line.
        if let variant { broken.insert(variant) }
        continue
      }
      guard let position = positions[variant] else {
        if !broken.contains(variant) {
          columns.report(
            code: TariffCode.variantUnknown, row: row, column: "variant",
            "rate_cards.csv has no variant \(variant)")
        }
        continue
      }
      guard over < upto else {
        columns.report(
          code: TariffCode.bandReversed, row: row, column: "upto_g",
          "the band ends at \(upto) g, not after \(over) g")
        broken.insert(variant)
        continue
      }
      book.variants[position].bands.append(
        RateBand(over: over, upto: upto, base: base, from: from, step: step, perStep: perStep))
      bandLines[position].append(table.line(row))
    }
    sortBands()
  }

  private mutating func sortBands() {
    for position in book.variants.indices {
      let order = book.variants[position].bands.indices.sorted {
        let (left, right) = (book.variants[position].bands[$0], book.variants[position].bands[$1])
        return (left.over, left.upto, $0) < (right.over, right.upto, $1)
      }
      book.variants[position].bands = order.map { book.variants[position].bands[$0] }
      bandLines[position] = order.map { bandLines[position][$0] }
    }
  }

  /// Whether the variant's fault has been reported already.
  func isBroken(_ id: String) -> Bool { broken.contains(id) }
}
