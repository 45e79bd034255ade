import LogisticsModel

/// Ways to promise that the learner is held against.
public enum BaselineMethod: String, CaseIterable, Sendable {
  /// The quantile of all orders, fitted monthly.
  case globalQuantile = "global quantile"
  /// Lane, shrunk to destination, shrunk to all; fitted monthly.
  case laneQuantile = "lane quantile"
  /// The lane quantile times the quantile of actual over predicted among deliveries of the last 28 days.
  case rollingFactor = "lane + rolling 28 days"
  /// The lane quantile times the Kaplan-Meier quantile of actual over predicted among orders of the last 49 days, those
  /// under way censored at their present age.
  case kaplanMeierFactor = "lane + KM49"
}

/// Promises of the methods to compare with, each day from what was known before its midnight.
struct BaselinePromises {
  let orders: BaselineOrders
  /// Times the Kaplan-Meier quantile was not reached, and the last factor kept.
  private(set) var notReached = 0

  init(_ orders: BaselineOrders) { self.orders = orders }

  /// Whole days for the orders placed from a day on, by position in the orders given; -1 elsewhere.
  ///
  /// - Complexity: O(days x orders in the window x log)
  mutating func days(_ method: BaselineMethod, level: Double, from first: Int) -> [Int32] {
    var result = [Int32](repeating: -1, count: orders.day.count)
    guard let last = orders.day.max() else { return result }
    var month = Int.min
    var bases: [Double] = []
    var factor = 1.0
    var byDay: [Int: [Int]] = [:]
    for (order, day) in orders.day.enumerated() { byDay[day, default: []].append(order) }
    for day in stride(from: first, through: last, by: 1) {
      guard let placed = byDay[day] else { continue }
      let start = BaselinePromises.monthStart(of: day)
      if start != month {
        month = start
        let fit = LaneQuantiles(orders, cut: start)
        bases =
          method == .globalQuantile
          ? Array(repeating: fit.global(level), count: orders.day.count)
          : fit.bases(orders, level)
      }
      switch method {
      case .globalQuantile, .laneQuantile: factor = 1
      case .rollingFactor: factor = rolling(day, level, bases) ?? factor
      case .kaplanMeierFactor:
        if let found = kaplanMeier(day, level, bases) {
          factor = found
        } else {
          notReached += 1
        }
      }
      for order in placed { result[order] = Int32((bases[order] * factor).rounded(.down)) }
    }
    return result
  }

  private static func monthStart(of day: Int) -> Int {
    let date = CivilDate(days: day)
    return day - (date.day - 1)
  }

  private func rolling(_ day: Int, _ level: Double, _ bases: [Double]) -> Double? {
    let ratios = orders.day.indices.filter {
      orders.delivered[$0] >= Double(day - 28) && orders.delivered[$0] < Double(day)
    }.map { orders.duration[$0] / bases[$0] }.sorted()
    return Quantile.of(ratios, level)
  }

  private func kaplanMeier(_ day: Int, _ level: Double, _ bases: [Double]) -> Double? {
    let window = orders.day.indices.filter { orders.day[$0] >= day - 49 && orders.day[$0] < day }
    let ratios = window.map { order in
      let isDelivered = orders.delivered[order] < Double(day)
      let end = isDelivered ? orders.delivered[order] : Double(day)
      return KaplanMeier.Observation(
        value: (end - Double(orders.day[order])) / bases[order], isEvent: isDelivered)
    }
    return KaplanMeier.quantile(ratios, level)
  }
}

/// The product-limit estimate.
///
/// E. L. Kaplan and P. Meier, *Nonparametric Estimation from Incomplete Observations* (1958),
/// doi:10.1080/01621459.1958.10501452.
enum KaplanMeier {
  /// A duration, ended or censored.
  struct Observation {
    var value: Double
    var isEvent: Bool
  }

  /// The least value at which at least a share of all has ended; nil where too much is censored.
  static func quantile(_ observations: [Observation], _ level: Double) -> Double? {
    let sorted = observations.sorted {
      $0.value != $1.value ? $0.value < $1.value : $0.isEvent && !$1.isEvent
    }
    var surviving = 1.0
    var atRisk = Double(sorted.count)
    for observation in sorted {
      if observation.isEvent {
        surviving *= 1 - 1 / atRisk
        if 1 - surviving >= level - 1e-12 { return observation.value }
      }
      atRisk -= 1
    }
    return nil
  }
}
