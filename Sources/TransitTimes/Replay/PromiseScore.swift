public import LogisticsModel

/// How well promises of one method held: what promises.md-style reports quote, over one set of orders.
///
/// Shares and means are floating point: they are printed, never compared with a promise.
public struct PromiseScore: Sendable {
  /// The share kept in one week or month of orders.
  public struct Span: Sendable {
    /// First day: the Monday, or the first of the month.
    public let first: CivilDate
    /// Orders placed in it.
    public let orders: Int
    /// Of these, delivered on the promised date or before.
    public let kept: Int
    /// Promised days, summed.
    public let promisedDays: Int

    /// Share kept.
    public var onTime: Double { Double(kept) / Double(orders) }
    /// Promised days, mean.
    public var meanDays: Double { Double(promisedDays) / Double(orders) }
  }

  /// Orders scored.
  public let orders: Int
  /// Share delivered on the promised date or before.
  public let onTime: Double
  /// Mean promised days.
  public let meanDays: Double
  /// Mean pinball loss at .90 of the promises made at .90; of a single promise, of that.
  public let pinball90: Double
  /// The same at .95.
  public let pinball95: Double
  /// Mean over weeks of the distance between share kept and service level.
  public let weeklyGap: Double
  /// Weeks by Monday.
  public let weeks: [Span]
  /// Months.
  public let months: [Span]

  /// The week with the least share kept.
  public var worstWeek: Span? { weeks.min { $0.onTime < $1.onTime } }
  /// The month with the least share kept.
  public var worstMonth: Span? { months.min { $0.onTime < $1.onTime } }

  /// Pinball loss of whole days: level x (actual - promised) where late, (1 - level) x (promised - actual) where early.
  static func loss(promised: Int32, actual: Int32, level: Double) -> Double {
    actual > promised
      ? level * Double(actual - promised) : (1 - level) * Double(promised - actual)
  }

  /// Scores promises.
  ///
  /// - Parameters:
  ///   - cases: orders with their actual days.
  ///   - served: days promised at the service level.
  ///   - at90: days promised at .90.
  ///   - at95: days promised at .95.
  ///   - level: the service level.
  /// - Returns: the score; nil without orders.
  static func of(
    _ cases: [ReplayCase], served: [Int32], at90: [Int32], at95: [Int32], level: Double
  ) -> PromiseScore? {
    guard !cases.isEmpty else { return nil }
    var kept = 0
    var days = 0
    var loss90 = 0.0
    var loss95 = 0.0
    var weeks: [CivilDate: (orders: Int, kept: Int, days: Int)] = [:]
    var months: [CivilDate: (orders: Int, kept: Int, days: Int)] = [:]
    for (index, order) in cases.enumerated() {
      let isKept = order.actual <= served[index] ? 1 : 0
      kept += isKept
      days += Int(served[index])
      loss90 += loss(promised: at90[index], actual: order.actual, level: 0.9)
      loss95 += loss(promised: at95[index], actual: order.actual, level: 0.95)
      let month = order.placed.adding(days: 1 - order.placed.day)
      for key in [true, false] {
        var sum =
          (key ? weeks[order.placed.monday] : months[month]) ?? (orders: 0, kept: 0, days: 0)
        sum.orders += 1
        sum.kept += isKept
        sum.days += Int(served[index])
        if key { weeks[order.placed.monday] = sum } else { months[month] = sum }
      }
    }
    func spans(_ sums: [CivilDate: (orders: Int, kept: Int, days: Int)]) -> [Span] {
      sums.sorted { $0.key < $1.key }.map {
        Span(
          first: $0.key, orders: $0.value.orders, kept: $0.value.kept, promisedDays: $0.value.days)
      }
    }
    let count = Double(cases.count)
    let byWeek = spans(weeks)
    return PromiseScore(
      orders: cases.count, onTime: Double(kept) / count, meanDays: Double(days) / count,
      pinball90: loss90 / count, pinball95: loss95 / count,
      weeklyGap: byWeek.map { abs($0.onTime - level) }.reduce(0, +) / Double(byWeek.count),
      weeks: byWeek, months: spans(months))
  }
}

/// A delivered order that is scored.
struct ReplayCase: Sendable {
  let placed: CivilDate
  let actual: Int32
  let group: OrderTraits.Group
  let platform: Int32?
}

/// Mean days and share kept along the service levels: what a method can reach, not what it would have chosen.
public struct PromiseFrontier: Sendable {
  /// One service level.
  public struct Point: Sendable {
    /// In thousandths.
    public let level: Int
    /// Mean promised days.
    public let meanDays: Double
    /// Share kept.
    public let onTime: Double
  }

  /// By rising level.
  public let points: [Point]

  /// Mean days at which a share is kept, straight between levels; nil outside them.
  public func days(onTime wanted: Double) -> Double? {
    between(wanted, \.onTime, \.meanDays)
  }

  /// The share kept at mean days, straight between levels; nil outside them.
  public func onTime(days wanted: Double) -> Double? {
    between(wanted, \.meanDays, \.onTime)
  }

  private func between(
    _ wanted: Double, _ key: KeyPath<Point, Double>, _ value: KeyPath<Point, Double>
  ) -> Double? {
    for (low, high) in zip(points, points.dropFirst())
    where low[keyPath: key] <= wanted && wanted <= high[keyPath: key] {
      let width = high[keyPath: key] - low[keyPath: key]
      let part = width > 0 ? (wanted - low[keyPath: key]) / width : 0
      return low[keyPath: value] + part * (high[keyPath: value] - low[keyPath: value])
    }
    return nil
  }
}
