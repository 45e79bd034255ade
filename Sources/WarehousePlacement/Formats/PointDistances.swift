import LogisticsModel

/// Points of TSPLIB as a p-median: every point is a site and a client of weight 1.
///
/// The distance is the square root of dx^2 + dy^2 rounded down, which is what published p-median values use;
/// TSPLIB's own rounding to the nearest gives other optima. Coordinates are read exactly.
enum PointDistances {
  /// Points that are read at most: all distances are kept.
  static let mostPoints: Int64 = 20_000

  static func read(
    _ bytes: [UInt8], file: String, spread: Spread
  ) throws(InstanceRefused) -> SiteTable {
    let header = TSPLIBHeader(bytes, file: file)
    guard let body = header.body, header.findings.isEmpty else {
      throw InstanceRefused(findings: header.findings)
    }
    // Blanks in place of the header keep every line number.
    var blanked = bytes
    for index in 0..<body.lowerBound where blanked[index] != 0x0A { blanked[index] = 0x20 }
    for index in body.upperBound..<bytes.count { blanked[index] = 0x20 }
    var cursor = NumberCursor(blanked, file: file)
    cursor.refuseWords()
    let count = cursor.left / 3
    if count != header.dimension || cursor.left % 3 != 0 {
      cursor.complain(
        number: cursor.next + cursor.left,
        code: cursor.left < 3 * header.dimension ? PlacementCodes.tooShort : PlacementCodes.tooLong,
        "\(cursor.left) numbers for \(header.dimension) points, each with number, x and y")
    }
    guard cursor.isSound else { throw InstanceRefused(findings: cursor.findings) }
    let everything = cursor.next..<cursor.next + 3 * count
    let coordinates = everything.filter { ($0 - everything.lowerBound) % 3 != 0 }
    let decimals = cursor.decimals(coordinates.map { $0..<$0 + 1 })
    var x: [Int64] = []
    var y: [Int64] = []
    var seen = [Bool](repeating: false, count: count)
    for _ in 0..<count {
      let number = Int(cursor.whole("a point's number", in: 1...Int64(count)))
      if seen[number - 1] || number != x.count + 1 {
        cursor.complain(
          number: cursor.next - 1, code: PlacementCodes.outOfRange,
          "point \(number) stands where point \(x.count + 1) should")
      }
      seen[number - 1] = true
      x.append(cursor.signed("x", decimals: decimals))
      y.append(cursor.signed("y", decimals: decimals))
    }
    guard cursor.isSound else { throw InstanceRefused(findings: cursor.findings) }
    var unit: Int64 = 1
    for _ in 0..<decimals { unit *= 10 }
    let pieces = min(count, spread.width * 4)
    let (xs, ys, one) = (x, y, unit)
    let parts = spread.map(pieces) { piece in
      var lists = ServiceLists()
      let share = piece * count / pieces..<(piece + 1) * count / pieces
      lists.reserve(clients: share.count, entries: share.count * count)
      var row = [Int64](repeating: 0, count: count)
      for client in share {
        for site in 0..<count {
          let (dx, dy) = (xs[client] - xs[site], ys[client] - ys[site])
          // floor(sqrt(v) / unit) is floor(sqrt(floor(v / unit^2))).
          row[site] = WholeRoot.floor((dx * dx + dy * dy) / (one * one))
        }
        lists.append(dense: row[...])
      }
      return lists
    }
    var lists = ServiceLists()
    lists.reserve(clients: count, entries: count * count)
    for part in parts { lists.append(contentsOf: part) }
    return SiteTable(
      opening: Array(repeating: 0, count: count), demand: Array(repeating: 1, count: count),
      service: lists)
  }
}

extension NumberCursor {
  /// A coordinate, of either sign, in units of 10^-`decimals`; its size is bounded so that squares fit.
  fileprivate mutating func signed(_ what: String, decimals: Int) -> Int64 {
    let number = next
    guard number < text.count else { return whole(what, in: 0...0) }
    skip()
    let negative = text.digits[number] < 0
    var value = text.digits[number].magnitude
    var places = Int(text.places[number])
    while places < decimals, value < 1 << 31 {
      value *= 10
      places += 1
    }
    if value > 1 << 30 {
      complain(
        number: number, code: PlacementCodes.overflow,
        "\(what) \(text.written(number)) with \(decimals) decimals is too great to be squared")
      return 0
    }
    return negative ? -Int64(value) : Int64(value)
  }
}

/// Square roots of whole numbers.
enum WholeRoot {
  /// The greatest whole number whose square is not above `value`.
  static func floor(_ value: Int64) -> Int64 {
    guard value > 0 else { return 0 }
    // The hardware's root may be one off; integers decide.
    var root = Int64(Double(value).squareRoot())
    while root * root > value { root -= 1 }
    while (root + 1) * (root + 1) <= value { root += 1 }
    return root
  }
}
