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

  /// Decayed sums, by group and bin.
  struct Sums: Sendable {
    var events = [Double](repeating: 0, count: AgeRates.groups * AgeRates.bins)
    var exposure = [Double](repeating: 0, count: AgeRates.groups * AgeRates.bins)

    mutating func forget(_ kept: Double, adding today: Sums) {
      for index in events.indices {
        events[index] = events[index] * kept + today.events[index]
        exposure[index] = exposure[index] * kept + today.exposure[index]
      }
    }
  }

  /// The last week, and as much of what is older as it bears.
  private(set) var present = Sums()
  private(set) var usual = Sums()
  /// Days that left the week, decayed.
  private(set) var older = Sums()
  /// The days of the last week, whole: sailings and doors have a rhythm of weeks.
  private(set) var week = [Sums](repeating: Sums(), count: weekDays)
  /// The place of the oldest of them.
  private(set) var place = 0
  private var today = Sums()
  static let weekDays = 7
  let settings: LearningSettings
  let presentKept: Double
  let usualKept: Double

  init(memory: Double, settings: LearningSettings) {
    self.settings = settings
    presentKept = exp(-1 / memory)
    usualKept = exp(-1 / settings.usualMemory)
  }

  mutating func restore(older: Sums, usual: Sums, week: [Sums], place: Int) {
    self.older = older
    self.usual = usual
    self.week = week
    self.place = place
    present = recent()
  }

  /// Counts one parcel's passage through a stretch of ages today.
  ///
  /// - Parameters:
  ///   - group: whose.
  ///   - from: age at which the stretch begins.
  ///   - to: age at which it ends.
  ///   - weight: share of a parcel that is at risk: less than one where it may be lost.
  ///   - ends: whether the leg ended there.
  /// - Complexity: O(bins passed)
  mutating func pass(group: Int, from: Double, to: Double, weight: Double, ends: Bool) {
    let base = group * AgeRates.bins
    var bin = AgeRates.bin(of: from)
    var start = from
    while bin + 1 < AgeRates.bins, to > AgeRates.ends[bin + 1] {
      today.exposure[base + bin] += (AgeRates.ends[bin + 1] - start) * weight
      start = AgeRates.ends[bin + 1]
      bin += 1
    }
    today.exposure[base + bin] += max(to - start, 0) * weight
    if ends { today.events[base + bin] += 1 }
  }

  /// Ends the day: what was counted becomes part of what is known, and older days count for less.
  mutating func close() {
    older.forget(presentKept, adding: week[place])
    week[place] = today
    place = (place + 1) % AgeRates.weekDays
    usual.forget(usualKept, adding: today)
    today = Sums()
    present = recent()
  }

  /// The week whole, what is older only as far as the week bears it.
  ///
  /// A slump leaves many parcels at ages that few reach otherwise: by their number they would outweigh for months what
  /// comes after them.
  private func recent() -> Sums {
    var sums = Sums()
    for day in week { sums.forget(1, adding: day) }
    for index in sums.events.indices where older.exposure[index] > 0 {
      let bears =
        settings.echo * sums.exposure[index]
        + settings.echoWeight * AgeRates.width(of: index % AgeRates.bins)
      let share = min(1, bears / older.exposure[index])
      sums.events[index] += share * older.events[index]
      sums.exposure[index] += share * older.exposure[index]
    }
    return sums
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
    for index in present.events.indices where index % AgeRates.bins < AgeRates.fineBins {
      seen += present.events[index]
      expected += present.exposure[index] * usualRate[index % AgeRates.bins]
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

  /// The law of a leg's age at its end, by group.
  ///
  /// - Complexity: O(groups x bins)
  func laws() -> [AgeLaw] {
    let usualRate = pooledUsual()
    let faster = max(speed, 1)
    // Weights are said of a tenth of a usual duration: narrower bins are believed sooner.
    let weights = (0..<AgeRates.bins).map {
      settings.usualWeight * AgeRates.width(of: $0) * min(1, settings.quickRate / usualRate[$0])
    }
    let pooled = (0..<AgeRates.bins).map { bin in
      let weight = weights[bin]
      var events = weight * usualRate[bin] * faster
      var exposure = weight
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
          let belief =
            settings.groupWeight * AgeRates.width(of: bin)
            * min(1, settings.quickRate / usualRate[bin])
          let weight = weights[bin]
          let own =
            (usual.events[index] + belief * usualRate[bin]) / (usual.exposure[index] + belief)
          return (present.events[index] + weight * pooled[bin] * own / usualRate[bin])
            / (present.exposure[index] + weight)
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
