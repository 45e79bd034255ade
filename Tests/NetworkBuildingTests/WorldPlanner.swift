import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

@testable import NetworkBuilding

/// The built world under the real planner.
struct WorldPlanner: Sendable {
  /// Monday of an ordinary week: hardly a holiday in China, Europe or the Gulf in the weeks after it.
  static let monday = CivilDate(year: 2026, month: 11, day: 9) ?? CivilDate.first

  /// Everything loading found.
  let findings: [Finding]
  /// The planner; nil when the world does not load.
  let planner: NetworkPlanner?

  static let shared = WorldPlanner()

  private init() {
    let files = BundleFiles(texts: WorldFixture.files)
    let window = TimetableWindow(first: WorldPlanner.monday.adding(days: -7), days: 154)
    let reading = NetworkBundle.read(
      files, zones: SystemZones().catalogue(), window: window)
    var findings = reading.findings
    func table(_ name: String) -> CSVTable? {
      files.contents[name].flatMap { CSVTable.parse($0, file: name, findings: &findings) }
    }
    let tables = TariffTables { table($0) }
    let tariff = Currency(code: "EUR").map {
      Tariff.read(tables, currency: $0, today: WorldPlanner.monday, findings: &findings)
    }
    if let bundle = reading.bundle, let tariff {
      planner = NetworkPlanner(bundle: bundle, tariff: tariff)
    } else {
      planner = nil
    }
    self.findings = findings
  }
}
