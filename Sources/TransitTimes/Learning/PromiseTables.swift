import Glibc

/// Quantiles of handling and carriage together, for legs that last one usual duration in all.
///
/// The two legs are near independent, so their laws are convolved; both ages scale with their usual durations,
/// so what is left is one table for each share of handling in the whole and each group.
struct PromiseTables: Sendable {
  /// Shares of handling told apart.
  static let shares = 64
  /// Points of a usual duration.
  private static let fineness = 64
  /// The convolution ends after so many usual durations.
  static let greatestAge = 8
  private static let points = fineness * greatestAge

  private let handling: AgeLaw
  private let carriage: [AgeLaw]
  private var made: [[Double]?]

  init(handling: AgeLaw, carriage: [AgeLaw]) {
    self.handling = handling
    self.carriage = carriage
    made = Array(repeating: nil, count: carriage.count * PromiseTables.shares)
  }

  /// Where usual durations of handling and carriage are looked up.
  static func position(group: Int, handling: Double, carriage: Double) -> Int {
    let share = Int(handling / (handling + carriage) * Double(shares))
    return group * shares + min(max(share, 0), shares - 1)
  }

  /// Ages by ``PromiseCurve/levels``, in usual durations of the whole, never falling.
  ///
  /// - Complexity: O(1), but for the first of a day at a position: about 130,000 products.
  mutating func ages(at position: Int) -> [Double] {
    if let there = made[position] { return there }
    let ages = convolved(
      carriage[position / PromiseTables.shares],
      share: (Double(position % PromiseTables.shares) + 0.5) / Double(PromiseTables.shares))
    made[position] = ages
    return ages
  }

  private func convolved(_ carriage: AgeLaw, share: Double) -> [Double] {
    let count = PromiseTables.points
    let step = 1 / Double(PromiseTables.fineness)
    var handled = [Double](repeating: 0, count: count)
    var carried = [Double](repeating: 0, count: count)
    var survivalBefore = 1.0
    var carriedBefore = 0.0
    for point in 0..<count {
      let end = Double(point + 1) * step
      let survival = handling.survival(to: end / share)
      handled[point] = survivalBefore - survival
      survivalBefore = survival
      // Handling ends in the middle of its step, so carriage has half a step less or more.
      let whole = 1 - carriage.survival(to: end / (1 - share))
      carried[point] = (carriedBefore + whole) / 2
      carriedBefore = whole
    }
    var ages: [Double] = []
    ages.reserveCapacity(PromiseCurve.levels.count)
    var last = 0.0
    for point in 0..<count {
      var sum = 0.0
      for index in 0...point { sum += handled[index] * carried[point - index] }
      while ages.count < PromiseCurve.levels.count {
        let wanted = Double(PromiseCurve.levels[ages.count]) / 1000
        guard sum >= wanted else { break }
        let within = sum > last ? (wanted - last) / (sum - last) : 1
        ages.append((Double(point) + min(max(within, 0), 1)) * step)
      }
      if ages.count == PromiseCurve.levels.count { return ages }
      last = sum
    }
    let missing = PromiseCurve.levels.count - ages.count
    return ages + Array(repeating: Double(PromiseTables.greatestAge), count: missing)
  }
}
