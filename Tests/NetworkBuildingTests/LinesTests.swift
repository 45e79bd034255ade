import Testing

@testable import NetworkBuilding

/// Real cards arrive in the bundle as they stand in the sources.
@Suite struct LinesTests {
  private func bands(_ variant: String) -> [String] {
    WorldFixture.rows("rate_bands.csv").filter { $0["variant"] == variant }.map {
      "(\($0["over_g"] ?? ""), \($0["upto_g"] ?? "")] \($0["base"] ?? "") + \($0["per_step"] ?? "")/\($0["step_g"] ?? "") from \($0["from_g"] ?? "")"
    }
  }

  @Test func wanBKeepsItsHole() {
    #expect(
      bands("wanb-us-line-us") == [
        "(0, 100] 24 + 0.098/1 from 0", "(100, 200] 22 + 0.092/1 from 0",
        "(700, 2000] 13 + 0.087/1 from 0", "(2000, 30000] 13 + 0.082/1 from 0",
      ])
  }

  /// The three formulas: base and gram, registration and gram to four decimals, first weight and steps.
  @Test func chinaPostFormulas() {
    #expect(bands("chinapost-pudo-standard-air") == ["(0, 500] 1.9 + 0.065/1 from 0"])
    #expect(bands("chinapost-eyoubao-discount") == ["(0, 5000] 12 + 0.0255/1 from 0"])
    #expect(bands("chinapost-express") == ["(0, 31000] 102 + 2.55/50 from 50"])
  }

  /// 21-100 and 100+ kilograms: 100 kg stays in the lower band.
  @Test func trunkOverlapIsResolved() {
    #expect(
      bands("trunk-us-matson-east-us-west") == [
        "(20999, 100000] 0 + 0.0184/1 from 0", "(100000, ] 0 + 0.0159/1 from 0",
      ])
  }

  /// Cut Monday, sail Wednesday, both at 18:00: two days of handling before a Wednesday departure.
  @Test func matsonCutOff() {
    let leg = WorldFixture.leg("line-trunk-us-matson-east-us-west-SHA")
    #expect(leg["handling_min"] == "2880" && leg["schedule"] == "0010000-1800")
    #expect(leg["price_basis"] == "real" && leg["time_basis"] == "published")
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
