import LogisticsModel
import RouteGraph
import TransitTimes

/// When the labels of a profile search reach their destinations: laws and promises behind every last leg.
///
/// Last legs that leave from one node and run alike share their arrivals: thousands of destinations are reached by
/// some hundred timings. What a timing makes of a law is kept as long as the laws of the search are (``LawBook``).
struct LastLegArrivals<Mass: ProbabilityMass> {
  /// One label behind one last leg.
  struct Arrival {
    var label: Int32
    var promises: SIMD4<Int32>
    var lastBoarding: Int32
    var firstAtom: Int32
    var atomCount: Int32
  }

  /// By timing; nil: not asked for yet in this run.
  private var arrivals: [[Arrival]?] = []
  private(set) var arena = LabelArena<Mass>()
  private var scratch = ArrivalScratch<Mass>()
  private let thresholds: [Mass]
  /// Those asked for one by one: by timing, then by the label's place at the tail; negative: not asked for yet.
  private var places: [[Int32]] = []
  private var single: [Arrival] = []
  private let options: ProfileOptions
  /// Timings of which something is known.
  private var asked: [Int] = []
  /// The same by timing and label.
  private var ofLabels = PairTable()

  /// What timings make of laws, and by where the law begins, and timing, which of them.
  private var steps: [Step] = []
  private var stepOf = PairTable()

  /// What a last leg makes of a law, whatever the label; no atoms: from some minute it is never boarded.
  private struct Step {
    var promises = SIMD4<Int32>()
    var lastBoarding: Int32 = 0
    var firstAtom: Int32 = 0
    var atomCount: Int32 = 0
    var isUncertain = false
  }

  /// Nothing known; `timingCount` different last legs.
  init(timingCount: Int, options: ProfileOptions = ProfileOptions()) {
    self.options = options
    arrivals = Array(repeating: nil, count: timingCount)
    places = Array(repeating: [], count: timingCount)
    thresholds = StoredLevels.q1024.map { Mass.threshold(level: $0) }
  }

  /// Bytes held of laws.
  var memory: Int {
    arena.minutes.count * (4 + MemoryLayout<Mass>.stride) + stepOf.memory
      + steps.count * MemoryLayout<Step>.stride
  }

  /// Forgets what timings made of laws: those of the next search are others.
  mutating func forgetLaws() {
    arena.removeAll()
    steps.removeAll(keepingCapacity: true)
    stepOf.removeAll()
  }

  /// Forgets the last run.
  mutating func removeAll() {
    if !options.sharesLaws { forgetLaws() }
    for timing in asked {
      arrivals[timing] = nil
      places[timing].removeAll(keepingCapacity: true)
    }
    asked.removeAll(keepingCapacity: true)
    single.removeAll(keepingCapacity: true)
    ofLabels.removeAll()
  }

  /// Arrivals of all labels at the tail of a leg that runs by a timing; nil where mass does not suffice.
  ///
  /// - Complexity: O(labels at the tail x atoms) when asked first, else O(1)
  mutating func arrivals<Scope: ChargeScope>(
    timing: Int, leg: LegID, _ search: ProfileSearch<Mass, DatedTimetable, Scope>,
    on network: SearchNetwork<DatedTimetable>, base: Int64, horizon: Int64
  ) -> [Arrival]? {
    if let known = arrivals[timing] { return known }
    var found: [Arrival] = []
    var suffices = true
    search.forEachPosition(at: NodeID(network.topology.tail[leg.position])) { position, label in
      guard
        let arrival = arrival(
          of: position, label, leg, Int32(timing), search, network, base, horizon)
      else { return }
      if arrival.label < 0 { suffices = false }
      found.append(arrival)
    }
    guard suffices else { return nil }
    if options.sharesArrivals {
      arrivals[timing] = found
      asked.append(timing)
    }
    return found
  }

