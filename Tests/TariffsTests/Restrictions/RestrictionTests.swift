import LogisticsModel
import Tariffs
import Testing

@Suite struct RestrictionTests {
  private func refusal(
    _ rows: String, _ parcel: Parcel, on date: String = "2026-11-20", mode: String = "air"
  ) throws -> String? {
    let tariff = try TariffFixture(
      restrictions:
        "restriction,scope,key,goods,max_weight_g,max_edge_cm,max_sum_cm,from,to,reason\n" + rows
    ).clean()
    let leg = NamedLeg(card: nil, service: "s", mode: mode, stage: "linehaul", node: "N")
    let outcome = tariff.outcome(for: leg, parcel: parcel, on: try day(date), in: .eur)
    guard case .refused(let refusal) = outcome else { return nil }
    #expect(refusal.code == .restricted)
    return refusal.rule
  }

  @Test func refusesClassesInScopeAndDates() throws {
    let rule = "no-battery,mode,air,battery,,,,2026-11-20,2026-12-31,lone cells\n"
    let battery = Parcel(weight: Grams(1), goods: .battery)
    #expect(try refusal(rule, battery) == "no-battery")
    #expect(try refusal(rule, Parcel(weight: Grams(1))) == nil)
    #expect(try refusal(rule, battery, mode: "sea") == nil)
    #expect(try refusal(rule, battery, on: "2026-11-19") == nil)
    #expect(try refusal(rule, battery, on: "2026-12-31") == "no-battery")
    #expect(try refusal(rule, battery, on: "2027-01-01") == nil)
  }

  /// A kind that is not named is not refused; that nobody says is a kind of its own.
  @Test func refusesBatteryKinds() throws {
    let header = "restriction,scope,key,goods,battery\n"
    func refused(_ kinds: String, _ battery: BatteryKind?) throws -> Bool {
      let tariff = try TariffFixture(restrictions: header + "cells,mode,air,,\(kinds)\n").clean()
      let leg = NamedLeg(card: nil, service: "s", mode: "air", stage: "linehaul", node: "N")
      let parcel = Parcel(weight: Grams(1), goods: .battery, battery: battery)
      if case .refused = tariff.outcome(
        for: leg, parcel: parcel, on: try day("2026-11-20"), in: .eur)
      {
        return true
      }
      return false
    }
    #expect(try refused("alone", .alone))
    #expect(try !refused("alone", .withEquipment))
    #expect(try !refused("alone", nil))
    #expect(try refused("alone+unknown", nil))
    #expect(try !refused("alone+unknown", .inEquipment))
    #expect(try refused("alone+with_equipment", .withEquipment))
    #expect(try !refused("alone+with_equipment", .inEquipment))
    #expect(try refused("", nil))
    let (_, findings) = try TariffFixture(
      restrictions: header + "cells,mode,air,,loose\n"
    ).read()
    #expect(findings.map(\.code) == [TariffCode.wordUnknown])
  }

  @Test func everyLimitGivenMustBeExceeded() throws {
    let rule = "store,all,,,5000,40,100,,,lockers\n"
    let size = Dimensions(millimetres: 401, 400, 200)
    #expect(try refusal(rule, Parcel(weight: Grams(5001), dimensions: size)) == "store")
    #expect(try refusal(rule, Parcel(weight: Grams(5000), dimensions: size)) == nil)
    let shorter = Dimensions(millimetres: 400, 400, 201)
    #expect(try refusal(rule, Parcel(weight: Grams(5001), dimensions: shorter)) == nil)
    let smaller = Dimensions(millimetres: 401, 400, 199)
    #expect(try refusal(rule, Parcel(weight: Grams(5001), dimensions: smaller)) == nil)
    // An unknown size exceeds nothing.
    #expect(try refusal(rule, Parcel(weight: Grams(5001))) == nil)
  }

  @Test func theFirstRuleInTheFileIsNamed() throws {
    let rules = "b,all,,,,,,,,\na,all,,,,,,,,\n"
    #expect(try refusal(rules, Parcel(weight: Grams(1))) == "b")
  }

  @Test(arguments: [
    ("r,all,,lava,,,,,,", "TW-TRF-015"), ("r,mode,,,,,,,,", "TW-TRF-017"),
    ("r,all,,,-1,,,,,", "TW-CSV-013"), ("r,all,,,,x,,,,", "TW-TRF-019"),
    ("r,all,,,,,,2026-02-02,2026-02-01,", "TW-TRF-013"), ("r,all,,,,,,,2026-01-01,", "TW-TRF-012"),
    (",all,,,,,,,,", "TW-CSV-014"),
  ])
  func findsOneFaultPerFaultyRow(row: String, code: String) throws {
    let found = try TariffFixture(
      restrictions:
        "restriction,scope,key,goods,max_weight_g,max_edge_cm,max_sum_cm,from,to,reason\n\(row)\n"
    ).read(today: try day("2026-11-20")).findings
    #expect(found.map(\.code) == [code])
  }
}
