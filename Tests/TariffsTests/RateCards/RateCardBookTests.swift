import LogisticsModel
import Tariffs
import Testing

/// The three fee formulas and both conditional divisors on published cards: China Post to Russia (data of
/// 2025-09-15) and CEL to Russia (tariff of 2026-07-24).
@Suite struct RateCardBookTests {
  static let fixture = TariffFixture(
    cards: """
      card,variant,currency,valid_from,valid_to,min_value,max_value,value_currency,max_sum_cm,max_edge_cm,\
      divisor_cm3_per_kg,divisor_sum_over_cm,divisor_edge_from_cm,max_chargeable_g,round_g,min_chargeable_g
      eyoubao,eyoubao,CNY,,,,,,90,60,,,,,,
      eparcel,eparcel,CNY,,,,,,200,105,,,,31000,,
      ems,ems,CNY,,,,,,,105,6000,,40,31000,,
      cel,xs-v1,CNY,,2026-07-23,1,1500,RUB,90,60,,,,,,
      cel,xs-v2,CNY,2026-07-24,,1,1500,RUB,90,60,,,,,,
      cel,small-v2,CNY,2026-07-24,,1501,7000,RUB,150,60,,,,,,
      cel-big,big-v2,CNY,2026-07-24,,1501,7000,RUB,310,150,12000,60,,31000,,
      flat,flat,CNY,,,,,,,,,,,,100,300

      """,
    bands: """
      variant,over_g,upto_g,base,from_g,step_g,per_step
      eyoubao,0,5000,12,0,1,0.06
      eparcel,0,31000,52.5,500,500,15
      ems,0,31000,102,50,50,2.55
      xs-v1,0,500,3.12,0,1,0.0468
      xs-v2,0,500,3.37,0,1,0.0505
      small-v2,0,2000,17.97,0,1,0.0505
      big-v2,2000,31000,40.44,0,1,0.0281
      flat,0,500,8,,,
      flat,500,1000,12.5,,,

      """,
    rates: "date,base,quote,rate\n2026-07-01,CNY,RUB,11.49\n2026-07-01,EUR,RUB,89.27\n")

  @Test func registrationPlusPerGram() throws {
    let tariff = try Self.fixture.clean()
    // 12 + 480 x 0.06 = 40.80; 12 + 1 x 0.06 = 12.06; 12 + 5000 x 0.06 = 312.
    let date = try day("2026-11-20")
    #expect(try tariff.money("eyoubao", Parcel(weight: Grams(480)), on: date) == "40.80 CNY")
    #expect(try tariff.money("eyoubao", Parcel(weight: Grams(1)), on: date) == "12.06 CNY")
    #expect(try tariff.money("eyoubao", Parcel(weight: Grams(5000)), on: date) == "312.00 CNY")
    let refusal = try tariff.refusal("eyoubao", Parcel(weight: Grams(5001)), on: date)
    #expect(refusal == Refusal(.weightNotPriced, rule: "eyoubao", value: 5001))
  }

