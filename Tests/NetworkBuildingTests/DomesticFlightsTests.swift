import Testing

@testable import NetworkBuilding

@Suite struct DomesticFlightsTests {
  /// Real routes only, from 1,200 km, landside to landside: clearance is at the gateway.
  @Test func farAirportsFeedTheGateways() {
    let flights = WorldFixture.legs.values.filter { $0["service"] == "air-domestic" }
    #expect(!flights.isEmpty)
    for leg in flights {
      #expect(leg["from"]?.hasPrefix("L-") == true && leg["goods"] == "general+liquid+textile")
      #expect(leg["to"]?.hasPrefix("L-") == true || leg["to"]?.hasPrefix("E-") == true)
    }
    // 620 g/t-km times at least 1,200 km is at least 744 mg per gram.
    #expect(flights.allSatisfy { (Int($0["co2_mg_per_g"] ?? "") ?? 0) >= 744 })
    #expect(!WorldFixture.leg("dom-URC-PVG").isEmpty)
  }
}
