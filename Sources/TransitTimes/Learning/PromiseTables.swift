/// How long handling and carriage take together, for legs that last one usual duration in all.
///
/// The two legs are near independent, so their laws are convolved; both ages scale with their usual durations,
/// so what is left is one law for each share of handling in the whole and each group. A law is a list of the shares
/// that take longer, by ages a 64th of a usual duration apart.
struct PromiseTables: Sendable {
  /// Shares of handling told apart.
  static let shares = 64
  /// Points of a usual duration.
  static let fineness = 64
  /// The convolution ends after so many usual durations.
  static let greatestAge = 8
  static let points = fineness * greatestAge

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

  /// The share that takes longer than each age, from age nought on, never rising.
  ///
  /// - Complexity: O(1), but for the first of a day at a position: about 130,000 products, eight at a time.
  mutating func survivals(at position: Int) -> [Double] {
    if let there = made[position] { return there }
    let survivals = convolved(
      carriage[position / PromiseTables.shares],
      share: (Double(position % PromiseTables.shares) + 0.5) / Double(PromiseTables.shares))
    made[position] = survivals
    return survivals
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
    let sums = PromiseTables.convolution(handled, carried)
    var survivals = [1.0]
    survivals.reserveCapacity(count + 1)
    for point in 0..<count { survivals.append(min(max(1 - sums[point], 0), survivals[point])) }
    return survivals
  }

  /// The sum of products for each point, eight points at a time; of each point in the order of the left factor.
  private static func convolution(_ left: [Double], _ right: [Double]) -> [Double] {
    let lanes = 8
    let rows = points / lanes
    // The right factor put off by nought to seven points, so that any shift is a shift of whole rows.
    let shifted = (0..<lanes).map { shift in
      (0..<rows).map { row in
        var values = SIMD8<Double>(repeating: 0)
        for lane in 0..<lanes {
          let point = row * lanes + lane - shift
          if point >= 0 { values[lane] = right[point] }
        }
        return values
      }
    }
    var sums = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: rows)
    for index in 0..<points where left[index] != 0 {
      let share = SIMD8<Double>(repeating: left[index])
      let first = index / lanes
      let values = shifted[index % lanes]
      for row in first..<rows { sums[row] += share * values[row - first] }
    }
    return (0..<points).map { sums[$0 / lanes][$0 % lanes] }
  }

  /// The share that takes longer than an age, straight between the points of a law.
  static func survival(_ law: [Double], to age: Double) -> Double {
    let place = age * Double(fineness)
    let index = min(Int(place), points - 1)
    let part = min(place - Double(index), 1)
    return law[index] + (law[index + 1] - law[index]) * part
  }

  /// The age that a share outlives, straight between the points of a law.
  static func age(_ law: [Double], outlivedBy share: Double) -> Double {
    var low = 0
    var high = points
    guard law[points] <= share else { return Double(greatestAge) }
    while low < high {
      let middle = (low + high) / 2
      if law[middle] <= share { high = middle } else { low = middle + 1 }
    }
    guard low > 0 else { return 0 }
    let fall = law[low - 1] - law[low]
    let part = fall > 0 ? (law[low - 1] - share) / fall : 1
    return (Double(low - 1) + part) / Double(fineness)
  }
}
