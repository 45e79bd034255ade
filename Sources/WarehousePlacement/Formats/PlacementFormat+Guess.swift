extension PlacementFormat {
  /// The format a text is in, by its words, how many numbers its first ones announce, and how they stand in lines; nil
  /// where none fits.
  ///
  /// `orlib-cap` and `simple-ufl` look alike: the former is named, since only that one has capacities. `holmberg` has
  /// as many numbers, but not two to a line for each site.
  /// - Complexity: O(bytes)
  public static func guess(_ bytes: [UInt8]) -> PlacementFormat? {
    var words: [String] = []
    var count = 0
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
      if isBlank {
        if let first = start, words.count < 64 {
          words.append(String(decoding: bytes[first..<index], as: UTF8.self))
        }
        start = nil
      } else if start == nil {
        start = index
        count += 1
      }
    }
    if let start, words.count < 64 {
      words.append(String(decoding: bytes[start...], as: UTF8.self))
    }
    if words.prefix(3).joined(separator: " ") == SiteText.heading { return .tradewind }
    if words.first == "FILE:" { return .simpleFacilities }
    if words.contains(where: { $0.hasPrefix("NODE_COORD_SECTION") || $0.hasPrefix("DIMENSION") }) {
      return .tsplib
    }
    guard words.count > 2, let m = Int(words[0]), let n = Int(words[1]), m > 0, n > 0,
      m <= 1_000_000, n <= 10_000_000
    else { return nil }
    if count == 3 + 3 * n { return .orlibMedian }
    guard count == 2 + 2 * m + n * (m + 1) else { return nil }
    let sites = bytes.split(separator: 0x0A, maxSplits: min(m, 8) + 1).dropFirst().prefix(min(m, 8))
    let pairs = sites.allSatisfy { line in
      line.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.count == 2
    }
    return pairs ? .orlibWarehouses : .holmberg
  }
}
