import Testing

@testable import NetworkBuilding

/// Bulk cards arrive with their bands mended and their real weekdays.
@Suite struct TrunkLinesTests {
  /// 21-100 and 100+ kilograms: 100 kg stays in the lower band.
  @Test func trunkOverlapIsResolved() {
    #expect(
      WorldFixture.bands("trunk-us-matson-east-us-west") == [
        "(20999, 100000] 0 + 0.0184/1 from 0", "(100000, ] 0 + 0.0159/1 from 0",
      ])
  }

  /// Cut Monday, sail Wednesday, both at 18:00: two days of handling before a Wednesday departure.
  @Test func matsonCutOff() {
    let leg = WorldFixture.leg("line-trunk-us-matson-east-us-west-SHA")
    #expect(leg["handling_min"] == "2880" && leg["schedule"] == "0010000-1800")
    #expect(leg["price_basis"] == "real" && leg["time_basis"] == "published")
  }
}