  @Test func firstWeightPlusSteps() throws {
    let tariff = try Self.fixture.clean()
    let date = try day("2026-11-20")
    // 52.5 up to 500 g; 501 g starts a step: 67.5; 1000 g is one step, 1001 g two: 82.5.
    for (grams, money) in [(500, "52.50"), (501, "67.50"), (1000, "67.50"), (1001, "82.50")] {
      #expect(
        try tariff.money("eparcel", Parcel(weight: Grams(Int64(grams))), on: date) == money + " CNY"
      )
    }
    // 102 + ceil((1001 - 50) / 50) x 2.55 = 102 + 20 x 2.55 = 153.
    #expect(try tariff.money("ems", Parcel(weight: Grams(1001)), on: date) == "153.00 CNY")
  }

  @Test func flatPerBandWithRoundingAndLeastWeight() throws {
    let tariff = try Self.fixture.clean()
    let date = try day("2026-11-20")
    // 1 g counts as 300 g; 401 g is rounded up to 500 g, the end of the first band; 501 g to 600 g.
    for (grams, chargeable, money) in [
      (1, 300, "8.00"), (401, 500, "8.00"), (500, 500, "8.00"), (501, 600, "12.50"),
    ] {
      let parcel = Parcel(weight: Grams(Int64(grams)))
      #expect(try tariff.charge("flat", parcel, on: date).chargeable == Grams(Int64(chargeable)))
      #expect(try tariff.money("flat", parcel, on: date) == money + " CNY")
    }
  }

  @Test func divisor6000OnlyFromAnEdgeOf40Centimetres() throws {
    let tariff = try Self.fixture.clean()
    let date = try day("2026-11-20")
    // 39.9 x 30 x 20 cm: no edge of 40 cm, so 1000 g: 102 + 19 x 2.55 = 150.45.
    let below = Parcel(weight: Grams(1000), dimensions: try Dimensions("39.9x30x20cm"))
    #expect(try tariff.charge("ems", below, on: date).divisor == nil)
    #expect(try tariff.money("ems", below, on: date) == "150.45 CNY")
    // 40 x 30 x 20 cm = 24,000 cm3 / 6000 = 4 kg: 102 + (3950 / 50 = 79) x 2.55 = 303.45.
    let at = Parcel(weight: Grams(1000), dimensions: try Dimensions("40x30x20cm"))
    #expect(try tariff.charge("ems", at, on: date).divisor == 6000)
    #expect(try tariff.charge("ems", at, on: date).chargeable == Grams(4000))
    #expect(try tariff.money("ems", at, on: date) == "303.45 CNY")
  }

  @Test func divisor12000OnlyAboveASumOf60Centimetres() throws {
    let tariff = try Self.fixture.clean()
    let date = try day("2026-11-20")
    // 5000 RUB lies in 1501...7000. Sum 60 cm is not above 60: 2001 g, 40.44 + 2001 x 0.0281 = 96.6681.
    let value = Money(minorUnits: 500_000, try #require(Currency(code: "RUB")))
    let at = Parcel(
      weight: Grams(2001), dimensions: try Dimensions("20x20x20cm"), declaredValue: value)
    #expect(try tariff.charge("cel-big", at, on: date).divisor == nil)
    #expect(try tariff.money("cel-big", at, on: date) == "96.67 CNY")
    // 60 x 50 x 40 cm, sum 150: 120,000 cm3 / 12000 = 10 kg: 40.44 + 10,000 x 0.0281 = 321.44.
    let above = Parcel(
      weight: Grams(2001), dimensions: try Dimensions("60x50x40cm"), declaredValue: value)
    #expect(try tariff.charge("cel-big", above, on: date).divisor == 12_000)
    #expect(try tariff.money("cel-big", above, on: date) == "321.44 CNY")
  }

  @Test func theVariantFollowsDateAndValueInAnotherCurrency() throws {
    let tariff = try Self.fixture.clean()
    // 100 CNY x 11.49 = 1149 RUB: extra small. 3.12 + 300 x 0.0468 = 17.16; from 24 July 3.37 + 15.15 = 18.52.
    let cheap = Parcel(weight: Grams(300), declaredValue: Money(minorUnits: 10_000, .cny))
    #expect(try tariff.money("cel", cheap, on: try day("2026-07-23")) == "17.16 CNY")
    #expect(try tariff.money("cel", cheap, on: try day("2026-07-24")) == "18.52 CNY")
    // 20 EUR x 89.27 = 1785.40 RUB: small, fixed fee 17.97: 17.97 + 15.15 = 33.12.
    let dear = Parcel(weight: Grams(300), declaredValue: Money(minorUnits: 2000, .eur))
    #expect(try tariff.money("cel", dear, on: try day("2026-07-24")) == "33.12 CNY")
  }

  @Test func valueBandsWrittenInWholeUnitsLeaveNoHole() throws {
    let tariff = try Self.fixture.clean()
    let rouble = try #require(Currency(code: "RUB"))
    let date = try day("2026-08-01")
    // The small card starts at 1501: all above 1500.00 is meant. The upper end 7000 is not stretched.
    for (kopecks, variant) in [
      (1, "xs-v2"), (150_000, "xs-v2"), (150_001, "small-v2"), (150_050, "small-v2"),
      (700_000, "small-v2"),
    ] {
      let parcel = Parcel(
        weight: Grams(300), declaredValue: Money(minorUnits: Int64(kopecks), rouble))
      #expect(try tariff.charge("cel", parcel, on: date).variant == variant)
    }
    for kopecks in [0, 700_001] {
      let parcel = Parcel(
        weight: Grams(300), declaredValue: Money(minorUnits: Int64(kopecks), rouble))
      #expect(try tariff.refusal("cel", parcel, on: date).code == .valueOutsideBands)
    }
  }

  @Test func refusalsNameTheNearestReason() throws {
    let tariff = try Self.fixture.clean()
    let rouble = try #require(Currency(code: "RUB"))
    let date = try day("2026-08-01")
    #expect(try tariff.refusal("cel", Parcel(weight: Grams(300)), on: date).code == .valueUnknown)
    let tooDear = Parcel(weight: Grams(300), declaredValue: Money(minorUnits: 700_100, rouble))
    #expect(
      try tariff.refusal("cel", tooDear, on: date)
        == Refusal(.valueOutsideBands, rule: "xs-v2", value: 700_100, limit: 150_000))
    let tooHeavy = Parcel(weight: Grams(501), declaredValue: Money(minorUnits: 100_000, rouble))
    #expect(
      try tariff.refusal("cel", tooHeavy, on: date)
        == Refusal(.weightNotPriced, rule: "xs-v2", value: 501))
    let tooLong = Parcel(
      weight: Grams(300), dimensions: Dimensions(millimetres: 601, 10, 10),
      declaredValue: Money(minorUnits: 100_000, rouble))
    #expect(
      try tariff.refusal("cel", tooLong, on: date)
        == Refusal(.edgeOverLimit, rule: "xs-v2", value: 601, limit: 600))
    let tooBig = Parcel(
      weight: Grams(300), dimensions: Dimensions(millimetres: 400, 400, 101),
      declaredValue: Money(minorUnits: 100_000, rouble))
    #expect(try tariff.refusal("cel", tooBig, on: date).code == .sizeOverLimit)
    let heavy = Parcel(
      weight: Grams(2001), dimensions: try Dimensions("100x80x60cm"),
      declaredValue: Money(minorUnits: 500_000, rouble))
    // 480,000 cm3 / 12000 = 40 kg, more than 31.
    #expect(
      try tariff.refusal("cel-big", heavy, on: date)
        == Refusal(.weightOverLimit, rule: "big-v2", value: 40_000, limit: 31_000))
    #expect(
      try tariff.refusal("cel-big", heavy, on: try day("2026-07-23")).code == .cardNotValid)
  }

  @Test func aValueWithoutRateIsNoRateNotOne() throws {
    let tariff = try Self.fixture.clean()
    let yen = try #require(Currency(code: "JPY"))
    let parcel = Parcel(weight: Grams(300), declaredValue: Money(minorUnits: 1000, yen))
    let refusal = try tariff.refusal("cel", parcel, on: try day("2026-08-01"))
    #expect(refusal == Refusal(.noRate, rule: "JPY/RUB on 2026-08-01"))
    // Before the first row of the pair there is no rate either.
    let early = Parcel(weight: Grams(300), declaredValue: Money(minorUnits: 10_000, .cny))
    #expect(try tariff.refusal("cel", early, on: try day("2026-06-30")).code == .noRate)
  }
}
