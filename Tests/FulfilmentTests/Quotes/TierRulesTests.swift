import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

/// Tiers of the demo network: economy by price but not for batteries, standard at two cents an hour, premium.
@Suite struct TierRulesTests {
  private static func rules(
    _ goods: GoodsClass, _ currency: Currency = .eur
  ) throws -> TierRules {
    TierRules(
      try LoadedNetworks.demo.get(), goods: goods, currency: currency, on: "2026-11-20")
  }

  @Test("the acceptance matrix parts the tiers")
  func acceptance() throws {
    let general = try TierRulesTests.rules(.general)
    #expect(general.accepted.map(\.tier) == [.economy, .standard, .premium])
    #expect(general.accepted.map(\.objective) == [.price, .balance, .time])
    #expect(general.refused == [])
    let battery = try TierRulesTests.rules(.battery)
    #expect(battery.accepted.map(\.tier) == [.standard, .premium])
    #expect(battery.refused == [.economy])
  }

  @Test(
    "the value of an hour follows the currency of the quote; without a rate time is worth nothing")
  func valueOfHour() throws {
    #expect(try TierRulesTests.rules(.general).valueOfHour == 2)
    // 0.02 EUR at 8 CNY/EUR.
    #expect(try TierRulesTests.rules(.general, .cny).valueOfHour == 16)
    let dinar = try #require(Currency(code: "KWD"))
    #expect(try TierRulesTests.rules(.general, dinar).valueOfHour == 0)
  }

  /// price x 60 + 2 x minutes: 18,000, 16,000 and 62,000.
  @Test("each tier takes the member that makes its figure least")
  func winners() throws {
    let front = [
      PlanVector(price: 100, promise: 6000, emission: 5),
      PlanVector(price: 200, promise: 2000, emission: 5),
      PlanVector(price: 1000, promise: 1000, emission: 5),
    ]
    func names(_ goods: GoodsClass, _ front: [PlanVector], ready: Int64 = 0) throws -> [String] {
      try TierRulesTests.rules(goods).winners(front, ready: ready).map { position, tiers in
        "\(position) \(tiers.map(\.word).joined(separator: "+"))"
      }
    }
    #expect(try names(.general, front) == ["0 economy", "1 standard", "2 premium"])
    #expect(try names(.battery, front) == ["1 standard", "2 premium"])
    #expect(try names(.general, [front[0]]) == ["0 economy+standard+premium"])
    // 18,000 against 62,000: the cheap one wins two.
    #expect(try names(.general, [front[0], front[2]]) == ["0 economy+standard", "1 premium"])
    #expect(try names(.general, []) == [])
  }
}
