import LogisticsModel

/// The lines before the points of a TSPLIB file.
struct TSPLIBHeader {
  /// Points announced.
  private(set) var dimension = 0
  /// The bytes of the points; nil where there are none.
  private(set) var body: Range<Int>?
  private(set) var findings: [Finding] = []

  init(_ bytes: [UInt8], file: String) {
    var first = 0
    var line = 0
    while first < bytes.count, body == nil {
      line += 1
      let end = bytes[first...].firstIndex(of: 0x0A) ?? bytes.count
      let text = String(decoding: bytes[first..<end], as: UTF8.self)
      let parts = text.split(separator: ":", maxSplits: 1).map { trimmed($0) }
      let value = parts.count > 1 ? parts[1] : ""
      switch parts.first ?? "" {
      case "DIMENSION":
        if let number = Int(value), (1...Int(PointDistances.mostPoints)).contains(number) {
          dimension = number
        } else {
          complain(
            file, line, PlacementCodes.outOfRange,
            "DIMENSION \(value) is not within 1...\(PointDistances.mostPoints)")
        }
      case "EDGE_WEIGHT_TYPE" where value != "EUC_2D":
        complain(
          file, line, PlacementCodes.structure,
          "EDGE_WEIGHT_TYPE \(value) is not read; points in the plane (EUC_2D) are")
      case "NODE_COORD_SECTION":
        let start = min(end + 1, bytes.count)
        body = start..<TSPLIBHeader.end(of: bytes, from: start)
      default: break
      }
      first = end + 1
    }
    if body == nil {
      complain(file, line, PlacementCodes.structure, "there is no NODE_COORD_SECTION")
    } else if dimension == 0, findings.isEmpty {
      complain(file, line, PlacementCodes.structure, "there is no DIMENSION before the points")
    }
  }

  /// Where the points end: at `EOF`, or with the file.
  private static func end(of bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "E"),
        position == start || bytes[position - 1] < 0x21,
        bytes[position...].starts(with: "EOF".utf8)
      {
        return position
      }
      position += 1
    }
    return bytes.count
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last.isWhitespace { text.removeLast() }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    return String(text)
  }

  private mutating func complain(_ file: String, _ line: Int, _ code: String, _ message: String) {
    findings.append(Finding(code: code, file: file, line: line, message: message))
  }
}
