/// How many slips lie between two words: insertions, deletions, changes, and swaps of neighbours.
///
/// The restricted Damerau-Levenshtein distance: F. J. Damerau, *A technique for computer detection and
/// correction of spelling errors*, 1964, doi:10.1145/363958.363994.
enum EditDistance {
  /// The distance, or nil when it is more than `limit`.
  ///
  /// - Complexity: O(length x length)
  static func between(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var before: [Int] = []
    var above = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var least = min(above[column + 1], current[column]) + 1
        least = min(least, above[column] + (byte == other ? 0 : 1))
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
          least = min(least, before[column - 1] + 1)
        }
        current.append(least)
      }
      if current.min() ?? 0 > limit { return nil }
      before = above
      above = current
    }
    guard let distance = above.last, distance <= limit else { return nil }
    return distance
  }

  /// The candidates nearest to `word`, at most `count`, nearest first, then by bytes.
  ///
  /// One slip is forgiven in words up to five bytes, two in longer ones.
  static func nearest(to word: String, among candidates: some Sequence<String>, count: Int = 3)
    -> [String]
  {
    let bytes = Array(word.utf8)
    guard bytes.count <= 64 else { return [] }
    let limit = bytes.count <= 5 ? 1 : 2
    var found: [(distance: Int, word: String)] = []
    for candidate in candidates {
      let size = candidate.utf8.count
      guard abs(size - bytes.count) <= limit else { continue }
      if let distance = between(bytes, Array(candidate.utf8), limit: limit) {
        found.append((distance, candidate))
      }
    }
    found.sort {
      $0.distance != $1.distance
        ? $0.distance < $1.distance : $0.word.utf8.lexicographicallyPrecedes($1.word.utf8)
    }
    return found.prefix(count).map(\.word)
  }
}
