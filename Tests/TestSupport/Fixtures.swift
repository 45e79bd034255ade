import Foundation
import CSVTables
import LogisticsModel
public import RoutePlanning

/// Files that lie beside the tests.
public enum Fixtures {
  /// `Fixtures` in the folder of a test file (pass `#filePath`).
  public static func folder(besides file: String) -> String {
    URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures").path
  }

  /// The repository's root, seen from a test file two folders below it (pass `#filePath`).
  public static func root(above file: String) -> String {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }

  /// A whole file as text.
  public static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// The files of a plain network, by name.
  public static func plainFiles(_ folder: String) throws -> [String: String] {
    var files: [String: String] = [:]
    let names = ["legs", "departures", "calendars", "pmf", "rates", "exceptions", "nodes"]
    for name in names.map({ $0 + ".csv" }) {
      let path = folder + "/" + name
      if FileManager.default.fileExists(atPath: path) { files[name] = try text(path) }
    }
    return files
  }

  /// The queries of a query file that has no fault.
  public static func queries(_ path: String) throws -> [PlainQuery] {
    var findings: [Finding] = []
    let bytes = Array(try text(path).utf8)
    let queries =
      CSVTable.parse(bytes, file: path, findings: &findings).map {
        PlainQuery.load($0, findings: &findings)
      } ?? []
    guard findings.isEmpty else { throw PlainNetworkRefused(findings: findings) }
    return queries
  }
}
