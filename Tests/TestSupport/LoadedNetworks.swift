import CSVTables
import Foundation
public import LogisticsModel
public import RouteGraph
public import RoutePlanning
import Tariffs

/// Networks of the repository, loaded once per test process.
public enum LoadedNetworks {
  /// The clock of every test that plans on a shipped network: Friday 20 November 2026, 09:00 in China.
  public static let now = Instant(minutes: 29_918_940)

  /// A bundle of `config/networks` that was refused.
  public struct Refused: Error {
    /// Why.
    public let findings: [Finding]
  }

  /// The shipped world network around ``now``.
  public static let world = Result {
    try load(Fixtures.root(above: #filePath) + "/config/networks/world")
  }
  /// The shipped demo network around ``now``.
  public static let demo = Result {
    try load(Fixtures.root(above: #filePath) + "/config/networks/demo")
  }

  /// The folder of a shipped network.
  public static func folder(_ name: String) -> String {
    Fixtures.root(above: #filePath) + "/config/networks/" + name
  }

  /// Reads a folder from its files, without a snapshot.
  public static func load(_ folder: String, now: Instant = now) throws -> NetworkPlanner {
    try planner(try BundleFiles.read(directory: folder), now: now)
  }

  /// Joins a bundle held in memory with its tariff.
  public static func planner(_ files: BundleFiles, now: Instant = now) throws -> NetworkPlanner {
    let reading = NetworkBundle.read(
      files, zones: SystemZones().catalogue(), window: TimetableWindow(around: now))
    var findings = reading.findings
    guard let bundle = reading.bundle else { throw Refused(findings: findings) }
    func table(_ name: String) -> CSVTable? {
      files.contents[name].flatMap { CSVTable.parse($0, file: name, findings: &findings) }
    }
    let tables = TariffTables { table($0) }
    let tariff = Tariff.read(
      tables, currency: Currency(code: bundle.manifest.currency) ?? .eur, today: nil,
      findings: &findings)
    guard !findings.contains(where: { $0.severity == .error }) else {
      throw Refused(findings: findings)
    }
    return NetworkPlanner(bundle: bundle, tariff: tariff)
  }
}
