import Glibc
import LogisticsModel
import RouteGraph
import RoutePlanning
import Testing

/// A priced, dated option from every origin city to every destination country, by the real planner.
///
/// Every sixth of the 126 x 76 pairs, others for other goods, so that every city and every country is asked for many times;
/// `TRADEWIND_TEST_EVERY_PAIR=1` asks for all.
@Suite struct WorldCoverageTests {
  private static let stride = getenv("TRADEWIND_TEST_EVERY_PAIR") == nil ? 6 : 1

  @Test(arguments: [GoodsClass.general, .battery]) func everyCountryHasAnOption(
    goods: GoodsClass
  ) throws {
    let planner = try #require(WorldPlanner.shared.planner)
    let euro = try #require(Currency(code: "EUR"))
    let rows = WorldFixture.rows("nodes.csv")
    let origins = rows.filter { $0["kind"] == "origin" }.compactMap { $0["node"] }
    var zoneOf: [String: String] = [:]
    for row in rows where row["kind"] == "zone" && row["country"] != "CN" {
      zoneOf[row["country"] ?? ""] = zoneOf[row["country"] ?? ""] ?? row["node"]
    }
    #expect(zoneOf.count == 76)
    let zones = zoneOf.values.sorted()
    var exact = ExactPlanner<DatedTimetable>()
    let ready = Int64(WorldPlanner.monday.days) * 1440 + 2 * 60
    var asked = 0
    var empty: [String] = []
    var most: Duration = .zero
    var options = 0
    let clock = ContinuousClock()
    let start = clock.now
    for (index, origin) in origins.enumerated() {
      for (number, zone) in zones.enumerated()
      where (index + number + (goods == .general ? 0 : 3)) % Self.stride == 0 {
        let from = try #require(planner.bundle.nodeID(named: origin))
        let to = try #require(planner.bundle.nodeID(named: zone))
        let question = NetworkPlanner.Question(
          origin: from, destination: to, parcel: Parcel(weight: Grams(480), goods: goods),
          ready: Instant(minutes: ready), level: .standard, currency: euro)
        var front: [PlannedItinerary] = []
        let took = try clock.measure { front = try planner.front(question, with: &exact) }
        most = max(most, took)
        asked += 1
        options += front.count
        if front.isEmpty { empty.append("\(origin)>\(zone)") }
      }
    }
    let spent = clock.now - start
    print(
      "\(goods.word): \(asked) pairs, \(options) non-dominated itineraries, \(empty.count) without; "
        + "\(spent / asked) a search, \(most) at most, \(exact.widened) widened")
    #expect(empty.isEmpty, "\(empty.prefix(10))")
  }
}
