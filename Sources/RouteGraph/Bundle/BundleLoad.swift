public import LogisticsModel

extension NetworkBundle {
  /// What came of reading a bundle.
  public struct Reading: Sendable {
    /// The network; nil when a finding is an error.
    public let bundle: NetworkBundle?
    /// Everything found, errors and warnings, file by file in the order of lines.
    public let findings: [Finding]
  }

  /// Reads, checks and freezes a bundle; every finding is kept, whatever the first one was.
  ///
  /// - Parameters:
  ///   - files: The folder's files.
  ///   - zones: Where zones come from.
  ///   - window: The days to write the timetable out for.
  /// - Returns: The network, if it is sound, and all findings.
  public static func read(
    _ files: BundleFiles, zones: ZoneCatalogue, window: TimetableWindow
  ) -> Reading {
    var validation = BundleValidation(files, zones: zones)
    NetworkValidation(window: window, zones: validation.zones).check(&validation.tables)
    var findings = ordered(validation.tables.findings)
    guard validation.isSound else { return Reading(bundle: nil, findings: findings) }
    let assembly = BundleAssembly(
      tables: validation.tables, zoneTables: validation.zones, window: window)
    let bundle = assembly.network()
    if bundle == nil {
      findings.append(
        Finding(
          code: BundleCode.fileUnreadable, file: BundleFiles.manifestName,
          message: "the bundle could not be put together though no fault was found; "
            + "please report this"))
    }
    return Reading(bundle: bundle, findings: findings)
  }

  /// By file, then line, then column, then as found.
  static func ordered(_ findings: [Finding]) -> [Finding] {
    findings.enumerated().sorted {
      let (left, right) = ($0.element, $1.element)
      if left.file != right.file { return left.file < right.file }
      return (left.line, left.column, $0.offset) < (right.line, right.column, $1.offset)
    }.map(\.element)
  }
}
