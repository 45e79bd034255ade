import Glibc

/// How often a leg ends at each age, counted over calendar time: a life table of the network as it is now.
///
/// Age is work since the leg began over the usual duration of such a leg, so that all lanes share one table. A parcel
/// adds to every age it passes, on the day it passes it: those still under way are evidence at their present
/// age and no further (censoring), and what happened weeks ago says nothing about young ages today. So a
/// slump is seen when parcels stop arriving, and its end when they arrive again, not when the last of its victims has
/// left a window. Events over exposure is the occurrence rate of a piecewise exponential law; over ages it estimates
/// what Kaplan and Meier (1958, doi:10.1080/01621459.1958.10501452) estimate over a cohort, here with delayed
/// entry by calendar time.
///
/// The present is the last week and a fading past, and the past is never worth more than twice the week.
/// Rates are pulled together three times: a bin's present rate to its usual one, a group's to that of all groups, and
/// the usual ones to the present speed where the network has become *faster*. Slower is not carried into bins
/// without evidence, because slumps end while a parcel is under way; faster is, because it lasts.
struct AgeRates: Sendable {
  /// Lower ends of the bins in usual durations; the last is open.
  static let ends: [Double] =
    (0..<fineBins).map { Double($0) / Double(fineness) } + [1.6, 1.8, 2, 2.3, 2.7, 3.2, 4, 6]
  /// Fine bins, up to 1.6 usual durations, and how many make one.
  private static let fineness = 40
  private static let fineBins = 64
  static let bins = ends.count
  static let groups = OrderTraits.Group.allCases.count

  /// What happened lately, parcels under way included.
  private(set) var lately: FadingWeek
  /// Whole legs that ended, decayed: what ages usually are.
  ///
  /// Parcels under way do not enter: a usual pace that they lowered would make the present one look fast.
  private(set) var usual = FadingWeek.Sums(bins: groups * bins)
  private var endedToday = FadingWeek.Sums(bins: groups * bins)
  let settings: LearningSettings
  let usualKept: Double

  init(memory: Double, settings: LearningSettings) {
    self.settings = settings
    let followed = OrderTraits.Group.followed.rawValue
    let indices = 0..<AgeRates.groups * AgeRates.bins
    lately = FadingWeek(
      kept: indices.map {
        exp(-1 / ($0 / AgeRates.bins == followed ? settings.followedMemory : memory))
      }, echo: settings.echo,
      least: indices.map {
        $0 / AgeRates.bins == followed
          ? .infinity : settings.echoWeight * AgeRates.width(of: $0 % AgeRates.bins)
      })
    usualKept = exp(-1 / settings.usualMemory)
  }

  mutating func restore(lately: FadingWeek, usual: FadingWeek.Sums) {
    self.lately = lately
    self.usual = usual
  }

  /// Counts one parcel's passage through a stretch of ages today.
  ///
  /// - Parameters:
  ///   - group: whose.
  ///   - from: age at which the stretch begins.
  ///   - to: age at which it ends.
  ///   - weight: share of a parcel that is at risk: less than one where it may be lost.
  ///   - worth: what the parcel counts for.
  ///   - ends: whether the leg ended there.
  /// - Complexity: O(bins passed)
  mutating func pass(
    group: Int, from: Double, to: Double, weight: Double, worth: Double, ends: Bool
  ) {
    AgeRates.count(&lately.today, group, from, to, weight * worth, ends ? worth : 0)
  }

  /// Counts the whole course of a leg that is over among the usual ones.
  mutating func end(group: Int, at age: Double, worth: Double, isCompleted: Bool) {
    AgeRates.count(&endedToday, group, 0, age, worth, isCompleted ? worth : 0)
  }

  private static func count(
    _ sums: inout FadingWeek.Sums, _ group: Int, _ from: Double, _ to: Double, _ weight: Double,
    _ ends: Double
  ) {
    let base = group * bins
    var bin = bin(of: from)
    var start = from
    while bin + 1 < bins, to > AgeRates.ends[bin + 1] {
      sums.exposure[base + bin] += (AgeRates.ends[bin + 1] - start) * weight
      start = AgeRates.ends[bin + 1]
      bin += 1
    }
    sums.exposure[base + bin] += max(to - start, 0) * weight
    sums.events[base + bin] += ends
  }

  /// Ends the day: what was counted becomes part of what is known, and older days count for less.
  mutating func close() {
    lately.close()
    usual.forget(usualKept, adding: endedToday)
    endedToday = FadingWeek.Sums(bins: AgeRates.groups * AgeRates.bins)
  }

