import CSVTables
import LogisticsModel

/// The state or province a destination lies in, where tax depends on it.
///
/// Read from subdivisions.csv; a node that does not stand there has none that is known, and the order has to say.
public struct Subdivisions: Hashable, Sendable {
  private let codes: [String: String]

  /// Nothing is known.
  public static let none = Subdivisions([:])

  init(_ codes: [String: String]) { self.codes = codes }

  /// Second part of the ISO 3166-2 code of the subdivision a node lies in, by the node's id.
  public func code(ofNode node: String) -> String? { codes[node] }
}

enum SubdivisionColumns {
  static let file = "subdivisions.csv"
  static let required = ["node", "subdivision"]
}

extension Subdivisions {
  /// Reads subdivisions.csv; a node stands there once.
  static func read(_ table: CSVTable, findings: inout [Finding]) -> Subdivisions {
    var columns = CSVColumns(table, required: SubdivisionColumns.required)
    defer { findings += columns.findings }
    guard columns.isUsable else { return .none }
    var codes: [String: String] = [:]
    var seen: [String: Int] = [:]
    for row in 0..<table.rowCount {
      guard let node = columns.newID(row, "node", seen: &seen),
        let code = columns.word(
          row, "subdivision", expected: "the second part of an ISO 3166-2 code, such as CA",
          { Subdivisions.code(of: $0) })
      else { continue }
      codes[node] = code
    }
    return Subdivisions(codes)
  }

  /// One to three capital letters or digits.
  private static func code(of text: some StringProtocol) -> String? {
    let isCode =
      (1...3).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
    return isCode ? String(text) : nil
  }
}
