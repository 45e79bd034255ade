import CSVTables
public import LogisticsModel

/// The files of a bundle, read into memory: `bundle.json` and every `.csv` of the folder.
///
/// Other modules read their own tables from here, so that a folder is read once.
public struct BundleFiles: Sendable {
  /// Name of the manifest.
  public static let manifestName = "bundle.json"

  /// File names with their bytes.
  public let contents: [String: [UInt8]]

  /// Files that are there but could not be read: too large, no permission.
  public let faults: [Finding]

  /// Adopts files already in memory (tests, builders).
  public init(contents: [String: [UInt8]], faults: [Finding] = []) {
    self.contents = contents
    self.faults = faults
  }

  /// Adopts files given as texts.
  public init(texts: [String: String]) {
    self.init(contents: texts.mapValues { Array($0.utf8) })
  }

  /// Reads a folder.
  public static func read(directory: String) throws(FileFault) -> BundleFiles {
    var contents: [String: [UInt8]] = [:]
    var faults: [Finding] = []
    for name in try Folders.names(in: directory)
    where name == manifestName || name.hasSuffix(".csv") {
      do throws(FileBytes.Fault) {
        contents[name] = try FileBytes.read("\(directory)/\(name)")
      } catch {
        faults.append(finding(error, name))
      }
    }
    return BundleFiles(contents: contents, faults: faults)
  }

  private static func finding(_ fault: FileBytes.Fault, _ name: String) -> Finding {
    switch fault {
    case .missing:
      Finding(code: BundleCode.fileUnreadable, file: name, message: "the file has just gone away")
    case .unreadable(_, let number):
      Finding(
        code: BundleCode.fileUnreadable, file: name,
        message: "the file cannot be read (errno \(number))")
    case .tooLarge(_, let bytes):
      Finding(
        code: CSVCode.fileTooLarge, file: name,
        message: "\(bytes) bytes, more than the limit of \(CSVTable.Limits().bytes); split the file"
      )
    }
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
      if faults.contains(where: { $0.file == name }) { return nil }
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
