import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import Testing

/// The demo network gives the figures worked out by hand in its README.
@Suite struct DemoBundleTests {
  private func planner() throws -> NetworkPlanner {
    let files = try BundleFiles.read(
      directory: "\(WorldFixture.root)/config/networks/demo")
    let first = try #require(CivilDate(iso: "2026-11-16"))
    var findings: [Finding] = []
    let reading = NetworkBundle.read(
      files, zones: SystemZones().catalogue(), window: TimetableWindow(first: first))
    findings += reading.findings
    func table(_ name: String) -> CSVTable? {
      files.contents[name].flatMap { CSVTable.parse($0, file: name, findings: &findings) }
    }
    let euro = try #require(Currency(code: "EUR"))
    let tables = TariffTables { table($0) }
    let tariff = Tariff.read(tables, currency: euro, today: first, findings: &findings)
    #expect(findings.isEmpty, "\(findings)")
    return NetworkPlanner(bundle: try #require(reading.bundle), tariff: tariff)
  }

  private func front(_ planner: NetworkPlanner, goods: GoodsClass) throws -> [PlannedItinerary] {
    let ready = try #require(CivilDate(iso: "2026-11-20"))
    let question = NetworkPlanner.Question(
      origin: try #require(planner.bundle.nodeID(named: "O-YIWU")),
      destination: try #require(planner.bundle.nodeID(named: "Z-ES-28")),
      parcel: Parcel(
        weight: Grams(480), dimensions: Dimensions(millimetres: 200, 150, 80), goods: goods),
      // 17:30 in Beijing is 09:30 UTC.
      ready: Instant(minutes: Int64(ready.days) * 1440 + 9 * 60 + 30), level: .standard,
      currency: try #require(Currency(code: "EUR")))
    var exact = ExactPlanner<DatedTimetable>()
    return try planner.front(question, with: &exact)
  }

  @Test func theQuoteOfTheReadme() throws {
    let planner = try planner()
    let front = try front(planner, goods: .general)
    #expect(front.map(\.vector.price) == [433, 673])
    // Saturday 28 November 15:00 in Madrid is 14:00 UTC.
    let saturday = try #require(CivilDate(iso: "2026-11-28"))
    #expect(front.last?.vector.promise == Int64(saturday.days) * 1440 + 14 * 60)
    #expect(
      front.last?.legs.map { planner.bundle.legs.name(of: $0) } == [
        "pickup", "truck-pvg", "air", "clear-lgg", "truck-lgg-mad", "lm-28",
      ])
  }

  @Test func batteriesFlyOnly() throws {
    #expect(try front(planner(), goods: .battery).map(\.vector.price) == [673])
  }
}
