/// Usual durations by level, each level shrunk towards the one above it.
///
/// A level's factor is (sum of ratios + k) / (n + k), where a ratio is a duration over what the levels above
/// said of it when it was learned, freed of the network's trend at that moment: lanes that happened to be used
/// in a slump are not slow lanes. After the credibility estimate of H. Bühlmann, *Experience rating and
/// credibility* (1967), with the strength k given instead of estimated.
struct ShrunkLadder: Sendable {
  /// A level below the global one.
  struct Rung: Sendable {
    let level: PromiseLevel
    /// Orders the level above weighs.
    let weight: Double
    var counts: [Int32] = []
    var sums: [Double] = []
  }

  /// A usual duration, and where it comes from.
  struct Usual: Sendable {
    /// Days of work.
    var days: Double
    /// The finest level that had anything to say.
    var level: PromiseLevel
    /// Orders that level rests on.
    var sample: Int
  }

  var rungs: [Rung]
  /// What is believed before anything is known, in days of work, and how many orders it weighs.
  let priorDays: Double
  static let priorWeight = 5.0
  var count = 0.0
  var sum = 0.0
  /// The same of orders somebody planned, whose durations are shares of what the plan gives.
  var plannedCount = 0.0
  var plannedSum = 0.0
  /// The present trend: decayed counts and ratios.
  var trendCount = 0.0
  var trendSum = 0.0
  let trendKept: Double
  static let trendWeight = 20.0

  init(_ levels: [(PromiseLevel, Double)], priorDays: Double, trendSample: Double) {
    rungs = levels.map { Rung(level: $0.0, weight: $0.1) }
    self.priorDays = priorDays
    trendKept = 1 - 1 / max(trendSample, 2)
  }

  /// The usual duration of an order.
  ///
  /// - Parameters:
  ///   - keys: what is known of the order.
  ///   - unit: days of work its plan gives the leg; nought: nobody planned it.
  /// - Returns: days of work, and where they come from.
  /// - Complexity: O(levels)
  func usual(_ keys: TraitBook.Keys, unit: Double = 0) -> Usual {
    var found = Usual(
      days: most(unit), level: .global, sample: Int(unit > 0 ? plannedCount : count))
    for rung in rungs {
      let key = Int(rung.level.key(in: keys))
      guard key >= 0, key < rung.counts.count, rung.counts[key] > 0 else { continue }
      found.days *= (rung.sums[key] + rung.weight) / (Double(rung.counts[key]) + rung.weight)
      found.level = rung.level
      found.sample = Int(rung.counts[key])
    }
    return found
  }

  /// Legs learned from.
  var known: Double { count + plannedCount }

  /// What all orders say of one.
  private func most(_ unit: Double) -> Double {
    let weight = ShrunkLadder.priorWeight
    return unit > 0
      ? unit * (plannedSum + weight) / (plannedCount + weight)
      : (sum + priorDays * weight) / (count + weight)
  }

  /// Learns one duration in days of work.
  ///
  /// - Complexity: O(levels)
  mutating func learn(_ duration: Double, _ keys: TraitBook.Keys, unit: Double = 0) {
    let said = usual(keys, unit: unit).days
    var above = most(unit)
    if unit > 0 {
      plannedCount += 1
      plannedSum += duration / unit
    } else {
      count += 1
      sum += duration
    }
    trendCount = trendCount * trendKept + 1
    trendSum = trendSum * trendKept + duration / said
    let trend =
      (trendSum + ShrunkLadder.trendWeight) / (trendCount + ShrunkLadder.trendWeight)
    let freed = duration / trend
    for index in rungs.indices {
      let key = Int(rungs[index].level.key(in: keys))
      guard key >= 0 else { continue }
      if key >= rungs[index].counts.count {
        let more = key + 1 - rungs[index].counts.count
        rungs[index].counts += Array(repeating: 0, count: more)
        rungs[index].sums += Array(repeating: 0, count: more)
      }
      let weight = rungs[index].weight
      let factor =
        (rungs[index].sums[key] + weight) / (Double(rungs[index].counts[key]) + weight)
      rungs[index].counts[key] += 1
      rungs[index].sums[key] += freed / above
      above *= factor
    }
  }
}

/// Where a promise's usual duration comes from, the coarsest first.
public enum PromiseLevel: UInt8, CaseIterable, Comparable, Sendable {
  /// All orders.
  case global
  /// Orders to the destination.
  case destination
  /// Orders of the lane.
  case lane
  /// Orders as far.
  case distance
  /// Orders to a finer zone of the destination.
  case zone
  /// Orders of the seller.
  case seller

  /// The word in reports and JSON.
  public var word: String {
    switch self {
    case .global: "global"
    case .destination: "destination"
    case .lane: "lane"
    case .distance: "distance"
    case .zone: "zone"
    case .seller: "seller"
    }
  }

  /// Orders by fineness.
  public static func < (left: PromiseLevel, right: PromiseLevel) -> Bool {
    left.rawValue < right.rawValue
  }

  func key(in keys: TraitBook.Keys) -> Int32 {
    switch self {
    case .global: 0
    case .destination: keys.destination
    case .lane: keys.lane
    case .distance: keys.band
    case .zone: keys.zone
    case .seller: keys.seller
    }
  }
}
