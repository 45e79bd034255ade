import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// The shipped world network, read once.
enum World {
  /// The clock of every benchmark: Friday 20 November 2026, 09:00 in China.
  static let now = Instant(minutes: 29_918_940)
  /// The tender date of every price.
  static let date = CivilDate(days: Int(now.minutes / 1440))

  /// The folder of the bundle, seen from this file.
  static let folder =
    #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
    + "/config/networks/world"

  static let planner: NetworkPlanner = {
    do {
      let network = try NetworkLoader().load(folder, now: now, cacheDirectory: nil)
      return NetworkPlanner(bundle: network.bundle, tariff: tariff())
    } catch {
      fatalError("the world network of \(folder) does not load: \(error)")
    }
  }()

  /// Reads the tariff from its files.
  static func tariff() -> Tariff {
    var findings: [Finding] = []
    let tables = TariffTables { name in
      (try? FileBytes.read(folder + "/" + name)).flatMap {
        CSVTable.parse($0, file: name, findings: &findings)
      }
    }
    return Tariff.read(tables, currency: .eur, today: nil, findings: &findings)
  }

  /// The first questions of a seed.
  static func questions(_ count: Int, seed: UInt64 = 1) -> [NetworkPlanner.Question] {
    var generator = RequestGenerator(planner, seed: seed, now: now)
    return (0..<count).map { _ in generator.next() }
  }
}
