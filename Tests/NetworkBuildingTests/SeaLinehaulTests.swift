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
    #expect(leg["price_basis"] == "assumed" && leg["time_basis"] == "assumed")
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

@Suite struct SeaLawsTests {
  /// 65.2 percent on time: 1024 x 0.652 x 0.7 = 467.4 -> 467 at once, 200.3 -> 200 after a day; 34.8 percent late:
  /// 106.9 -> 107, 121.2 -> 121, 85.5 -> 86 and 42.8 -> 43; together 1024.
  @Test func mixtureOfOnTimeAndLate() {
    let atoms = WorldDraft.mixture(
      onTimeMillionths: 65_200_000, [[0, 70], [1440, 30]],
      [[2880, 30], [5760, 34], [10080, 24], [14400, 12]])
    #expect(
      atoms == [[0, 467], [1440, 200], [2880, 107], [5760, 121], [10080, 86], [14400, 43]])
  }
}