  /// The arrival of one label behind a leg that runs by a timing.
  ///
  /// `place` numbers the label among the `count` that are at the tail. Of what is returned `atomCount` is 0 where the leg
  /// cannot be boarded, and `label` negative where mass does not suffice.
  /// - Complexity: O(atoms) when asked first, else O(1)
  mutating func arrival<Scope: ChargeScope>(
    of label: Int32, place: Int, among count: Int, timing: Int, leg: LegID,
    _ search: borrowing ProfileSearch<Mass, DatedTimetable, Scope>,
    on network: borrowing SearchNetwork<DatedTimetable>, base: Int64, horizon: Int64
  ) -> Arrival {
    if places[timing].isEmpty {
      places[timing].append(contentsOf: repeatElement(-1, count: count))
      asked.append(timing)
    }
    let known = places[timing][place]
    if known >= 0 { return single[Int(known)] }
    let found =
      arrival(
        of: label, search.labels[Int(label)], leg, Int32(timing), search, network, base, horizon)
      ?? Arrival(label: label, promises: SIMD4(), lastBoarding: 0, firstAtom: 0, atomCount: 0)
    places[timing][place] = Int32(single.count)
    single.append(found)
    return found
  }

  /// The same for a label that is not among those at the tail; nil where it has no arrival.
  mutating func arrival<Scope: ChargeScope>(
    of label: Int32, timing: Int32, leg: LegID,
    _ search: borrowing ProfileSearch<Mass, DatedTimetable, Scope>,
    on network: borrowing SearchNetwork<DatedTimetable>, base: Int64, horizon: Int64
  ) -> Arrival? {
    if let known = ofLabels[timing, label] { return single[Int(known)] }
    guard
      let found = arrival(
        of: label, search.labels[Int(label)], leg, timing, search, network, base, horizon),
      found.label >= 0
    else { return nil }
    ofLabels[timing, label] = Int32(single.count)
    single.append(found)
    return found
  }

  /// Nil: not boarded; a negative label: mass does not suffice.
  @inline(__always)
  private mutating func arrival<Scope: ChargeScope>(
    of position: Int32, _ label: ProfileLabel, _ leg: LegID, _ timing: Int32,
    _ search: borrowing ProfileSearch<Mass, DatedTimetable, Scope>,
    _ network: borrowing SearchNetwork<DatedTimetable>, _ base: Int64, _ horizon: Int64
  ) -> Arrival? {
    let step: Step
    if options.sharesLaws, let known = stepOf[label.firstAtom, timing] {
      step = steps[Int(known)]
    } else {
      step = taken(label, leg, search, network, base)
      if options.sharesLaws {
        stepOf[label.firstAtom, timing] = Int32(steps.count)
        steps.append(step)
      }
    }
    guard step.atomCount > 0, base + Int64(step.lastBoarding) <= horizon else { return nil }
    let uncertain = label.uncertainLegs + (step.isUncertain ? 1 : 0)
    return Arrival(
      label: uncertain > Int32(Mass.greatestUncertainLegs) ? -1 : position,
      promises: step.promises, lastBoarding: max(label.lastBoarding, step.lastBoarding),
      firstAtom: step.firstAtom, atomCount: step.atomCount)
  }

  @inline(never)
  private mutating func taken<Scope: ChargeScope>(
    _ label: ProfileLabel, _ leg: LegID,
    _ search: borrowing ProfileSearch<Mass, DatedTimetable, Scope>,
    _ network: borrowing SearchNetwork<DatedTimetable>, _ base: Int64
  ) -> Step {
    let isBoarded = scratch.travel(
      from: search.arena, first: Int(label.firstAtom), count: Int(label.atomCount), along: leg,
      handling: Int64(network.topology.handling[leg.position]), ready: base, horizon: .max,
      network: network)
    guard isBoarded, scratch.lastBoarding < Int64(Int32.max) else { return Step() }
    var promises = SIMD4<Int32>()
    for (level, threshold) in thresholds.enumerated() {
      promises[level] = scratch.quantile(threshold: threshold)
    }
    return Step(
      promises: promises, lastBoarding: Int32(scratch.lastBoarding),
      firstAtom: arena.append(scratch), atomCount: Int32(scratch.minutes.count),
      isUncertain: scratch.isUncertain)
  }
}
