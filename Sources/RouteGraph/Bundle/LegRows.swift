import CSVTables
import LogisticsModel

/// One row of legs.csv.
struct LegRow {
  var row: Int
  var id: String
  var from: String
  var to: String
  var mode: LegMode
  var stage: LegStage
  var service: String
  var carrier: String
  var goods: GoodsMask
  var greatestWeight: Int64
  var handling: Int32
  var card: String
  var emission: Int64
  var kind: LegKind
  var schedule: String
  var calendar: String
  var duration: Int32
  var law: String
  var priceBasis: Basis
  var timeBasis: Basis
}

/// legs.csv.
struct LegRows {
  static let file = "legs.csv"
  static let required = [
    "leg", "from", "to", "mode", "stage", "service", "goods", "max_weight_g", "handling_min",
    "co2_mg_per_g", "kind", "duration_min", "law", "price_basis", "time_basis",
  ]
  static let optional = ["carrier", "card", "schedule", "calendar"]

  var columns: CSVColumns
  var rows: [LegRow] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    rows.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      if let leg = leg(row) { rows.append(leg) }
    }
  }

  private mutating func leg(_ row: Int) -> LegRow? {
    let id = columns.id(row, "leg")
    let from = columns.requiredText(row, "from")
    let to = columns.requiredText(row, "to")
    let mode = columns.word(
      row, "mode", expected: "road, air, sea, rail, handling or post", LegMode.init(word:))
    let stage = columns.word(
      row, "stage",
      expected: "pickup, consolidation, export, linehaul, import, distribution or last_mile",
      LegStage.init(word:))
    let service = columns.id(row, "service")
    let goods = columns.goods(row)
    let weight = columns.integer(row, "max_weight_g", in: 0...1_000_000_000)
    let handling = columns.integer(row, "handling_min", in: 0...527_040)
    let emission = columns.integer(row, "co2_mg_per_g", in: 0...1_000_000_000)
    let kind = columns.word(row, "kind", expected: "S, C or W", LegKind.init(letter:))
    let duration = columns.duration(row, "duration_min")
    let law = columns.requiredText(row, "law")
    let price = columns.word(
      row, "price_basis", expected: "real, published, computed, assumed or included",
      Basis.init(word:))
    let time = columns.word(
      row, "time_basis", expected: "real, published, computed or assumed"
    ) { Basis(word: $0).flatMap { $0 == .included ? nil : $0 } }
    guard let id, let from, let to, let mode, let stage, let service, let goods, let weight,
      let handling, let emission, let kind, let duration, let law, let price, let time
    else { return nil }
    return LegRow(
      row: row, id: id, from: from, to: to, mode: mode, stage: stage, service: service,
      carrier: columns.text(row, "carrier"), goods: goods, greatestWeight: weight,
      handling: Int32(handling), card: columns.text(row, "card"), emission: emission, kind: kind,
      schedule: columns.text(row, "schedule"), calendar: columns.text(row, "calendar"),
      duration: duration, law: law, priceBasis: price, timeBasis: time)
  }
}

extension CSVColumns {
  /// Goods classes joined by `+`; an empty field is the empty set.
  mutating func goods(_ row: Int) -> GoodsMask? {
    let text = text(row, "goods")
    guard !text.isEmpty else { return GoodsMask(bits: 0) }
    var classes: [GoodsClass] = []
    for word in text.split(separator: "+", omittingEmptySubsequences: false) {
      guard let found = GoodsClass(word: word) else {
        report(
          code: CSVCode.valueMalformed, row: row, column: "goods",
          "goods \"\(word.prefix(40))\" is not \(GoodsClass.allCases.map(\.word).joined(separator: ", "))"
        )
        return nil
      }
      classes.append(found)
    }
    return GoodsMask(classes)
  }
}
