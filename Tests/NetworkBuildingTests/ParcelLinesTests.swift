import Testing

@testable import NetworkBuilding

/// Parcel cards arrive in the bundle as they stand in the source.
@Suite struct ParcelLinesTests {
  @Test func wanBKeepsItsHole() {
    #expect(
      WorldFixture.bands("wanb-us-line-us") == [
        "(0, 100] 24 + 0.098/1 from 0", "(100, 200] 22 + 0.092/1 from 0",
        "(700, 2000] 13 + 0.087/1 from 0", "(2000, 30000] 13 + 0.082/1 from 0",
      ])
  }

  /// CEL changed its prices on 24 July 2026; the older version has an open start.
  @Test func celVersions() {
    let variants = WorldFixture.rows("rate_cards.csv").filter {
      $0["card"] == "cel-standard-big-ru"
    }
    #expect(variants.map { $0["valid_from"] ?? "" } == ["", "2026-07-24"])
    #expect(variants.map { $0["valid_to"] ?? "" } == ["2026-07-23", ""])
    for variant in variants {
      #expect(variant["divisor_cm3_per_kg"] == "12000" && variant["divisor_sum_over_cm"] == "60")
      #expect(variant["max_chargeable_g"] == "31000")
      #expect(variant["min_value"] == "1500.01" && variant["max_value"] == "7000")
      #expect(variant["value_currency"] == "RUB")
    }
  }

  /// 10-15 days with a day for delivery: 9 days always; of the span of 4 days the last is left for delivery, so
  /// 15 - 1 - 1 - 9 = 4 days are spread.
  @Test func lineLawOfCainiaoStandard() {
    let leg = WorldFixture.leg("line-cainiao-standard-de-HGH")
    #expect(leg["duration_min"] == "\(9 * 1440)" && leg["law"] == "line-10-15")
    let law = WorldFixture.rows("delay_laws.csv").filter { $0["law"] == "line-10-15" }
    #expect(law.map { $0["delay_min"] ?? "" } == ["0", "1440", "2880", "4320", "5760"])
  }
}
