import CSVTables
import Foundation
import LogisticsModel
import TOMLKit
import TestSupport

@testable import NetworkBuilding

/// The world as this checkout builds it, made once for all tests.
struct WorldFixture: Sendable {
  static let root = Fixtures.root(above: #filePath)

  /// The bytes of every source file.
  static let sources: [String: [UInt8]] = {
    var sources: [String: [UInt8]] = [:]
    for name in WorldNetwork.sourceFiles {
      let path = "\(root)/config/sources/\(name)"
      if let data = FileManager.default.contents(atPath: path) { sources[name] = [UInt8](data) }
    }
    return sources
  }()

  /// The decoded assumptions.
  static func assumptions() throws -> Assumptions {
    let text = try Fixtures.text("\(root)/config/assumptions.toml")
    return try TOMLDecoder().decode(Assumptions.self, from: text)
  }

  /// The files of a fresh build.
  static let files: [String: String] = {
    do {
      return try WorldNetwork.build(sources: sources, assumptions: assumptions())
    } catch {
      return ["failure": "\(error)"]
    }
  }()

  /// The rows of one built file, each by column name.
  static func rows(_ file: String) -> [[String: String]] {
    var findings: [Finding] = []
    let bytes = Array((files[file] ?? "").utf8)
    guard let table = CSVTable.parse(bytes, file: file, findings: &findings) else { return [] }
    return (0..<table.rowCount).map { row in
      var record: [String: String] = [:]
      for (column, name) in table.header.enumerated() { record[name] = table.text(row, column) }
      return record
    }
  }

  /// The leg with an id.
  static func leg(_ id: String) -> [String: String] { legs[id] ?? [:] }

  static let legs: [String: [String: String]] = Dictionary(
    rows("legs.csv").map { ($0["leg"] ?? "", $0) }
  ) { first, _ in first }

  /// The bands of a card variant, one text each.
  static func bands(_ variant: String) -> [String] {
    rows("rate_bands.csv").filter { $0["variant"] == variant }.map {
      "(\($0["over_g"] ?? ""), \($0["upto_g"] ?? "")] \($0["base"] ?? "") + \($0["per_step"] ?? "")/\($0["step_g"] ?? "") from \($0["from_g"] ?? "")"
    }
  }
}
