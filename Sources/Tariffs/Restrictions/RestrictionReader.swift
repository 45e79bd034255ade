import CSVTables
import LogisticsModel

enum RestrictionColumns {
  static let required = ["restriction", "scope", "key"]
  static let optional = [
    "goods", "max_weight_g", "max_edge_cm", "max_sum_cm", "from", "to", "reason", "source",
    "battery",
  ]
}

/// Reads restrictions.csv.
struct RestrictionReader {
  let cards: Set<String>
  let today: CivilDate?

  func read(_ table: CSVTable, findings: inout [Finding]) -> [Restriction] {
    var columns = CSVColumns(
      table, required: RestrictionColumns.required, optional: RestrictionColumns.optional)
    defer { findings += columns.findings }
    guard columns.isUsable else { return [] }
    var seen: [String: Int] = [:]
    var restrictions: [Restriction] = []
    for row in 0..<table.rowCount {
      let id = columns.newID(row, "restriction", seen: &seen)
      let scope = columns.scope(row, cards: cards)
      let goods = columns.goods(row, "goods")
      let validity = columns.validity(row, "from", "to")
      let weight = columns.optionalInteger(
        row, "max_weight_g", in: 0...CSVColumns.greatestFigure)
      let edge = columns.millimetres(row, "max_edge_cm")
      let sum = columns.millimetres(row, "max_sum_cm")
      let batteries = columns.batteries(row, "battery")
      guard let id, let scope, let goods, let validity, let weight, let edge, let sum,
        let batteries
      else { continue }
      columns.reportIfExpired(row, "to", "restriction \(id)", validity, today: today)
      var restriction = Restriction(id: id, scope: scope)
      restriction.goods = goods
      restriction.batteries = batteries
      restriction.validity = validity
      restriction.greatestWeight = weight
      restriction.greatestEdge = edge
      restriction.greatestSum = sum
      restriction.reason = columns.text(row, "reason")
      restriction.source = columns.text(row, "source")
      restrictions.append(restriction)
    }
    return restrictions
  }
}

extension CSVColumns {
  /// Battery kinds joined by `+`, `unknown` among them; none where empty.
  fileprivate mutating func batteries(_ row: Int, _ column: String) -> Set<BatteryKind?>? {
    guard !isEmpty(row, column) else { return [] }
    var kinds: Set<BatteryKind?> = []
    for word in text(row, column).split(separator: "+", omittingEmptySubsequences: false) {
      guard word != "unknown" else {
        kinds.insert(nil)
        continue
      }
      guard let kind = BatteryKind(word: word) else {
        report(
          code: TariffCode.wordUnknown, row: row, column: column,
          "unknown battery kind \"\(word.prefix(20))\"; one of "
            + BatteryKind.allCases.map(\.word).joined(separator: ", ") + ", unknown")
        return nil
      }
      kinds.insert(kind)
    }
    return kinds
  }
}
