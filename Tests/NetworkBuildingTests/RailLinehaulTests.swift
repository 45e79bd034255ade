import Testing

@testable import NetworkBuilding

@Suite struct RailLinehaulTests {
  /// The measured best run of r01 is the time without delay: 9 d 19 h 26 min = 12,960 + 1,140 + 26 minutes, on
  /// Wednesdays and Saturdays as r03 says.
  @Test func fixedScheduleTrain() {
    let leg = WorldFixture.leg("rail-XIA-DUI-fixed")
    #expect(leg["duration_min"] == "14126" && leg["schedule"] == "0010010-1200")
    #expect(leg["time_basis"] == "published" && leg["price_basis"] == "assumed")
  }

  /// Real bulk cards begin at 21 kg to Germany, so the assumed parcel card ends below; Belarus has no bulk card.
  @Test func heavyParcelsAreLeftToTheRealCards() {
    #expect(WorldFixture.leg("rail-XIA-DUI-fixed")["max_weight_g"] == "20999")
    #expect(WorldFixture.leg("rail-XIA-MSQ")["max_weight_g"] == "30000")
  }

  @Test func everyPairOfTerminalsIsServed() {
    let trains = WorldFixture.legs.values.filter { $0["service"] == "rail-parcel" }
    let pairs = Set(trains.map { "\($0["from"] ?? "")>\($0["to"] ?? "")" })
    #expect(pairs.count == 12 * 16)
  }
}
