import Testing

@testable import NetworkBuilding

@Suite struct SeaLinehaulTests {
  /// Shanghai-Los Angeles is 10,648 km by the source; at 33 km/h 19,360 minutes, plus 2,160 for port calls makes
  /// 21,520, up to the hour 21,540: 14.96 days.
  @Test func shanghaiToLosAngeles() {
    let leg = WorldFixture.leg("sea-CNSHA-USLAX")
    #expect(leg["duration_min"] == "21540")
    #expect(leg["handling_min"] == "2880")
    // 8 g/t-km x 10,648 km = 85,184 g per tonne = 85.184 mg per gram.
    #expect(leg["co2_mg_per_g"] == "85")
    #expect(leg["price_basis"] == "assumed" && leg["time_basis"] == "computed")
  }

  /// Rotterdam has two legs: by Suez from the date assumed, 19,610 km; round the Cape always, 25,759 km at 38 km/h
  /// = 40,672.1 up to 40,673, + 3,600 = 44,273, up to the hour 44,280: 30.75 days.
  @Test func rotterdamDirectAndDiverted() {
    #expect(WorldFixture.leg("sea-CNSHA-NLRTM-cape")["duration_min"] == "44280")
    let direct = WorldFixture.leg("sea-CNSHA-NLRTM")
    #expect(direct["schedule"]?.hasSuffix("from20270101") == true)
    #expect(WorldFixture.leg("sea-CNSHA-NLRTM-cape")["schedule"]?.contains("from") == false)
  }

  /// 1524 pairs stay of 1,548: twelve ports to Colon and Balboa are left out, and twelve to Odessa.
  @Test func everyPairOfPortsSails() {
    let direct = WorldFixture.legs.keys.filter { $0.hasPrefix("sea-") && !$0.hasSuffix("-cape") }
    #expect(direct.count == 1_548 - 3 * 12)
  }
}
