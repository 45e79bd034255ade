public import LogisticsModel

/// A delay law learned from runs of a leg, pulled towards the law it replaces.
public enum LearnedLaw {
  /// Runs the law before weighs.
  public static let strength = 40
  /// Atoms at most: each costs the planner work.
  public static let greatestAtoms = 10

  /// The law of delays seen, mixed with a prior one at weight k/(n + k).
  ///
  /// Atoms are cut where the mixture passes a half, three quarters and so on towards the tail; each stands at the
  /// longest delay it holds, rounded up to five minutes, so that a learned law is never earlier than what was seen.
  /// - Parameters:
  ///   - delays: minutes, one for each run; early runs count as nought.
  ///   - prior: the law before.
  /// - Returns: the prior itself without runs.
  /// - Complexity: O(runs x log)
  public static func law(of delays: [Int32], prior: DelayLaw) -> DelayLaw {
    guard !delays.isEmpty else { return prior }
    // Weights in parts of 1024 x (n + k): a run weighs 1024, an atom of the prior k times its weight.
    var points = delays.map { (delay: min(max($0, 0), longest), weight: Int64(DelayLaw.scale)) }
    points += prior.atoms.map { ($0.delay, Int64($0.weight) * Int64(strength)) }
    points.sort { $0.delay < $1.delay }
    let total = Int64(delays.count + strength) * Int64(DelayLaw.scale)
    var atoms: [DelayLaw.Atom] = []
    var sum: Int64 = 0
    var used: Int32 = 0
    var cut = 0
    for (index, point) in points.enumerated() {
      sum += point.weight
      let isLast = index + 1 == points.count
      // A cut stands between different delays only.
      guard isLast || points[index + 1].delay > point.delay else { continue }
      let reached = Int32(sum * Int64(DelayLaw.scale) / total)
      let isCut = cut < cuts.count && reached >= cuts[cut]
      guard isLast || isCut else { continue }
      while cut < cuts.count, reached >= cuts[cut] { cut += 1 }
      let weight = (isLast ? DelayLaw.scale : reached) - used
      guard weight > 0 else { continue }
      used += weight
      atoms.append(DelayLaw.Atom(delay: min((point.delay + 4) / 5 * 5, longest), weight: weight))
    }
    return (try? DelayLaw(atoms: atoms)) ?? prior
  }

  /// The longest delay a bundle takes, in minutes.
  private static let longest: Int32 = 527_040
  /// Where atoms end, in 1024ths.
  private static let cuts: [Int32] = [307, 512, 717, 819, 896, 947, 973, 1004, 1018]
}
