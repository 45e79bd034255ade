import LogisticsModel
import RouteGraph
import TransitTimes

/// Disruptions in three steps: told at once, looked at closely, repaired.
///
/// **Told**: whatever may be concerned is hidden, and answered by the exact search under the overlay. That takes a
/// comparison of bit sets for each segment. **Looked at**: of a worsening change exactly those blocks stay hidden that
/// have a candidate which, with a probability above nothing, asks the leg in a changed minute. The others hold: only
/// ways over the change get worse, and what was dominated stays so unless what dominated it got worse, which is kept.
/// An improving change may create a best way anywhere, so every pair that could use the leg stays hidden. **Repaired**:
/// what of hidden blocks is concerned is searched again under the overlay, beside the old ones (``repaired(workers:)``).
extension QuoteEngine {
  /// The engine under an overlay, every block that may be concerned hidden.
  ///
  /// - Parameter overlay: all disruptions that stand, not only the newest.
  /// - Returns: the next version, which answers the pairs that hold.
  /// - Complexity: O(segments x changed legs), plus laying the overlay.
  public func disrupted(by overlay: DisruptionOverlay) -> QuoteEngine {
    let next =
      disruption?.updated(to: overlay) ?? DisruptedNetwork(ground.frame.network, under: overlay)
    let changes = disruption.map { next.effect.changes(since: $0.effect) } ?? next.effect.changes
    var states = states
    let reach = NetworkReach(frame.destinations, on: network.bundle.topology)
    for (leg, own) in Dictionary(grouping: changes, by: \.leg) {
      hide(leg, own, reach, &states)
    }
    let everChanged = Set(next.effect.changes.map(\.leg)).union(changes.map(\.leg))
    var excluded = excluded
    for leg in everChanged {
      let head = NodeID(network.bundle.topology.head[leg.position])
      if ground.frame.destinations.classOfNode[head.position] >= 0 { excluded.insert(head) }
    }
    return QuoteEngine(
      ground,
      frame: frame.following(next.planner, changed: everChanged, excluding: excluded),
      states: states, excluded: excluded, disruption: next, version: version + 1)
  }

  private func hide(
    _ leg: LegID, _ changes: [LegChange], _ reach: NetworkReach, _ states: inout [SegmentState?]
  ) {
    let last = changes.reduce(Int64.min) { max($0, $1.asked.upperBound) }
    let isImproving = changes.contains(where: \.isImproving)
    let classes = isImproving ? reach.classes(from: network.bundle.topology.head[leg.position]) : []
    let origins = isImproving ? reach.origins(to: network.bundle.topology.tail[leg.position]) : []
    for segment in states.indices {
      let (origin, day) = (segment / scope.days, segment % scope.days)
      // Who is ready after the last changed minute asks the leg later still.
      guard scope.minutes(ofDay: day).lowerBound <= last else { continue }
      let isOnPaths =
        contains(ground.legsOnPaths[segment], leg)
        || contains(states[segment]?.patchLegs, leg)
      let isReached = isImproving && origins.contains(frame.origins[origin])
      guard isOnPaths || isReached else { continue }
      let held = held(segment)
      var state = states[segment] ?? SegmentState(classCount: frame.destinations.count)
      for word in held.indices {
        let reached = isReached ? classes[word] & held[word] : 0
        let hidden = reached | (isOnPaths ? held[word] : 0)
        state.stale[word] |= reached
        state.pending[word] |= hidden
        state.fresh[word] &= ~hidden
      }
      if state.patch != nil { state.news += changes }
      states[segment] = state
    }
  }

  private func contains(_ bits: [UInt64]?, _ leg: LegID) -> Bool {
    guard let bits, !bits.isEmpty else { return false }
    return bits.contains(bit: leg.position)
  }

  /// Pairs answered by the exact search because of disruptions, by segment.
  public var unansweredBlocks: Int { states.reduce(0) { $0 + ($1?.unanswered.bitCount ?? 0) } }

  /// The engine with exactly those blocks hidden that a change concerns.
  ///
  /// - Parameter workers: as for ``EngineBuilder``.
  /// - Returns: the next version.
  /// - Complexity: O(candidates of the segments that may be concerned)
  public func narrowed(workers: (@Sendable (Int) -> Void) -> Void) -> QuoteEngine {
    guard let disruption else { return self }
    let met = ChangedMinutes(disruption.effect.changes, on: disruption.planned)
    let jobs = self.states.indices.filter { self.states[$0]?.pending.contains { $0 != 0 } ?? false }
    let found = SharedWork(jobs, workers: workers) { segment -> SegmentState? in
      guard var state = self.states[segment], let base = self.ground.segments[segment] else {
        return self.states[segment]
      }
      let concerned = self.concerned(base, by: met, among: state.pending)
      state.stale = zip(state.stale, concerned).map { $0 | $1 }
      state.pending = state.pending.map { _ in 0 }
      return state
    }.results
    var states = states
    for (segment, state) in zip(jobs, found) { states[segment] = state }
    return QuoteEngine(
      ground, frame: frame, states: states, excluded: excluded, disruption: disruption,
      version: version + 1)
  }

  /// Which of some classes have a candidate that asks a changed leg in a changed minute.
  private func concerned(
    _ segment: BlockSegment, by changes: ChangedMinutes, among classes: [UInt64]
  ) -> [UInt64] {
    var paths = ChangedPaths(of: segment, changes, on: network.search)
    var concerned = classes.map { _ in 0 as UInt64 }
    for row in 0..<segment.rows.count / 2 {
      guard let met = paths.met(from: segment.rows[2 * row]) else { continue }
      for destination in classes.bits
      where segment.hasCandidate(in: destination, row: row, onPath: met) {
        concerned.insert(bit: destination)
      }
    }
    return concerned
  }
}
