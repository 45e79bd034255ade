import LogisticsModel
import TestSupport
import Testing

@testable import Fulfilment

/// The demo network, counted by hand from its files.
@Suite struct NetworkStatisticsTests {
  @Test("nodes, legs, departures and cards")
  func counts() throws {
    let statistics = NetworkStatistics(try LoadedNetworks.demo.get(), loadMilliseconds: 12.4)
    #expect(statistics.bundle == "demo@1")
    #expect(statistics.nodes == 11)
    #expect(
      statistics.nodes_by_kind
        == ["origin": 1, "hub": 2, "gateway": 4, "customs": 2, "zone": 2])
    #expect(statistics.legs == 11)
    #expect(statistics.legs_by_mode == ["road": 7, "air": 1, "sea": 1, "handling": 2])
    #expect(
      statistics.legs_by_stage == [
        "pickup": 1, "consolidation": 2, "linehaul": 2, "import": 2, "distribution": 2,
        "last_mile": 2,
      ])
    #expect(statistics.legs_by_kind.values.reduce(0, +) == 11)
    #expect(statistics.legs_by_kind["scheduled"] == 7)
    // 5 collections, 2 x 7 night trucks, 7 flights, 1 sailing, 2 x 7 evening trucks; holidays take a few off.
    #expect((40...41).contains(statistics.departures_per_week))
    #expect(statistics.zones == 2)
    #expect(statistics.countries == 1)
    #expect(statistics.rate_cards == 7)
  }

  @Test("shares are of legs: one real price in eleven is 9.1 percent")
  func shares() throws {
    let network = try DemoNetwork.planner([
      .init("legs.csv", "flight,,720,flight,assumed,assumed", "flight,,720,flight,real,published")
    ])
    let statistics = NetworkStatistics(network, loadMilliseconds: 0)
    #expect(statistics.assumed_share.price == ["assumed": 0.9091, "real": 0.0909])
    #expect(statistics.assumed_share.price_assumed == 0.9091)
    #expect(statistics.assumed_share.time == ["assumed": 0.9091, "published": 0.0909])
    let lines = Dictionary(uniqueKeysWithValues: statistics.lines.map { ($0.name, $0.value) })
    #expect(lines["basis of prices"] == "assumed 90.9%, real 9.1%")
    #expect(lines["basis of times"] == "assumed 90.9%, published 9.1%")
    #expect(lines["legs"] == "11 (road 7, handling 2, air 1, sea 1)")
  }

  @Test("every figure stands by itself for a table")
  func figures() throws {
    let statistics = NetworkStatistics(try LoadedNetworks.demo.get(), loadMilliseconds: 0)
    func value(_ name: String, _ of: String = "") -> String? {
      statistics.counts.first { $0.name == name && $0.of == of }?.value
    }
    #expect(value("nodes") == "11")
    #expect(value("nodes", "gateway") == "4")
    #expect(value("legs_by_mode", "road") == "7")
    #expect(value("share_of_prices", "assumed") == "1.0")
    let keys = statistics.counts.map { "\($0.name) \($0.of)" }
    #expect(Set(keys).count == keys.count)
  }
}
