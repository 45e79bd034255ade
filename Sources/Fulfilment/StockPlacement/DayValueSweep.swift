public import RoutePlanning
public import WarehousePlacement

/// How the answer changes with what a day less is worth: solved at several values, and where two neighbours differ, at
/// values between until the switch is known to a hundredth of the currency.
public struct DayValueSweep: Sendable {
  /// The answer at one value.
  public struct Point: Sendable {
    /// What a day less is worth, in thousandths of a minor unit.
    public let dayValue: Int64
    /// Open sites.
    public let open: [Int]
    /// Pairs of SKU and site that keep stock, as `item * sites + site`, ascending.
    public let kept: [Int]
    /// Sums.
    public let totals: StockPlacement.Totals
    /// Everything, waiting included, and what no plan can be below; thousandths of a minor unit.
    public let cost: Int64, bound: Int64
  }

  /// Two values next to each other with different answers.
  public struct Switch: Sendable {
    /// Positions among the points.
    public let below: Int, above: Int
  }

  /// Ascending by value.
  public private(set) var points: [Point] = []
  /// Where sites or stock change.
  public private(set) var switches: [Switch] = []

  /// Halvings between two values at most.
  static let halvings = 12

  /// Solves at these values and between them.
  ///
  /// - Throws: a ``RequestFault`` where a worth has no rate.
  public init(
    _ values: [Int64], _ question: StockQuestion, _ survey: SupplySurvey,
    on network: NetworkPlanner, finest: Int64, limits: SearchLimits = SearchLimits()
  ) throws(RequestFault) {
    var found: [Point] = []
    func solve(_ value: Int64) throws(RequestFault) -> Point? {
      let placement = try StockPlacement(
        question, survey, on: network, dayValue: value, limits: limits)
      let answer = placement.solve()
      guard let plan = answer.plan else { return nil }
      let kept = placement.shelves(plan).map { $0.item * question.sites.count + $0.site }
      return Point(
        dayValue: value, open: plan.open, kept: kept.sorted(), totals: placement.after(plan),
        cost: plan.cost, bound: answer.bound)
    }
    for value in Set(values).sorted() {
      guard let point = try solve(value) else { continue }
      if let last = found.last, last.kept != point.kept {
        var low = last
        var high = point
        for _ in 0..<DayValueSweep.halvings
        where high.dayValue - low.dayValue > finest && !limits.isOver() {
          guard let middle = try solve((low.dayValue + high.dayValue) / 2) else { break }
          // The last switch below the higher value is looked for.
          if middle.kept == high.kept { high = middle } else { low = middle }
        }
        if low.dayValue != last.dayValue { found.append(low) }
        if high.dayValue != point.dayValue { found.append(high) }
      }
      found.append(point)
    }
    points = found
    switches = points.indices.dropFirst().filter { points[$0 - 1].kept != points[$0].kept }.map {
      Switch(below: $0 - 1, above: $0)
    }
  }
}
