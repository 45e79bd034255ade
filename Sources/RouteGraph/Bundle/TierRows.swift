import CSVTables
public import LogisticsModel

/// One row of tiers.csv: what a tier is the best of.
public struct TierRule: Hashable, Sendable {
  /// What a tier makes least.
  public enum Objective: String, CaseIterable, Sendable {
    /// The freight.
    case price
    /// The promise.
    case time
    /// Freight plus waiting at ``TierRule/valueOfHour``.
    case balance
  }

  /// `economy`, `standard` or `premium`.
  public let tier: String
  /// What it makes least.
  public let objective: Objective
  /// Decimal text of what an hour is worth, for ``Objective/balance``; empty otherwise.
  public let valueOfHour: String
  /// ISO 4217 code of ``valueOfHour``; empty where that is.
  public let currency: String

  /// Makes a row.
  public init(tier: String, objective: Objective, valueOfHour: String, currency: String) {
    self.tier = tier
    self.objective = objective
    self.valueOfHour = valueOfHour
    self.currency = currency
  }
}

/// One row of acceptance.csv: whether a tier takes a goods class.
public struct AcceptanceRule: Hashable, Sendable {
  /// The tier.
  public let tier: String
  /// The goods class.
  public let goods: GoodsClass
  /// Whether the tier takes it.
  public let isAccepted: Bool

  /// Makes a row.
  public init(tier: String, goods: GoodsClass, isAccepted: Bool) {
    self.tier = tier
    self.goods = goods
    self.isAccepted = isAccepted
  }
}

/// tiers.csv.
struct TierRows {
  static let file = "tiers.csv"
  static let required = ["tier", "objective"]
  static let optional = ["value_of_hour", "currency"]
  static let names = ["economy", "standard", "premium"]

  var columns: CSVColumns
  var rows: [TierRule] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    for row in 0..<table.rowCount {
      let tier = columns.tier(row)
      let objective = columns.word(
        row, "objective", expected: "price, time or balance", TierRule.Objective.init(rawValue:))
      guard let tier, let objective else { continue }
      let value = columns.text(row, "value_of_hour")
      let currency = columns.text(row, "currency")
      let isBalance = objective == .balance
      guard value.isEmpty != isBalance, currency.isEmpty != isBalance else {
        columns.report(
          code: CSVCode.valueMissing, row: row, column: "value_of_hour",
          isBalance
            ? "a balance needs value_of_hour and its currency"
            : "value_of_hour and currency are for a balance only")
        continue
      }
      if rows.contains(where: { $0.tier == tier }) {
        columns.report(
          code: BundleCode.tierIncomplete, row: row, column: "tier", "tier \(tier) stands twice")
        continue
      }
      rows.append(
        TierRule(tier: tier, objective: objective, valueOfHour: value, currency: currency))
    }
  }
}

/// acceptance.csv.
struct AcceptanceRows {
  static let file = "acceptance.csv"
  static let required = ["tier", "goods", "accepted"]

  var columns: CSVColumns
  var rows: [AcceptanceRule] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required)
    guard columns.isUsable else { return }
    for row in 0..<table.rowCount {
      let tier = columns.tier(row)
      let goods = columns.word(
        row, "goods", expected: GoodsClass.allCases.map(\.word).joined(separator: ", "),
        GoodsClass.init(word:))
      let accepted = columns.integer(row, "accepted", in: 0...1)
      guard let tier, let goods, let accepted else { continue }
      if rows.contains(where: { $0.tier == tier && $0.goods == goods }) {
        columns.report(
          code: BundleCode.acceptanceIncomplete, row: row, column: "tier",
          "tier \(tier) and class \(goods.word) stand twice")
        continue
      }
      rows.append(AcceptanceRule(tier: tier, goods: goods, isAccepted: accepted == 1))
    }
  }
}

extension CSVColumns {
  fileprivate mutating func tier(_ row: Int) -> String? {
    word(row, "tier", expected: "economy, standard or premium") {
      TierRows.names.contains($0) ? $0 : nil
    }
  }
}
