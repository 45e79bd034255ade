import Testing

@testable import NetworkBuilding

/// The post card keeps its three kinds of formula.
@Suite struct PostLinesTests {
  /// Ordinary mail is letter post: its assumed card has no divisor, so its size has to be limited.
  @Test func ordinaryMailTakesSmallPacketsOnly() {
    let rows = WorldFixture.rows("restrictions.csv").filter { $0["key"] == "post-ordinary" }
    #expect(rows.contains { $0["max_edge_cm"] == "60" })
    #expect(rows.contains { $0["max_sum_cm"] == "90" })
  }

  /// The three formulas: base and gram, registration and gram to four decimals, first weight and steps.
  @Test func chinaPostFormulas() {
    #expect(WorldFixture.bands("chinapost-pudo-standard-air") == ["(0, 500] 1.9 + 0.065/1 from 0"])
    #expect(WorldFixture.bands("chinapost-eyoubao-discount") == ["(0, 5000] 12 + 0.0255/1 from 0"])
    #expect(WorldFixture.bands("chinapost-express") == ["(0, 31000] 102 + 2.55/50 from 50"])
  }
}
