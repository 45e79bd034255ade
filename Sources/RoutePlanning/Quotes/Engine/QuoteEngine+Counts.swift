import RouteGraph

extension QuoteEngine {
  /// How many rows have so many candidates, by their number: a row is what one pair offers at one ready time.
  ///
  /// - Complexity: O(rows)
  public var rowsByCandidates: [Int] {
    var rows: [Int] = []
    for segment in ground.segments {
      segment?.forEachRow { candidates in
        if candidates >= rows.count {
          rows += Array(repeating: 0, count: candidates + 1 - rows.count)
        }
        rows[candidates] += 1
      }
    }
    return rows
  }
}
