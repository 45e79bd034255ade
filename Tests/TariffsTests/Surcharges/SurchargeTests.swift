import LogisticsModel
import Tariffs
import Testing

@Suite struct SurchargeTests {
  static let header =
    "surcharge,kind,scope,key,goods,min_weight_g,max_weight_g,min_edge_cm,max_edge_cm,"
    + "min_second_edge_cm,min_girth_cm,valid_from,valid_to,unit,amount,currency\n"

  /// A card of 10 CNY + 0.05 CNY per gram, and the surcharges given.
  static func fixture(_ rows: String) -> TariffFixture {
    TariffFixture(
      cards: "card,variant,currency\nc,v,CNY\n",
      bands: "variant,over_g,upto_g,base,from_g,step_g,per_step\nv,0,100000,10,0,1,0.05\n",
      surcharges: header + rows, rates: "date,base,quote,rate\n,EUR,CNY,8\n,USD,CNY,7\n")
  }

  private func charge(
    _ rows: String, _ parcel: Parcel, on date: String = "2026-11-20", in currency: Currency = .cny
  ) throws -> LegCharge {
    let tariff = try Self.fixture(rows).clean()
    guard case .sold(let charge) = tariff.outcome("c", parcel, on: try day(date), in: currency)
    else { throw Refusal(.cardUnknown, rule: "not sold") }
    return charge
  }

