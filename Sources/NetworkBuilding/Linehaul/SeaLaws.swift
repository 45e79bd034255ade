import LogisticsModel

extension WorldDraft {
  /// Delay laws of liner groups, fitted to the published reliability figures.
  ///
  /// A vessel is on time with the published share, and late otherwise; the shapes inside both parts are
  /// assumptions whose late part has the published mean delay of late vessels.
  mutating func addSeaLaws() {
    let scope = assume.scope("sea.reliability")
    let onTime = scope.rows("on_time_shape_percent")
    let late = scope.rows("late_shape_percent")
    for group in scope.tables("groups") {
      let series = group.text("series")
      let month = group.text("month")
      guard
        let row = tables.reliability.first(where: { $0.series == series && $0.month == month })
      else {
        group.unknown("series", "no reliability of \(series) in \(month)")
        continue
      }
      bundle.laws.add(
        group.text("law"),
        atoms: WorldDraft.mixture(onTimeMillionths: row.onTimePercent.micros, onTime, late),
        basis: .computed,
        source:
          "\(series) \(month): \(row.onTimePercent.description) percent on time (sea_reliability.csv)",
        ledger: ledger)
    }
  }

  /// Weights of a two-part law out of 1024; what rounding leaves goes to the first atom.
  ///
  /// - Parameters:
  ///   - onTimeMillionths: percentage on time, in millionths of a percent.
  ///   - onTime: rows of [minutes, percent of the on-time part].
  ///   - late: rows of [minutes, percent of the late part].
  /// - Returns: rows of [minutes, weight].
  static func mixture(onTimeMillionths: Int64, _ onTime: [[Int]], _ late: [[Int]]) -> [[Int]] {
    let whole: Int64 = 100_000_000
    var atoms: [[Int]] = []
    for (rows, share) in [(onTime, onTimeMillionths), (late, whole - onTimeMillionths)] {
      for row in rows where row.count == 2 {
        let weight = Int((1024 * share * Int64(row[1]) + 50 * whole) / (100 * whole))
        if weight > 0 { atoms.append([row[0], weight]) }
      }
    }
    let sum = atoms.reduce(0) { $0 + $1[1] }
    if !atoms.isEmpty { atoms[0][1] += 1024 - sum }
    return atoms
  }
}
