import ArgumentParser
import CSVTables
import LogisticsModel
import WarehousePlacement

/// Flags of `place --instance` that say more of sites and demand than an instance does.
struct SiteOptions: ParsableArguments {
  @Option(help: "What every open site must hand out.")
  var least: Int64?

  @Option(help: "Sizes sites may have (config/placement).")
  var levels: String?

  @Option(help: "Several demands (config/placement).")
  var scenarios: String?

  @Option(help: "expected, worst or regret over them.", transform: SiteOptions.measure)
  var across: DemandScenarios.Measure?

  func validate() throws {
    if across != nil, scenarios == nil { throw ValidationError("--across needs --scenarios") }
  }

  static func measure(_ text: String) throws -> DemandScenarios.Measure {
    guard let measure = DemandScenarios.Measure(rawValue: text) else {
      throw ValidationError("\"\(text)\" is no way to compare; expected, worst, regret are")
    }
    return measure
  }

  /// The levels of a file, for sites of a table.
  func levels(for table: SiteTable) throws -> [SiteLevel] {
    guard let levels else { return [] }
    var columns = try StockTables.open(
      levels, required: ["opening", "capacity"], optional: ["site", "least"])
    var result: [SiteLevel] = []
    for row in 0..<columns.table.rowCount {
      let sites = numbers(&columns, row, "site", of: table.siteCount)
      let opening = units(&columns, row, "opening", table.decimals)
      let capacity = units(&columns, row, "capacity", table.quantityDecimals)
      let least =
        columns.isEmpty(row, "least") ? 0 : units(&columns, row, "least", table.quantityDecimals)
      guard let sites, let opening, let capacity, let least else { continue }
      if least > capacity {
        columns.report(
          code: CSVCode.valueOutOfRange, row: row, column: "least",
          "least \(least) exceeds the capacity \(capacity)")
      }
      for site in sites {
        result.append(SiteLevel(site: site, opening: opening, capacity: capacity, least: least))
      }
    }
    return try StockTables.sound(result, columns, "level")
  }

  /// The scenarios of a file, for clients of a table.
  func scenarios(for table: SiteTable) throws -> DemandScenarios? {
    guard let scenarios else { return nil }
    var columns = try StockTables.open(
      scenarios, required: ["scenario", "factor"], optional: ["client", "weight"])
    var names: [String] = []
    var weights: [Int64] = []
    var factors: [[Int64]] = []
    for row in 0..<columns.table.rowCount {
      let name = columns.requiredText(row, "scenario")
      let clients = numbers(&columns, row, "client", of: table.clientCount)
      let factor = units(&columns, row, "factor", 3)
      let weight: Int64? =
        columns.isEmpty(row, "weight") ? 0 : columns.integer(row, "weight", in: 1...1000)
      guard let name, let clients, let factor, let weight else { continue }
      let index = names.firstIndex(of: name) ?? names.count
      if index == names.count {
        names.append(name)
        weights.append(0)
        factors.append(Array(repeating: 1000, count: table.clientCount))
      }
      if weight > 0 { weights[index] = weight }
      for client in clients { factors[index][client] = factor }
    }
    _ = try StockTables.sound(names, columns, "scenario")
    var decimals = 3
    while decimals > 0, factors.allSatisfy({ $0.allSatisfy { $0 % 10 == 0 } }) {
      factors = factors.map { row in row.map { $0 / 10 } }
      decimals -= 1
    }
    return DemandScenarios(
      names.indices.map {
        .init(name: names[$0], weight: max(1, weights[$0]), factor: factors[$0])
      }, measure: across ?? .expected, factorDecimals: decimals)
  }

  /// The number of one thing, or all of them where the cell is empty; from 0.
  private func numbers(
    _ columns: inout CSVColumns, _ row: Int, _ name: String, of count: Int
  ) -> [Int]? {
    if columns.isEmpty(row, name) { return Array(0..<count) }
    return columns.integer(row, name, in: 1...Int64(count)).map { [Int($0) - 1] }
  }

  /// A decimal number from 0 on in units of so many places.
  private func units(
    _ columns: inout CSVColumns, _ row: Int, _ name: String, _ places: Int
  ) -> Int64? {
    guard let text = columns.requiredText(row, name) else { return nil }
    if let value = try? DecimalText(text).value(places: places), value >= 0, value < 1 << 52 {
      return value
    }
    columns.report(
      code: CSVCode.valueMalformed, row: row, column: name,
      "\(name) \"\(text.prefix(40))\" is not a number from 0 on with at most \(places) decimals")
    return nil
  }
}
