import Glibc

/// Ages at which orders of different kinds have come as far: the same shares of each kind usually take longer.
///
/// The usual law of a kind says where its marks lie, close together where orders usually arrive and further apart up to
/// five times as late, so that what is seen of one kind between two marks tells something of the others.
struct AgeMarks: Sendable {
  /// Below the first level's age: shares of it, for a network that became much faster.
  private static let early = [0.4, 0.6, 0.8]
  /// Shares of orders that have arrived, in thousandths.
  static let levels =
    Array(stride(from: 50, through: 900, by: 50)) + [925, 940, 950, 960, 970, 980, 990]
  /// Beyond the last level's age: so many times a fourteenth more.
  private static let later = 24
  private static let step = 1.07
  /// Marks of a kind.
  static let count = early.count + levels.count + later
  /// The mark of the median.
  static let median = early.count + (levels.firstIndex(of: 500) ?? 0)
  /// The share that usually takes longer than the mark before each: how many orders a belief weighs there.
  static let nominal: [Double] = {
    let start = [Double](repeating: 1, count: early.count + 1)
    let middle = levels.map { Double(1000 - $0) / 1000 }
    let end = (1..<later).map { 0.01 * pow(0.9, Double($0)) }
    return start + middle + end
  }()

  /// The marks of a kind with a usual law, rising.
  static func ages(_ law: [Double]) -> [Double] {
    let middle = levels.map { PromiseTables.age(law, outlivedBy: Double(1000 - $0) / 1000) }
    var ages = early.map { $0 * middle[0] } + middle
    for _ in 0..<later {
      ages.append(min(ages[ages.count - 1] * step, Double(PromiseTables.greatestAge)))
    }
    return ages
  }
}
