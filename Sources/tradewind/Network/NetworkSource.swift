import ArgumentParser
import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// Loads a network by name or folder and joins it with its tariff.
struct NetworkSource {
  /// Folder of the bundle.
  let directory: String
  /// The clock: it selects the window of days the timetable is written out for.
  let now: Instant
  /// Folder for snapshots.
  let cache: String

  /// A name under `config/networks`, or a folder.
  init(name: String, now: Instant, cache: String) throws {
    let shipped = Home.path("config/networks/" + name)
    if name.contains("/") || name == "." {
      directory = name
    } else {
      directory = InputFiles.isDirectory(shipped) ? shipped : name
    }
    self.now = now
    self.cache = cache
    guard InputFiles.isDirectory(directory) else {
      Streams.complain(
        "error TW-CLI-070: no network \(name): neither a folder nor a name under "
          + "\(Home.path("config/networks")); maybe world or demo")
      throw ExitStatus.missing
    }
  }

  /// The planner, or exit 65 with every finding on standard error.
  func planner() throws -> NetworkPlanner {
    let loaded = try NetworkLoading.load(directory: directory, now: now, cache: cache)
    let errors = loaded.findings.filter { $0.severity == .error }
    guard let planner = loaded.planner, errors.isEmpty else {
      for finding in errors { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    return planner
  }
}

/// Reads a bundle and its tariff from one folder.
enum NetworkLoading {
  /// What came of it.
  struct Loaded {
    let planner: NetworkPlanner?
    let findings: [Finding]
  }

  static func load(directory: String, now: Instant, cache: String) throws -> Loaded {
    let files: BundleFiles
    do {
      files = try BundleFiles.read(directory: directory)
    } catch {
      Streams.complain("error TW-CLI-067: \(directory) cannot be read: \(error)")
      throw ExitStatus.missing
    }
    let reading = NetworkBundle.read(
      files, zones: SystemZones().catalogue(), window: TimetableWindow(around: now))
    var findings = reading.findings
    let tariff = tariff(files, reading.bundle?.manifest.currency ?? "EUR", &findings)
    return Loaded(
      planner: reading.bundle.map { NetworkPlanner(bundle: $0, tariff: tariff) },
      findings: findings)
  }

  private static func tariff(
    _ files: BundleFiles, _ currency: String, _ findings: inout [Finding]
  ) -> Tariff {
    func table(_ name: String) -> CSVTable? {
      files.contents[name].flatMap { CSVTable.parse($0, file: name, findings: &findings) }
    }
    let tables = TariffTables(
      rateCards: table("rate_cards.csv"), rateBands: table("rate_bands.csv"),
      surcharges: table("surcharges.csv"), restrictions: table("restrictions.csv"),
      rates: table("fx.csv"))
    guard let currency = Currency(code: currency) else {
      findings.append(
        Finding(
          code: "TW-CLI-071", file: BundleFiles.manifestName,
          message: "currency \(currency) is not in ISO 4217"))
      return Tariff.read(TariffTables(), currency: .eur, today: nil, findings: &findings)
    }
    return Tariff.read(tables, currency: currency, today: nil, findings: &findings)
  }
}
