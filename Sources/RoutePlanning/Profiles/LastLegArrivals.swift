import LogisticsModel
import RouteGraph
import TransitTimes

/// When the labels of a profile search reach their destinations: laws and promises behind every last leg.
///
/// Last legs that leave from one node and run alike share their arrivals: thousands of destinations are reached by
/// some hundred timings.
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

  /// Nothing known; `timingCount` different last legs.
  init(timingCount: Int) {
    arrivals = Array(repeating: nil, count: timingCount)
    thresholds = StoredLevels.q1024.map { Mass.threshold(level: $0) }
  }

  /// Forgets the last run.
  mutating func removeAll() {
    arena.removeAll()
    for timing in arrivals.indices { arrivals[timing] = nil }
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
      let isBoarded = scratch.travel(
        from: search.arena, first: Int(label.firstAtom), count: Int(label.atomCount), along: leg,
        handling: Int64(network.topology.handling[leg.position]), ready: base, horizon: horizon,
        network: network)
      guard isBoarded else { return }
      if label.uncertainLegs + (scratch.isUncertain ? 1 : 0) > Int32(Mass.greatestUncertainLegs) {
        suffices = false
      }
      var promises = SIMD4<Int32>()
      for (level, threshold) in thresholds.enumerated() {
        promises[level] = scratch.quantile(threshold: threshold)
      }
      let first = arena.append(scratch)
      found.append(
        Arrival(
          label: position, promises: promises,
          lastBoarding: max(label.lastBoarding, Int32(truncatingIfNeeded: scratch.lastBoarding)),
          firstAtom: first, atomCount: Int32(scratch.minutes.count)))
    }
    guard suffices else { return nil }
    arrivals[timing] = found
    return found
  }
}
