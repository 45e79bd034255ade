import Testing

@testable import NetworkBuilding

@Suite struct OriginsAndPickupTests {
  /// Yiwu-Hangzhou is 109 km over the globe, 136 by road.
  ///
  /// At 55 km/h 148.4 up to 149 minutes, plus an hour for the round
  /// 209, up to the half hour 210. Cut-offs 11:00 and 17:00, Monday to Saturday, on China's holidays and make-up days.
  @Test func yiwuToHangzhou() {
    let leg = WorldFixture.leg("pickup-yiwu-HGH")
    #expect(leg["duration_min"] == "210" && leg["handling_min"] == "0")
    #expect(leg["schedule"] == "1111110-1100-1700-CN" && leg["law"] == "none")
  }

  @Test func everyOriginIsCollected() {
    let origins = WorldFixture.rows("nodes.csv").filter { $0["kind"] == "origin" }
    let collected = Set(
      WorldFixture.legs.values.filter { $0["stage"] == "pickup" }.compactMap { $0["from"] })
    #expect(Set(origins.compactMap { $0["node"] }) == collected)
  }

  /// Two cities are called Suzhou: each has its own node, and the bare name leads to both.
  @Test func namesakesStayApart() {
    let rows = WorldFixture.rows("cities.csv").filter {
      $0["country"] == "CN" && $0["city"] == "Suzhou"
    }
    #expect(rows.map { $0["node"] ?? "" } == ["O-suzhou-01", "O-suzhou-04"])
  }

  /// Xinjiang's zone table says UTC+6; its timetables run on Beijing time.
  @Test func urumqiRunsOnBeijingTime() {
    let node = WorldFixture.rows("nodes.csv").first { $0["node"] == "O-urumqi" }
    #expect(node?["tz"] == "Asia/Shanghai")
  }
}
