import CSVTables
import LogisticsModel

/// delay_laws.csv, its rows grouped by law.
struct LawRows {
  static let file = "delay_laws.csv"
  static let required = ["law", "delay_min", "weight"]
  static let optional = ["basis", "source"]

  /// One law as written.
  struct Law {
    var firstRow: Int
    var name: String
    var atoms: [DelayLaw.Atom] = []
    /// False when a row of it could not be read.
    var isSound = true
  }

  var columns: CSVColumns
  var laws: [Law] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    var positions: [String: Int] = [:]
    for row in 0..<table.rowCount {
      guard let name = columns.id(row, "law") else { continue }
      let position = positions[name] ?? laws.count
      if position == laws.count {
        positions[name] = position
        laws.append(Law(firstRow: row, name: name))
      }
      let delay = columns.integer(row, "delay_min", in: Int64(Int32.min)...Int64(Int32.max))
      let weight = columns.integer(row, "weight", in: Int64(Int32.min)...Int64(Int32.max))
      if let delay, delay < 0 || delay > 527_040 {
        columns.report(
          code: BundleCode.lawAtom, row: row, column: "delay_min",
          "delay_min \(delay) is not within 0...527040")
        laws[position].isSound = false
      }
      if let weight, weight < 1 || weight > 1024 {
        columns.report(
          code: BundleCode.lawAtom, row: row, column: "weight",
          "weight \(weight) is not within 1...1024")
        laws[position].isSound = false
      }
      guard let delay, let weight, laws[position].isSound else {
        laws[position].isSound = false
        continue
      }
      laws[position].atoms.append(DelayLaw.Atom(delay: Int32(delay), weight: Int32(weight)))
    }
    for law in laws where law.isSound {
      let sum = law.atoms.reduce(0) { $0 + Int($1.weight) }
      if sum != Int(DelayLaw.scale) {
        columns.report(
          code: BundleCode.lawWeights, row: law.firstRow, column: "weight",
          "the weights of law \(law.name) add up to \(sum), not 1024")
      }
    }
  }
}