  /// Width of a bin in tenths of a usual duration, at most one.
  static func width(of bin: Int) -> Double {
    bin + 1 < bins ? min((ends[bin + 1] - ends[bin]) * 10, 1) : 1
  }

  static func bin(of age: Double) -> Int {
    if age < 1.6 { return max(0, min(Int(age * Double(fineness)), fineBins - 1)) }
    var bin = fineBins
    while bin + 1 < bins, age >= ends[bin + 1] { bin += 1 }
    return bin
  }

  /// How fast legs end now, over how fast they usually do at the same ages; 1 where little is known.
  var speed: Double {
    let usualRate = pooledUsual()
    var seen = settings.speedWeight
    var expected = settings.speedWeight
    // Of ages beyond the fine bins little is usual: a few overdue parcels there must not pass for speed elsewhere.
    for index in lately.present.events.indices where index % AgeRates.bins < AgeRates.fineBins {
      seen += lately.present.events[index]
      expected += lately.present.exposure[index] * usualRate[index % AgeRates.bins]
    }
    return seen / expected
  }

  private func pooledUsual() -> [Double] {
    var before = 1.0
    return (0..<AgeRates.bins).map { bin in
      // Ages nobody has reached end as those before them do.
      var events = 0.5 * before
      var exposure = 0.5
      for group in 0..<AgeRates.groups {
        events += usual.events[group * AgeRates.bins + bin]
        exposure += usual.exposure[group * AgeRates.bins + bin]
      }
      before = max(events / exposure, 1)
      return events / exposure
    }
  }

  /// The law of a leg's age at its end, by group, as ages usually are.
  ///
  /// - Complexity: O(groups x bins)
  func usualLaws() -> [AgeLaw] {
    let pooled = pooledUsual()
    return (0..<AgeRates.groups).map { group in
      AgeLaw(rates: (0..<AgeRates.bins).map { own(group, $0, pooled) })
    }
  }

  /// A group's usual rate, pulled towards that of all.
  private func own(_ group: Int, _ bin: Int, _ pooled: [Double]) -> Double {
    let index = group * AgeRates.bins + bin
    let belief = settings.groupWeight * weight(of: bin, pooled)
    return (usual.events[index] + belief * pooled[bin]) / (usual.exposure[index] + belief)
  }

  /// Exposure that a belief of one expected event weighs.
  ///
  /// Beliefs are said of a tenth of a usual duration: narrower bins are believed sooner.
  private func weight(of bin: Int, _ pooled: [Double]) -> Double {
    AgeRates.width(of: bin) * min(1, settings.quickRate / pooled[bin])
  }

  /// The law of a leg's age at its end, by group, as legs end now.
  ///
  /// - Complexity: O(groups x bins)
  func laws() -> [AgeLaw] {
    let usualRate = pooledUsual()
    let faster = max(speed, 1)
    let present = lately.present
    let weights = (0..<AgeRates.bins).map { settings.usualWeight * weight(of: $0, usualRate) }
    let pooled = (0..<AgeRates.bins).map { bin in
      var events = weights[bin] * usualRate[bin] * faster
      var exposure = weights[bin]
      for group in 0..<AgeRates.groups {
        events += present.events[group * AgeRates.bins + bin]
        exposure += present.exposure[group * AgeRates.bins + bin]
      }
      return events / exposure
    }
    return (0..<AgeRates.groups).map { group in
      AgeLaw(
        rates: (0..<AgeRates.bins).map { bin in
          let index = group * AgeRates.bins + bin
          let believed = pooled[bin] * own(group, bin, usualRate) / usualRate[bin]
          return (present.events[index] + weights[bin] * believed)
            / (present.exposure[index] + weights[bin])
        })
    }
  }
}

/// A piecewise exponential law over ages in usual durations.
struct AgeLaw: Sendable {
  let rates: [Double]
  /// Cumulated rate at the lower end of each bin.
  let before: [Double]

  init(rates: [Double]) {
    self.rates = rates
    var sums = [0.0]
    for bin in 1..<rates.count {
      sums.append(sums[bin - 1] + rates[bin - 1] * (AgeRates.ends[bin] - AgeRates.ends[bin - 1]))
    }
    before = sums
  }

  /// The probability that the leg takes longer.
  func survival(to age: Double) -> Double {
    let bin = AgeRates.bin(of: age)
    return exp(-(before[bin] + rates[bin] * (age - AgeRates.ends[bin])))
  }
}
