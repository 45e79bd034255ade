/// Versions made side by side, joined: who builds for seconds need not stop those who publish meanwhile.
extension QuoteEngine {
  /// This version with what another one changed since both went on from a third.
  ///
  /// Blocks hold for one ground and one overlay. So all three must have both in common, and every segment must have been
  /// changed on one side at most: then what was built for it there holds here too.
  ///
  /// - Parameters:
  ///   - made: made from `base`.
  ///   - base: what this version was made from too, or this version itself.
  /// - Returns: the version after this one; nil where what was made does not hold any more.
  /// - Complexity: O(segments)
  func merging(_ made: QuoteEngine, since base: QuoteEngine) -> QuoteEngine? {
    guard isAlike(base), made.isAlike(base) else { return nil }
    var states = states
    for segment in states.indices {
      if SegmentState.isSame(made.states[segment], base.states[segment]) { continue }
      guard SegmentState.isSame(states[segment], base.states[segment]) else { return nil }
      states[segment] = made.states[segment]
    }
    return QuoteEngine(
      ground, frame: frame, states: states, excluded: excluded, disruption: disruption,
      version: version + 1)
  }

  /// Whether blocks that were built for a segment as another version has it hold in this one, and belong there.
  ///
  /// - Complexity: O(words of a set of destination classes)
  func takes(_ segment: Int, from other: QuoteEngine) -> Bool {
    isAlike(other) && SegmentState.isSame(states[segment], other.states[segment])
  }

  /// Whether blocks built for one hold in the other.
  private func isAlike(_ other: QuoteEngine) -> Bool {
    ground === other.ground && disruption?.effect.overlay == other.disruption?.effect.overlay
      && excluded == other.excluded
  }
}

extension SegmentState {
  /// Whether two states are of the same blocks.
  fileprivate static func isSame(_ left: SegmentState?, _ right: SegmentState?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.patch === right.patch && left.fresh == right.fresh && left.stale == right.stale
      && left.pending == right.pending && left.added == right.added
  }
}
