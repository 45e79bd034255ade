import LogisticsModel
import Tariffs
import Testing

@Suite struct RateCardReaderTests {
  private func findings(
    cards: String = "c,v,CNY", header: String = "card,variant,currency", bands: String,
    rates: String = "", today: CivilDate? = nil
  ) throws -> [String] {
    try TariffFixture(
      cards: header + "\n" + cards + "\n",
      bands: "variant,over_g,upto_g,base,from_g,step_g,per_step\n" + bands + "\n",
      rates: "date,base,quote,rate\n" + rates
    ).read(today: today).findings.map(\.description)
  }

  @Test func findsTheHoleOfTheWanBCardAndRefusesInsideIt() throws {
    // WanB, China to US: 24 + 98/kg to 100 g, 22 + 92/kg to 200 g, then 13 + 87/kg from 700 g.
    let fixture = TariffFixture(
      cards: "card,variant,currency\nwanb-us,wanb-us,CNY\n",
      bands: """
        variant,over_g,upto_g,base,from_g,step_g,per_step
        wanb-us,0,100,24,0,1,0.098
        wanb-us,100,200,22,0,1,0.092
        wanb-us,700,2000,13,0,1,0.087

        """)
    let (tariff, findings) = try fixture.read()
    // 100 g: 24 + 9.8 = 33.80; 101 g: 22 + 9.292 = 31.292.
    #expect(
      findings.map(\.description) == [
        "warning TW-TRF-007: rate_bands.csv:3: variant wanb-us asks less for 101 g than for 100 g "
          + "(31.29 CNY < 33.80 CNY)",
        "warning TW-TRF-006: rate_bands.csv:4: nothing prices 201 to 700 g of variant wanb-us; such "
          + "parcels are refused",
      ])
    let date = try day("2026-11-20")
    for grams in [201, 450, 700] {
      #expect(
        try tariff.refusal("wanb-us", Parcel(weight: Grams(Int64(grams))), on: date)
          == Refusal(.weightNotPriced, rule: "wanb-us", value: Int64(grams)))
    }
    // 22 + 200 x 0.092 = 40.40; 13 + 701 x 0.087 = 73.987.
    #expect(try tariff.money("wanb-us", Parcel(weight: Grams(200)), on: date) == "40.40 CNY")
    #expect(try tariff.money("wanb-us", Parcel(weight: Grams(701)), on: date) == "73.99 CNY")
  }

  @Test func findsThat100KilogramsLieInTwoBands() throws {
    // The trunk card writes 21 to 100 kg at 18.4 and 100 kg and more at 15.9, both ends included.
    #expect(
      try findings(bands: "v,20999,100000,0,0,1,0.0184\nv,99999,,0,0,1,0.0159") == [
        "error TW-TRF-005: rate_bands.csv:3: 100000 g of variant v lie in two bands (the other is "
          + "line 2); end the first where the second begins"
      ])
  }

  @Test(arguments: [
    ("v,0,100,1,0,1,1\nw,0,100,1,0,1,1", "TW-TRF-002"), ("", "TW-TRF-003"),
    ("v,100,100,1,0,1,1", "TW-TRF-004"), ("v,0,100,1.1234567,0,1,1", "TW-TRF-009"),
    ("v,0,100,\"1,5\",0,1,1", "TW-TRF-009"), ("v,0,100,-1,0,1,1", "TW-TRF-016"),
    ("v,0,100,1,0,0,1", "TW-CSV-013"), ("v,0,100,,0,1,1", "TW-CSV-014"),
    ("v,0,1e9,1,0,1,1", "TW-CSV-012"),
  ])
  func findsOneFaultPerFaultyBand(bands: String, code: String) throws {
    let found = try findings(bands: bands)
    #expect(found.count == 1)
    #expect(found.first?.contains(code) == true, "\(found)")
  }

  @Test(arguments: [
    ("card,variant,currency", "c,v,CNY\nd,v,CNY", "TW-TRF-001"),
    ("card,variant,currency", "c,v,CNY\nc,x,XAU", "TW-TRF-010"),
    ("card,variant,currency", "c,v,CNY\nc,x,cny", "TW-TRF-010"),
    ("card,variant,currency,valid_from,valid_to", "c,v,CNY,2026-02-30,", "TW-TRF-013"),
    ("card,variant,currency,valid_from,valid_to", "c,v,CNY,2026-02-02,2026-02-01", "TW-TRF-013"),
    ("card,variant,currency,goods", "c,v,CNY,general+lava", "TW-TRF-015"),
    ("card,variant,currency,min_value,max_value,value_currency", "c,v,CNY,1,2,", "TW-TRF-014"),
    ("card,variant,currency,min_value,max_value,value_currency", "c,v,CNY,3,2,CNY", "TW-TRF-014"),
    ("card,variant,currency,min_value,max_value,value_currency", "c,v,CNY,,,CNY", "TW-TRF-014"),
    (
      "card,variant,currency,min_value,max_value,value_currency", "c,v,CNY,1.005,,CNY", "TW-TRF-009"
    ),
    ("card,variant,currency,max_sum_cm", "c,v,CNY,9.05", "TW-TRF-019"),
    ("card,variant,currency,divisor_sum_over_cm", "c,v,CNY,60", "TW-TRF-020"),
    ("card,variant,currency,basis", "c,v,CNY,guessed", "TW-CSV-012"),
    ("card,variant,currency,valid_to", "c,v,CNY,2026-11-19", "TW-TRF-012"),
  ])
  func findsOneFaultPerFaultyCard(header: String, cards: String, code: String) throws {
    let found = try findings(
      cards: cards, header: header, bands: "v,0,100,1,0,1,1", today: try day("2026-11-20"))
    #expect(found.count == 1)
    #expect(found.first?.contains(code) == true, "\(found)")
  }

  @Test func findsCurrenciesWithoutRate() throws {
    let found = try findings(
      cards: "c,v,CNY,1,2,RUB\nd,w,USD,,,",
      header: "card,variant,currency,min_value,max_value,value_currency",
      bands: "v,0,100,1,0,1,1\nw,0,100,1,0,1,1", rates: "2026-01-01,EUR,USD,1.1\n")
    #expect(
      found == [
        "error TW-TRF-011: rate_cards.csv:2: no rate joins RUB of variant v to CNY; add one to fx.csv",
        "error TW-TRF-011: rate_cards.csv:3: no rate joins USD of variant w to CNY; add one to fx.csv",
      ])
  }

  @Test func findsVariantsThatBothApplyAndProvesItWithAParcel() throws {
    let found = try findings(
      cards: "c,v,CNY,,2026-06-30,\nc,w,CNY,2026-06-30,,battery+liquid",
      header: "card,variant,currency,valid_from,valid_to,goods",
      bands: "v,0,500,1,0,1,1\nw,499,1000,1,0,1,1")
    #expect(
      found == [
        "error TW-TRF-008: rate_cards.csv:3: variants v and w of one card both take a battery parcel of "
          + "500 g on 2026-06-30; separate them by date, class, value or weight, or make them two cards"
      ])
  }

  @Test func variantsApartByDateClassValueOrWeightAreLegal() throws {
    let header =
      "card,variant,currency,valid_from,valid_to,goods,min_value,max_value,value_currency"
    let both = "v,0,500,1,0,1,1\nw,0,500,1,0,1,1"
    for cards in [
      "c,v,CNY,,2026-06-30,,,,\nc,w,CNY,2026-07-01,,,,,",
      "c,v,CNY,,,general,,,\nc,w,CNY,,,battery,,,",
      "c,v,CNY,,,,1,1500,CNY\nc,w,CNY,,,,1501,7000,CNY",
    ] {
      #expect(try findings(cards: cards, header: header, bands: both) == [])
    }
    #expect(
      try findings(cards: "c,v,CNY\nc,w,CNY", bands: "v,0,500,1,0,1,1\nw,500,1000,1,0,1,1") == [])
    // The same two variants in two cards are two products.
    #expect(try findings(cards: "c,v,CNY\nd,w,CNY", bands: both) == [])
  }

  @Test func findsValueBandsThatShareAValue() throws {
    // 1501 takes in all above 1500.00, so 1500.01 to 1500.50 would lie in both.
    for (upper, count) in [("1500", 0), ("1500.50", 1), ("1501", 1)] {
      let found = try findings(
        cards: "c,v,CNY,1,\(upper),CNY\nc,w,CNY,1501,7000,CNY",
        header: "card,variant,currency,min_value,max_value,value_currency",
        bands: "v,0,500,1,0,1,1\nw,0,500,1,0,1,1")
      #expect(found.count == count, "\(upper): \(found)")
    }
  }

  @Test func findsAnOverlapThatOnlyASizeShows() throws {
    // Small: 0 to 2 kg by actual weight. Big: 2 to 30 kg with divisor 12000 above 60 cm: a light, large parcel
    // is 2 kg or less for one and more for the other.
    let found = try findings(
      cards: "c,v,CNY,150,,\nc,w,CNY,310,12000,60",
      header: "card,variant,currency,max_sum_cm,divisor_cm3_per_kg,divisor_sum_over_cm",
      bands: "v,0,2000,1,0,1,0\nw,2000,30000,1,0,1,0")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("error TW-TRF-008") == true, "\(found)")
  }

  @Test func anAmbiguousParcelIsRefusedNotCharged() throws {
    let fixture = TariffFixture(
      cards: "card,variant,currency\nc,v,CNY\nc,w,CNY\n",
      bands: "variant,over_g,upto_g,base\nv,0,500,1\nw,0,500,2\n")
    let tariff = try fixture.read().tariff
    #expect(
      try tariff.refusal("c", Parcel(weight: Grams(1)), on: try day("2026-01-01"))
        == Refusal(.variantsAmbiguous, rule: "v+w"))
  }

  @Test func missingColumnsAreNamed() throws {
    let found = try TariffFixture(cards: "card,variant\nc,v\n").read().findings
    #expect(
      found.map(\.description) == [
        "error TW-CSV-010: rate_cards.csv:1: required column currency is missing"
      ])
  }
}
