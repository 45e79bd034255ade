import LogisticsModel
import RouteGraph

/// Blocks outside the hot set, laid beside those of the ground as repaired ones are: hidden there and fresh in the patch.
///
/// A disruption hides them as it hides others, and a repair builds them again.
extension QuoteEngine {
  /// The block that would answer a question; nil where there can be none, whoever builds.
  ///
  /// - Complexity: O(1)
  func block(for question: NetworkPlanner.Question) -> BlockKey? {
    let nodes = 0..<network.bundle.topology.nodeCount
    guard nodes.contains(question.origin.position), nodes.contains(question.destination.position),
      !excluded.contains(question.destination)
    else { return nil }
    let (since, overflow) = question.ready.minutes.subtractingReportingOverflow(scope.start)
    let origin = Int(frame.originOfNode[question.origin.position])
    let destination = Int(frame.destinations.classOfNode[question.destination.position])
    guard !overflow, since >= 0, since < Int64(scope.days) * EngineScope.minutesOfDay, origin >= 0,
      destination >= 0
    else { return nil }
    return BlockKey(
      segment: origin * scope.days + Int(since / EngineScope.minutesOfDay), destination: destination
    )
  }

  /// Whether a block is held, be it hidden by a disruption.
  func holds(_ block: BlockKey) -> Bool {
    held(block.segment).contains(bit: block.destination)
  }

  /// Whether a block was built because it was missed.
  func isLazy(_ block: BlockKey) -> Bool {
    states[block.segment]?.added.contains(bit: block.destination) ?? false
  }

  /// Destination classes that a segment has blocks for, those built later among them.
  func held(_ segment: Int) -> [UInt64] {
    guard let state = states[segment] else { return ground.held[segment] }
    return zip(ground.held[segment], state.added).map { $0 | $1 }
  }

  /// What this version has outside the hot set, and which segments wait for a repair.
  ///
  /// - Complexity: O(segments)
  var holdings: LazyBuilding.Holdings {
    var holdings = LazyBuilding.Holdings()
    for (segment, state) in states.enumerated() {
      guard let state else { continue }
      let classes = state.added.bits
      if classes.isEmpty && state.isWhole { continue }
      holdings[segment] = LazyBuilding.Holding(
        classes: classes, bytes: classes.isEmpty ? 0 : state.patch?.memory ?? 0,
        isSeparate: zip(state.stale, state.added).allSatisfy { $0 & ~$1 == 0 },
        isDisrupted: !state.isWhole)
    }
    return holdings
  }

  /// Builds a job's blocks as this version's network runs, with whatever else the segment's patch holds.
  ///
  /// - Returns: nil where the origin's search cannot be made.
  /// - Complexity: as one day of ``OriginProfiles``
  func patch(for job: LazyBuilding.Job) -> BlockSegment? {
    var profiles = frame.profiles()
    let classes = Set(job.missing + job.held + (states[job.segment]?.fresh.bits ?? [])).sorted()
    return profiles.segment(
      origin: frame.origins[job.segment / scope.days],
      ready: scope.minutes(ofDay: job.segment % scope.days), classes: classes
    ).map { BlockSegment($0) }
  }

  /// The next version, with a job's blocks and without those that segments given up have outside the hot set.
  ///
  /// - Parameters:
  ///   - patch: what ``patch(for:)`` of this version built.
  ///   - job: the job.
  ///   - evicted: segments, not the job's own.
  /// - Returns: the version after this one.
  func holding(
    _ patch: BlockSegment, for job: LazyBuilding.Job, evicting evicted: [Int]
  ) -> QuoteEngine {
    var states = states
    var state = states[job.segment] ?? SegmentState(classCount: frame.destinations.count)
    for destination in Set(job.missing + job.held + state.fresh.bits) {
      if patch.index[destination] != BlockLayout.absent {
        state.fresh.insert(bit: destination)
        if !ground.held[job.segment].contains(bit: destination) {
          state.added.insert(bit: destination)
          state.stale.insert(bit: destination)
        }
      } else {
        state.forget(destination)
      }
    }
    state.setPatch(patch, legCount: network.bundle.topology.legCount)
    states[job.segment] = state
    for segment in evicted { states[segment] = states[segment]?.withoutAdded }
    return QuoteEngine(
      ground, frame: frame, states: states, excluded: excluded, disruption: disruption,
      version: version + 1)
  }
}

extension SegmentState {
  /// Takes a block out that the patch does not hold any more.
  fileprivate mutating func forget(_ destination: Int) {
    fresh.remove(bit: destination)
    guard added.contains(bit: destination) else { return }
    added.remove(bit: destination)
    stale.remove(bit: destination)
    pending.remove(bit: destination)
  }

  /// The state without blocks outside the hot set; nil where nothing is left to tell.
  fileprivate var withoutAdded: SegmentState? {
    var state = self
    for destination in added.bits { state.forget(destination) }
    if state.fresh.allSatisfy({ $0 == 0 }) { state.setPatch(nil, legCount: 0) }
    let isPlain = state.patch == nil && state.hidden.allSatisfy { $0 == 0 }
    return isPlain ? nil : state
  }
}
