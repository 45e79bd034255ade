import Glibc

/// Which level of a model serves a stated service level: what its levels are worth just now.
///
/// A law that is right about each age still misses what it says: whole days round up, legs are not quite independent,
/// ages are told in bins. So every parcel's age is read each day as a level of the *present* law, and those that outlive
/// a level's day are counted against those that arrive between it and the next: a life table over levels
/// instead of ages, with parcels still under way counted as far as they have come. Where 95 % are kept at a stated .95
/// nothing changes; where 93 % are, a higher level serves .95. What the law said when a promise was given does not
/// enter: after a shock it would speak for months of a network that is no more.
struct LevelCalibration: Sendable {
  /// Levels watched, in thousandths: close enough that what lies between is straight.
  static let levels =
    Array(stride(from: 500, through: 925, by: 25)) + [940, 950, 960, 970, 980, 985, 990]
  /// Positions of ``levels`` among those of a curve.
  static let positions = levels.map { ($0 - 500) / 5 }

  /// How far a level may be from the one it serves, as a ratio of the shares missed.
  let reach: Double

  /// Orders at risk between a level and the one before, and those that arrived in between; decayed.
  private(set) var atRisk = [Double](repeating: 0, count: levels.count)
  private(set) var arrived = [Double](repeating: 0, count: levels.count)
  private(set) var riskToday = [Double](repeating: 0, count: levels.count)
  private(set) var arrivedToday = [Double](repeating: 0, count: levels.count)
  /// Share missed at each of ``levels``, as of the last midnight.
  private(set) var latest = [Double](repeating: 0, count: levels.count)
  let kept: Double
  let weight: Double

  init(settings: LearningSettings) {
    kept = exp(-1 / settings.levelMemory)
    weight = settings.calibrationWeight
    reach = settings.levelReach
    latest = missed()
  }

  /// What a state says: the sums, and those of the open day.
  mutating func restore(_ values: [Double]) {
    let count = LevelCalibration.levels.count
    guard values.count == 4 * count else { return }
    atRisk = Array(values[..<count])
    arrived = Array(values[count..<2 * count])
    riskToday = Array(values[2 * count..<3 * count])
    arrivedToday = Array(values[(3 * count)...])
    latest = missed()
  }

  /// An order arrived that had outlived so many of the levels the day before.
  mutating func arrive(outlived: Int) {
    guard outlived < LevelCalibration.levels.count else { return }
    riskToday[outlived] += 1
    arrivedToday[outlived] += 1
  }

  /// An order has not arrived by the end of a level's last day.
  ///
  /// - Parameters:
  ///   - interval: position of the level.
  ///   - lostShare: share of all parcels that never arrive; survivors count for less the likelier they are lost.
  mutating func outlive(_ interval: Int, lostShare: Double) {
    let late = (1 - lostShare) * latest[interval]
    riskToday[interval] += late / (late + lostShare)
  }

  mutating func close() {
    for index in atRisk.indices {
      atRisk[index] = atRisk[index] * kept + riskToday[index]
      arrived[index] = arrived[index] * kept + arrivedToday[index]
      riskToday[index] = 0
      arrivedToday[index] = 0
    }
    latest = missed()
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
        return min(1000 - Double(1000 - level) / reach, 990)
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
        max(stated, missing / reach), missing * reach)
      return min(max(1000 - kept, 500), 990)
    }
  }
}
