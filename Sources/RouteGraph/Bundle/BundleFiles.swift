import CSVTables
import LogisticsModel

/// The files of a bundle, read into memory: `bundle.json` and every `.csv` of the folder.
///
/// Other modules read their own tables from here, so that a folder is read once.
public struct BundleFiles: Sendable {
  /// Name of the manifest.
  public static let manifestName = "bundle.json"

  /// File names with their bytes.
  public let contents: [String: [UInt8]]

  /// Adopts files already in memory (tests, builders).
  public init(contents: [String: [UInt8]]) { self.contents = contents }

  /// Adopts files given as texts.
  public init(texts: [String: String]) {
    self.init(contents: texts.mapValues { Array($0.utf8) })
  }

  /// Reads a folder.
  public static func read(directory: String) throws(FileFault) -> BundleFiles {
    var contents: [String: [UInt8]] = [:]
    for name in try FileReading.names(in: directory)
    where name == manifestName || name.hasSuffix(".csv") {
      contents[name] = try FileReading.bytes("\(directory)/\(name)")
    }
    return BundleFiles(contents: contents)
  }

  /// The names, ascending by bytes.
  public var names: [String] {
    contents.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Parses one CSV file; a missing one counts as empty with these columns.
  ///
  /// Nil when the file has no usable shape; the reason is among the findings.
  func table(
    _ name: String, columns: [String], isRequired: Bool, findings: inout [Finding]
  ) -> CSVTable? {
    guard let bytes = contents[name] else {
      guard isRequired else { return .empty(file: name, columns: columns) }
      findings.append(
        Finding(
          code: BundleCode.fileMissing, file: name,
          message: "the bundle has no \(name); its columns are \(columns.joined(separator: ","))"))
      return nil
    }
    return CSVTable.parse(bytes, file: name, findings: &findings)
  }
}
