public import LogisticsModel
public import RouteGraph
import TransitTimes

/// Runs of a network's legs: what their delay laws are learned from.
public struct LegRuns: Sendable {
  /// One run of a leg.
  public struct Run: Hashable, Sendable {
    /// Id of the leg.
    public let leg: String
    /// When it began.
    public let departed: Instant
    /// When it ended.
    public let arrived: Instant

    /// Makes a run.
    public init(leg: String, departed: Instant, arrived: Instant) {
      self.leg = leg
      self.departed = departed
      self.arrived = arrived
    }
  }

  /// Runs that were learned from, by leg.
  public private(set) var delays: [LegID: [Int32]] = [:]
  /// Runs of legs the network has not.
  public private(set) var unknown = 0
  /// Runs outside the timetable, or that ended before they began.
  public private(set) var impossible = 0

  private let bundle: NetworkBundle
  /// Runs of a leg before it gets a law of its own.
  public static let leastRuns = 5

  /// Starts without runs.
  public init(_ bundle: NetworkBundle) { self.bundle = bundle }

  /// How many runs were learned from.
  public var count: Int { delays.values.reduce(0) { $0 + $1.count } }

  /// Adds a run: its delay is how much longer it took than the leg's duration, in the leg's own time, so that of a
  /// leg in working time only open minutes count.
  ///
  /// - Complexity: O(log of the delay)
  public mutating func add(_ run: Run) {
    guard let leg = bundle.legID(named: run.leg) else {
      unknown += 1
      return
    }
    let window = bundle.timetable.window
    guard run.arrived >= run.departed, run.departed.minutes >= window.start,
      run.arrived.minutes < window.end,
      let boarding = bundle.timetable.boarding(leg, atOrAfter: run.departed.minutes)
    else {
      impossible += 1
      return
    }
    // The least minutes under way that end no earlier than the run did.
    var low: Int64 = 0
    var high = run.arrived.minutes - run.departed.minutes
    while low < high {
      let middle = (low + high) / 2
      let end = bundle.timetable.arrival(leg, start: run.departed.minutes, after: middle)
      if end >= run.arrived.minutes { high = middle } else { low = middle + 1 }
    }
    delays[leg, default: []].append(Int32(clamping: max(0, low - Int64(boarding.duration))))
  }

  /// A law for each leg with enough runs: its own runs, pulled towards those of all legs that shared its law, pulled
  /// towards that law.
  public func revisions(through date: CivilDate) -> [LegLawRevision] {
    var shared: [LawID: [Int32]] = [:]
    let legs = delays.keys.sorted { $0.position < $1.position }
    for leg in legs { shared[bundle.legs[leg].law, default: []] += delays[leg] ?? [] }
    return legs.compactMap { leg in
      guard let own = delays[leg], own.count >= LegRuns.leastRuns else { return nil }
      let law = bundle.legs[leg].law
      let pooled = LearnedLaw.law(of: shared[law] ?? [], prior: bundle.law(law))
      return LegLawRevision(
        leg: bundle.legs.name(of: leg), law: LearnedLaw.law(of: own, prior: pooled),
        source:
          "learned from \(own.count) runs to \(date); before: \(bundle.lawNames[law.position])")
    }
  }
}
