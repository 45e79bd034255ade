import Glibc

/// Which level of a model serves a stated service level: what its levels were worth lately.
///
/// A law that is right on average is still missed more often than it says, because the future has shocks that the
/// past had not. So every order keeps the days some levels of its law stood for, and each day the parcels
/// that outlived a level's day are counted against those that arrived between it and the next: a life table over
/// levels instead of ages, with parcels still under way counted as far as they have come. Where 95 % were kept at a
/// stated .95 nothing changes; where 93 % were, a higher level serves .95.
struct LevelCalibration: Sendable {
  /// Levels watched, in thousandths; as many as ``Marks`` has places.
  static let levels = [500, 650, 800, 900, 950, 970, 980, 990]
  /// Days of an order by ``levels``.
  typealias Marks = SIMD8<Int16>

  /// How far a level may be from the one it serves, as a ratio of the shares missed: a shock that is over must not be
  /// paid for months.
  static let reach = 2.5

  /// Orders at risk between a level and the one before, and those that arrived in between; decayed.
  private(set) var atRisk = [Double](repeating: 0, count: levels.count)
  private(set) var arrived = [Double](repeating: 0, count: levels.count)
  private(set) var riskToday = [Double](repeating: 0, count: levels.count)
  private(set) var arrivedToday = [Double](repeating: 0, count: levels.count)
  let kept: Double
  let weight: Double

  init(settings: LearningSettings) {
    kept = exp(-1 / settings.levelMemory)
    weight = settings.calibrationWeight
  }

  /// What a state says: the sums, and those of the open day.
  mutating func restore(_ values: [Double]) {
    let count = LevelCalibration.levels.count
    guard values.count == 4 * count else { return }
    atRisk = Array(values[..<count])
    arrived = Array(values[count..<2 * count])
    riskToday = Array(values[2 * count..<3 * count])
    arrivedToday = Array(values[(3 * count)...])
  }

  /// An order arrived so many days after it was placed.
  mutating func arrive(after days: Int, _ marks: Marks) {
    guard let interval = LevelCalibration.levels.indices.first(where: { days <= Int(marks[$0]) })
    else { return }
    riskToday[interval] += 1
    arrivedToday[interval] += 1
  }

  /// An order has not arrived by the end of so many days after it was placed.
  ///
  /// - Parameters:
  ///   - days: whole days gone by.
  ///   - marks: its days.
  ///   - lostShare: share of all parcels that never arrive; survivors count for less the likelier they are lost.
  mutating func outlive(_ days: Int, _ marks: Marks, lostShare: Double) {
    for interval in LevelCalibration.levels.indices where Int(marks[interval]) == days {
      let late = (1 - lostShare) * Double(1000 - LevelCalibration.levels[interval]) / 1000
      riskToday[interval] += late / (late + lostShare)
    }
  }

  mutating func close() {
    for index in atRisk.indices {
      atRisk[index] = atRisk[index] * kept + riskToday[index]
      arrived[index] = arrived[index] * kept + arrivedToday[index]
      riskToday[index] = 0
      arrivedToday[index] = 0
    }
  }

  /// Share missed at each of ``levels`` lately, pulled towards what the level says.
  func missed() -> [Double] {
    var surviving = 1.0
    var before = 1.0
    return LevelCalibration.levels.indices.map { index in
      let stated = Double(1000 - LevelCalibration.levels[index]) / 1000
      let expected = 1 - stated / before
      before = stated
      surviving *=
        1 - (arrived[index] + weight * expected) / (atRisk[index] + weight)
      return surviving
    }
  }

  /// The level in thousandths whose day serves a stated level, .50 to .99, for each of ``PromiseCurve/levels``;
  /// never falling.
  func serving() -> [Double] {
    let missed = self.missed()
    var interval = 0
    return PromiseCurve.levels.map { level in
      let wanted = Double(1000 - level) / 1000
      while interval < missed.count, missed[interval] > wanted { interval += 1 }
      guard interval < missed.count else {
        return min(1000 - Double(1000 - level) / LevelCalibration.reach, 990)
      }
      let above = missed[interval]
      let below = interval == 0 ? 1 : missed[interval - 1]
      let statedAbove = Double(1000 - LevelCalibration.levels[interval])
      let statedBelow =
        interval == 0 ? 1000 : Double(1000 - LevelCalibration.levels[interval - 1])
      // Straight in the logarithms of the shares missed.
      let part = below > above ? log(below / wanted) / log(below / above) : 1
      let stated = statedBelow * exp(part * log(statedAbove / statedBelow))
      let missing = Double(1000 - level)
      let kept = min(
        max(stated, missing / LevelCalibration.reach), missing * LevelCalibration.reach)
      return min(max(1000 - kept, 500), 990)
    }
  }
}
