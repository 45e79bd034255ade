public import RoutePlanning

/// The stated order of itineraries that tie, on what ``BundleEnumerator`` found: which part of it decided.
///
/// Fewest legs; the law that runs ahead where two distribution functions first differ; from the destination backwards the
/// leg that stands first, and the law before it. Written from that sentence, on dictionaries.
public enum TieRule {
  /// What told two itineraries apart.
  public enum Part: Hashable, CaseIterable, Sendable {
    case vector, legs, lawAtEnd, lastLeg, earlierLaw, earlierLeg, same
  }

  /// Whether the first comes before the second, and why, equal vectors taken for granted.
  public static func comparison(
    _ left: BundleEnumerator.Way, _ right: BundleEnumerator.Way
  ) -> (isFirst: Bool, part: Part) {
    if left.rows.count != right.rows.count { return (left.rows.count < right.rows.count, .legs) }
    for step in left.rows.indices.reversed() {
      let isLast = step == left.rows.count - 1
      if let ahead = runsAhead(left.laws[step], right.laws[step]) {
        return (ahead, isLast ? .lawAtEnd : .earlierLaw)
      }
      if left.rows[step] != right.rows[step] {
        return (left.rows[step] < right.rows[step], isLast ? .lastLeg : .earlierLeg)
      }
    }
    return (false, .same)
  }

  /// The way a tier gives: the least by the key, ties by the rule; and what settled it against those it tied with.
  public static func winner(
    _ ways: [BundleEnumerator.Way], by key: (PlanVector) -> [Int64]
  ) -> (way: BundleEnumerator.Way, parts: Set<Part>)? {
    guard let least = ways.map({ key($0.vector) }).min(by: { $0.lexicographicallyPrecedes($1) })
    else { return nil }
    var tied = ways.filter { key($0.vector) == least }
    var best = tied.removeFirst()
    var parts: Set<Part> = []
    for way in tied where comparison(way, best).isFirst { best = way }
    for way in tied where way.rows != best.rows { parts.insert(comparison(best, way).part) }
    return (best, parts)
  }

  /// nil: the laws are equal.
  private static func runsAhead(_ left: [Int64: UInt128], _ right: [Int64: UInt128]) -> Bool? {
    var sums: (UInt128, UInt128) = (0, 0)
    for minute in Set(left.keys).union(right.keys).sorted() {
      sums.0 += left[minute] ?? 0
      sums.1 += right[minute] ?? 0
      if sums.0 != sums.1 { return sums.0 > sums.1 }
    }
    return nil
  }
}
