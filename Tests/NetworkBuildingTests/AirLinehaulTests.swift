import Testing

@testable import NetworkBuilding

@Suite struct AirLinehaulTests {
  /// Shanghai-Frankfurt is 8,860 km by the route table.
  ///
  /// At 830 km/h 640.5 minutes, up to 641, plus 50 for taxi and climb
  /// 691, up to five minutes 695. Three airlines with five departures a week each make 15, evenly spread 14. The
  /// distance band of 500 km ends at 9,000: 7 + 2.4 x 9 = 28.6 CNY/kg.
  @Test func shanghaiToFrankfurt() {
    let leg = WorldFixture.leg("air-PVG-FRA")
    #expect(leg["duration_min"] == "695" && leg["handling_min"] == "360")
    #expect(leg["schedule"]?.hasPrefix("fl-14-") == true)
    #expect(WorldFixture.bands(leg["card"] ?? "") == ["(0, ] 0 + 0.0286/1 from 0"])
    // 620 g/t-km x 8,860 km = 5,493,200 g per tonne = 5,493.2 mg per gram.
    #expect(leg["co2_mg_per_g"] == "5493")
  }

  /// Lone cells, and cells of which nobody says, never on passenger aircraft; freighters take them.
  @Test func loneCellsFlyOnFreightersOnly() {
    let kinds = WorldFixture.rows("restrictions.csv")
      .filter { $0["goods"] == "battery" && $0["scope"] == "service" }
      .reduce(into: [:]) { $0[$1["key"] ?? ""] = $1["battery"] }
    #expect(kinds["air-belly"] == "alone+unknown")
    #expect(kinds["air-domestic"] == "alone+unknown")
    #expect(kinds["air-freighter"] == nil)
    // No kind is named: nothing with batteries goes by sea.
    #expect(kinds["sea-parcel"]?.isEmpty == true)
    #expect(WorldFixture.leg("air-PVG-FRA")["goods"] == "general+battery+liquid+textile")
    #expect(WorldFixture.leg("frt-PVG-LGG")["goods"] == "general+battery+liquid+textile")
  }

  /// 10,414 km are beyond a full freighter's range of 8,500: 752.9 up to 753, + 60 + 120 for the stop = 933, up to 935.
  @Test func freightersRefuel() {
    #expect(WorldFixture.leg("frt-PVG-LAX")["duration_min"] == "935")
  }

  /// Ukraine has no flights; none go between Russia or Belarus and the European Union.
  @Test func nobodyFliesToAClosedSky() {
    let countries = Dictionary(
      WorldFixture.rows("nodes.csv").map { ($0["node"] ?? "", $0["country"] ?? "") }
    ) { first, _ in first }
    for leg in WorldFixture.legs.values
    where leg["mode"] == "air" && leg["service"]?.hasPrefix("air") == true {
      let (from, to) = (countries[leg["from"] ?? ""] ?? "", countries[leg["to"] ?? ""] ?? "")
      #expect(to != "UA")
      #expect(!(from == "RU" && ["DE", "CY", "LV", "BG"].contains(to)), "\(leg["leg"] ?? "")")
      #expect(!(to == "BY" && ["DE", "FI"].contains(from)), "\(leg["leg"] ?? "")")
    }
  }
}
