import LogisticsModel
import RouteGraph
import Synchronization

/// Builds the segments of an engine, or takes them from a store where they already are.
///
/// Work is cut by origin and day: whoever is stopped goes on later with what is written, and a new day costs that day only.
public struct EngineBuilder: Sendable {
  /// What a build did, for reports.
  public struct Report: Sendable {
    /// Segments made.
    public var built = 0
    /// Segments found in the store.
    public var loaded = 0
    /// Files refused, with the reason.
    public var refused: [String] = []
    /// Nanoseconds each origin took, all days together; only of those made here.
    public var originNanoseconds: [Int64] = []
    /// Candidates of all rows made or found.
    public var candidateSum = 0
    /// Candidates of the fullest row.
    public var candidateMax = 0
    /// Rows made or found.
    public var rows = 0
    /// Work of the searches made here.
    public var work = SearchStatistics()
  }

  let frame: EngineFrame
  /// Where segments are kept; nil: in memory only, as always where the network's fingerprint is unknown.
  public var store: BlockStore?

  /// Prepares to build for a network.
  public init(_ network: NetworkPlanner, scope: EngineScope, store: BlockStore? = nil) {
    self.init(network, scope: scope, store: store, options: ProfileOptions())
  }

  /// Prepares to build with some optimisations switched off.
  init(
    _ network: NetworkPlanner, scope: EngineScope, store: BlockStore? = nil,
    options: ProfileOptions
  ) {
    frame = EngineFrame(network, scope: scope, options: options)
    self.store = store
  }

  /// Origins that may have blocks.
  public var originCount: Int { frame.origins.count }
  /// Classes of destinations: alike but for the emission of their last legs.
  public var blockClassCount: Int { frame.destinations.count }
  /// Classes of destinations if that emission counts too: what a parcel can tell apart.
  public var destinationClassCount: Int { frame.destinations.emissionClassCount }

  /// The pairs that weigh most; nil: all.
  public func hotSet(_ pairs: Int?, by demand: DemandWeights = DemandWeights()) -> HotSet {
    pairs.map { HotSet($0, of: frame, by: demand) } ?? HotSet(allOf: frame)
  }

  /// Builds what is missing on some threads, and joins all.
  ///
  /// - Parameters:
  ///   - hot: the pairs wanted.
  ///   - workers: runs a body for each of so many workers at once; the caller brings threads and clock.
  ///   - clock: nanoseconds.
  ///   - version: number of the engine.
  ///   - progress: told after each origin how many are done.
  /// - Returns: the engine, and what building it took.
  public func engine(
    _ hot: HotSet, workers: (@Sendable (Int) -> Void) -> Void,
    clock: @escaping @Sendable () -> Int64, version: UInt64 = 1,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> (engine: QuoteEngine, report: Report) {
    let done = Atomic(0)
    let memory = JointMemory()
    let origins = SharedWork(
      Array(frame.origins.indices), workers: workers, scratch: { nil as OriginProfiles? }
    ) { origin, profiles in
      let start = clock()
      var own = Report()
      let segments = build(origin, hot.classes[origin], in: memory, &profiles, &own)
      if own.built > 0 { own.originNanoseconds.append(clock() - start) }
      progress(done.add(1, ordering: .relaxed).newValue)
      return (segments: segments, report: own)
    }.results
    var report = Report()
    for origin in origins { report.add(origin.report) }
    return (QuoteEngine(frame, segments: origins.flatMap(\.segments), version: version), report)
  }

  private func build(
    _ origin: Int, _ classes: [Int], in memory: JointMemory,
    _ profiles: inout OriginProfiles?, _ report: inout Report
  ) -> [BlockSegment?] {
    guard !classes.isEmpty else { return Array(repeating: nil, count: frame.scope.days) }
    // Of a network whose files are not known nothing may be kept, nor anything kept be taken for its own.
    let store = frame.network.fingerprint == 0 ? nil : store
    return (0..<frame.scope.days).map { day in
      let key = store.map { _ in SegmentKey(frame, origin: origin, day: day) }
      if let key, let found = store?.segment(key, holding: classes, &report) {
        report.loaded += 1
        report.count(found)
        return store?.copiesIntoMemory == true
          ? BlockSegment(copying: found, in: memory) : found
      }
      if profiles == nil { profiles = frame.profiles() }
      let before = profiles?.statistics ?? SearchStatistics()
      guard
        let made = profiles?.segment(
          origin: frame.origins[origin], ready: frame.scope.minutes(ofDay: day), classes: classes)
      else { return nil }
      let segment = BlockSegment(
        made, usesLargePages: frame.options.usesLargePages, in: memory)
      report.built += 1
      if let after = profiles?.statistics { report.work += after - before }
      report.count(segment)
      if let key { store?.write(segment, key, &report) }
      return segment
    }
  }
}

extension EngineBuilder.Report {
  mutating func add(_ other: EngineBuilder.Report) {
    built += other.built
    loaded += other.loaded
    refused += other.refused
    originNanoseconds += other.originNanoseconds
    candidateSum += other.candidateSum
    candidateMax = max(candidateMax, other.candidateMax)
    rows += other.rows
    work += other.work
  }

  mutating func count(_ segment: BlockSegment) {
    segment.forEachRow { candidates in
      candidateSum += candidates
      candidateMax = max(candidateMax, candidates)
      rows += 1
    }
  }
}