  @Test func addsPerParcelPerKilogramAndPercentWithoutCompounding() throws {
    let charge = try charge(
      """
      a,fuel,card,c,,,,,,,,,,percent,12.5,
      b,goods,service,svc,,,,,,,,,,kg,3,CNY
      c,remote,node,N,,,,,,,,,,parcel,25,CNY

      """, Parcel(weight: Grams(480)))
    // base 10 + 480 x 0.05 = 34; fuel 12.5 % = 4.25; 0.480 kg x 3 = 1.44; 25. Together 64.69.
    #expect(
      charge.lines.map { "\($0.kind) \($0.money)" } == [
        "base 34.00 CNY", "fuel 4.25 CNY", "goods 1.44 CNY", "remote 25.00 CNY",
      ])
    #expect(charge.total.description == "64.69 CNY")
  }

  @Test func roundsOncePerLegAndTheLinesStillAddUp() throws {
    let charge = try charge(
      "a,fuel,all,,,,,,,,,,,percent,1.5,\nb,goods,all,,,,,,,,,,,kg,0.155,CNY\n",
      Parcel(weight: Grams(111)))
    // base 10 + 5.55 = 15.55; fuel 0.23325; goods 0.111 x 0.155 = 0.017205; sum 15.800455 -> 15.80.
    // Running sums 15.55, 15.78325 -> 15.78, 15.80: lines 15.55, 0.23, 0.02.
    #expect(charge.lines.map(\.money.minorUnits) == [1555, 23, 2])
    #expect(charge.amounts == [Money(minorUnits: 1580, .cny)])
  }

  @Test func chargesInAnotherCurrencyAreConvertedApart() throws {
    let charge = try charge(
      "a,customs,all,,,,,,,,,,,parcel,1.05,USD\n", Parcel(weight: Grams(480)), in: .eur)
    // 34 CNY / 8 = 4.25 EUR; 1.05 USD x 7 / 8 = 0.91875 -> 0.92 EUR (USD to EUR through CNY). 5.17.
    #expect(charge.amounts.map(\.description) == ["34.00 CNY", "1.05 USD"])
    #expect(charge.total.description == "5.17 EUR")
    #expect(charge.rates.map { $0.rows.count } == [1, 2])
  }

  @Test(arguments: [
    // row, weight, size, applies
    ("s,x,all,,,22500,40000,,,,,,,parcel,1,CNY", 22_499, "", false),
    ("s,x,all,,,22500,40000,,,,,,,parcel,1,CNY", 22_500, "", true),
    ("s,x,all,,,22500,40000,,,,,,,parcel,1,CNY", 39_999, "", true),
    ("s,x,all,,,22500,40000,,,,,,,parcel,1,CNY", 40_000, "", false),
    ("s,x,all,,,,,120,240,,,,,parcel,1,CNY", 1, "1200x1x1mm", true),
    ("s,x,all,,,,,120,240,,,,,parcel,1,CNY", 1, "1199x1x1mm", false),
    ("s,x,all,,,,,120,240,,,,,parcel,1,CNY", 1, "2400x1x1mm", false),
    ("s,x,all,,,,,120,240,,,,,parcel,1,CNY", 1, "", false),
    ("s,x,all,,,,,,,76,,,,parcel,1,CNY", 1, "800x760x1mm", true),
    ("s,x,all,,,,,,,76,,,,parcel,1,CNY", 1, "800x759x1mm", false),
    // 1000 + 2 x (500 + 330) = 2660.
    ("s,x,all,,,,,,,,266,,,parcel,1,CNY", 1, "1000x500x330mm", true),
    ("s,x,all,,,,,,,,266,,,parcel,1,CNY", 1, "1000x500x329mm", false),
    ("s,x,all,,battery+liquid,,,,,,,,,parcel,1,CNY", 1, "", false),
    ("s,x,all,,general,,,,,,,,,parcel,1,CNY", 1, "", true),
    ("s,x,all,,,,,,,,,2026-11-20,2026-11-20,parcel,1,CNY", 1, "", true),
    ("s,x,all,,,,,,,,,2026-11-21,,parcel,1,CNY", 1, "", false),
    ("s,x,all,,,,,,,,,,2026-11-19,parcel,1,CNY", 1, "", false),
    ("s,x,mode,air,,,,,,,,,,parcel,1,CNY", 1, "", true),
    ("s,x,mode,sea,,,,,,,,,,parcel,1,CNY", 1, "", false),
    ("s,x,stage,linehaul,,,,,,,,,,parcel,1,CNY", 1, "", true),
    ("s,x,node,M,,,,,,,,,,parcel,1,CNY", 1, "", false),
  ])
  func appliesExactlyWithinItsConditions(
    row: String, grams: Int, size: String, applies: Bool
  ) throws {
    let dimensions = size.isEmpty ? nil : try Dimensions(size)
    let parcel = Parcel(weight: Grams(Int64(grams)), dimensions: dimensions)
    #expect(try charge(row + "\n", parcel).lines.count == (applies ? 2 : 1))
  }

  @Test(arguments: [
    ("s,x,planet,mars,,,,,,,,,,parcel,1,CNY", "TW-TRF-015"),
    ("s,x,mode,,,,,,,,,,,parcel,1,CNY", "TW-TRF-017"),
    ("s,x,all,c,,,,,,,,,,parcel,1,CNY", "TW-TRF-017"),
    ("s,x,card,d,,,,,,,,,,parcel,1,CNY", "TW-TRF-017"),
    ("s,x,all,,,,,,,,,,,piece,1,CNY", "TW-CSV-012"),
    ("s,x,all,,,,,,,,,,,parcel,-1,CNY", "TW-TRF-016"),
    ("s,x,all,,,,,,,,,,,parcel,1,", "TW-CSV-014"),
    ("s,x,all,,,,,,,,,,,percent,1,CNY", "TW-TRF-009"),
    ("s,x,all,,,,,,,,,,,parcel,1,JPY", "TW-TRF-011"),
    ("s,x,all,,,5,5,,,,,,,parcel,1,CNY", "TW-TRF-020"),
    ("s,x,all,,,,,,,,,,2025-01-01,parcel,1,CNY", "TW-TRF-012"),
    ("s,x,all,,,,,,,,,,,parcel,1,CNY\ns,x,all,,,,,,,,,,,parcel,1,CNY", "TW-TRF-001"),
  ])
  func findsOneFaultPerFaultyRow(row: String, code: String) throws {
    let found = try Self.fixture(row + "\n").read(today: try day("2026-11-20")).findings
    #expect(found.map(\.code) == [code])
  }

  @Test func aLegAnotherOnePaysForCarriesNone() throws {
    let tariff = try Self.fixture("a,fuel,all,,,,,,,,,,,parcel,9,CNY\n").clean()
    let leg = NamedLeg(card: nil, service: "svc", mode: "air", stage: "linehaul", node: "N")
    let outcome = tariff.outcome(
      for: leg, parcel: Parcel(weight: Grams(1)), on: try day("2026-01-01"), in: .cny)
    #expect(outcome == .included)
  }
}
