import Testing

@testable import NetworkBuilding

@Suite struct ImportHubsTests {
  private func hubs(_ country: String) -> [String] {
    WorldFixture.rows("nodes.csv").compactMap { $0["node"] }.filter { $0.hasPrefix("H-\(country)") }
  }

  /// One hub for some 30 million people: the United States eight, Germany four, Spain three, Malta one.
  @Test func populationDecides() {
    #expect(["US", "DE", "ES", "MT"].map { hubs($0).count } == [8, 4, 3, 1])
  }

  /// Liège clears for its own country and, once cleared, feeds hubs of every other member of the union but no hub
  /// outside it.
  @Test func clearedGoodsMoveInTheUnion() {
    let heads = WorldFixture.legs.values.filter { $0["from"] == "C-LGG" }.compactMap { $0["to"] }
    #expect(heads.contains("H-ES1") && heads.contains("H-FI1"))
    #expect(!heads.contains { $0.hasPrefix("H-GB") || $0.hasPrefix("H-CH") })
    let leg = WorldFixture.leg("clear-LGG")
    #expect(leg["kind"] == "W" && leg["calendar"] == "customs-BE" && leg["duration_min"] == "900")
  }
}
