import LogisticsModel

/// How sure a mean over orders is, when whole weeks go well or badly.
///
/// B. Efron, *Bootstrap methods: another look at the jackknife* (1979), doi:10.1214/aos/1176344552, drawing weeks.
public enum WeekBootstrap {
  /// A mean and the middle nine tenths of its resamples.
  public struct Interval: Sendable {
    /// The mean.
    public let mean: Double
    /// A twentieth of the resamples is below.
    public let low: Double
    /// A twentieth of the resamples is above.
    public let high: Double
  }

  static let resamples = 2000

  /// The interval of a mean; nil of nothing.
  ///
  /// - Complexity: O(values + resamples x weeks)
  static func interval(_ values: [(week: CivilDate, value: Double)]) -> Interval? {
    guard !values.isEmpty else { return nil }
    var sums: [CivilDate: (sum: Double, count: Int)] = [:]
    for (week, value) in values {
      let there = sums[week] ?? (0, 0)
      sums[week] = (there.sum + value, there.count + 1)
    }
    let weeks = sums.sorted { $0.key < $1.key }.map(\.value)
    var random = SeededDraws(seed: 8)
    let means = (0..<resamples).map { _ in
      var sum = 0.0
      var count = 0
      for _ in weeks {
        let drawn = weeks[random.draw(below: weeks.count)]
        sum += drawn.sum
        count += drawn.count
      }
      return sum / Double(count)
    }.sorted()
    return Interval(
      mean: values.map(\.value).reduce(0, +) / Double(values.count),
      low: Quantile.of(means, 0.05) ?? 0, high: Quantile.of(means, 0.95) ?? 0)
  }
}
