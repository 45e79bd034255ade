public import LogisticsModel

/// Makes the world network bundle out of the source tables and the assumptions.
///
/// Pure: no file, no clock, no chance. The same sources and assumptions give the same bytes, because every
/// part walks its rows in file order or by sorted id, and everything written is integer arithmetic.
///
/// ```swift
/// let files = try WorldNetwork.build(sources: sources, assumptions: assumptions)
/// files["legs.csv"]  // the text of one file of the bundle
/// ```
public struct WorldNetwork {
  /// Everything that was wrong with the sources or the assumptions.
  public struct Failure: Error, CustomStringConvertible, Sendable {
    /// What was found, in the order of the build.
    public let findings: [Finding]
    /// One line per finding.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
  }

  /// Names of the source files a build reads.
  public static var sourceFiles: [String] { SourceTables.files }

  /// Builds the bundle.
  ///
  /// - Parameters:
  ///   - sources: bytes of every file named in ``sourceFiles``.
  ///   - assumptions: the decoded `assumptions.toml`.
  /// - Returns: the text of every file of the bundle by name, `bundle.json` included.
  /// - Throws: ``Failure`` with every finding, never the first only.
  /// - Complexity: O(legs log legs); a second or two for the whole world.
  public static func build(
    sources: [String: [UInt8]], assumptions: Assumptions
  ) throws -> [String: String] {
    let ledger = FindingLedger()
    let tables = SourceTables(sources, ledger: ledger)
    guard !ledger.hasErrors else { throw Failure(findings: ledger.findings) }
    var world = WorldDraft(
      tables: tables, assume: AssumptionScope(assumptions, ledger: ledger), ledger: ledger)
    world.addRegions()
    world.addCalendars()
    world.addOriginsAndPickup()
    world.addImportHubs()
    world.addLastMile()
    world.addZonePopulations()
    world.addAirLinehaul()
    world.addSeaLinehaul()
    world.addRailLinehaul()
    world.addRoadLinehaul()
    world.addExpress()
    world.addDomesticFlights()
    world.addPostalDelivery()
    world.addParcelLines()
    world.addPostLines()
    world.addTrunkLines()
    world.addDomesticDelivery()
    world.addSurcharges()
    world.addCustoms()
    world.addTiersAndRates()
    world.addImportRules()
    world.addImportTaxes()
    guard !ledger.hasErrors else { throw Failure(findings: ledger.findings) }
    var files = world.bundle.files()
    files["bundle.json"] = world.bundleDescription()
    return files
  }
}
