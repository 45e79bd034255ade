import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite struct ImportRuleReaderTests {
  private static let dutyHeader =
    "rule,destinations,origins,channels,programme,valid_from,valid_to,min_value,max_value,value_currency,"
    + "duty,percent,amount,currency,excess_over,tax_collected,state\n"

  private func findings(
    duties: [String] = [], taxes: [String] = [], fees: [String] = [], rates: [String] = [],
    today: CivilDate? = nil
  ) throws -> [String] {
    var fixture = ImportRulesFixture()
    fixture.duties = Self.dutyHeader + duties.map { $0 + "\n" }.joined()
    fixture.taxes =
      "rule,destinations,subdivision,tax,rate,method,base,valid_from,valid_to,max_value,value_currency\n"
      + taxes.map { $0 + "\n" }.joined()
    fixture.fees =
      "fee,kind,destinations,valid_from,valid_to,unit,amount,currency,state\n"
      + fees.map { $0 + "\n" }.joined()
    fixture.dutyRates =
      "rate,destinations,hs_prefix,percent,origins,valid_from,valid_to\n"
      + rates.map { $0 + "\n" }.joined()
    return try fixture.read(today: today).findings.map(\.description)
  }

  @Test(arguments: [
    (
      "a,ES,,,,2026-07-01,2026-06-30,,,,none,,,,,,",
      "TW-TRF-013: duty_rules.csv:2:7: valid_to 2026-06-30 is before valid_from 2026-07-01"
    ),
    (
      "a,ES,,,,2026-02-30,,,,,none,,,,,,",
      "TW-TRF-013: duty_rules.csv:2:6: valid_from \"2026-02-30\" is no date; write YYYY-MM-DD"
    ),
    (
      "a,ES,,,,,,0,150,XAU,none,,,,,,",
      "TW-TRF-010: duty_rules.csv:2:10: value_currency \"XAU\" is no ISO 4217 currency with a minor unit"
    ),
    (
      "a,ES,,,,,,0,150,,none,,,,,,",
      "TW-TRF-014: duty_rules.csv:2:10: a value band needs a currency"
    ),
    (
      "a,ES,,,,,,200,150,EUR,none,,,,,,",
      "TW-TRF-014: duty_rules.csv:2:9: no value is at least 200 and at most 150"
    ),
    (
      "a,ES,,,,,,0,150.001,EUR,none,,,,,,",
      "TW-TRF-009: duty_rules.csv:2:9: max_value \"150.001\" is no amount in EUR (2 decimals)"
    ),
    (
      "a,ES,,,,,,-1,150,EUR,none,,,,,,",
      "TW-TRF-009: duty_rules.csv:2:8: min_value \"-1\" is no amount in EUR (2 decimals)"
    ),
    (
      "a,Spain,,,,,,,,,none,,,,,,",
      "TW-TRF-024: duty_rules.csv:2:2: destinations: \"Spain\" is no country code; write two capital "
        + "letters, joined by +"
    ),
    (
      "a,ES,!CN+,,,,,,,,none,,,,,,",
      "TW-TRF-024: duty_rules.csv:2:3: origins: \"\" is no country code; write two capital letters, joined by +"
    ),
    (
      "a,ES,,air,,,,,,,none,,,,,,",
      "TW-TRF-015: duty_rules.csv:2:4: unknown channel \"air\"; one of postal, courier"
    ),
    (
      "a,ES,,,Remessa Conforme,,,,,,none,,,,,,",
      "TW-TRF-015: duty_rules.csv:2:5: programme \"Remessa Conforme\" is no word of small letters, such "
        + "as ioss or !remessa_conforme"
    ),
    (
      "a,ES,,,,,,,,,some,,,,,,",
      "TW-TRF-015: duty_rules.csv:2:11: duty \"some\" is unknown; one of none, per_heading, percent, "
        + "percent_excess, percent_less, percent_or_per_kg, per_parcel, tariff, unknown"
    ),
    (
      "a,ES,,,,,,,,,per_heading,,3,,,,",
      "TW-TRF-023: duty_rules.csv:2:14: duty per_heading needs currency"
    ),
    (
      "a,ES,,,,,,,,,none,20,,,,,",
      "TW-TRF-023: duty_rules.csv:2:12: duty none has no use for percent"
    ),
    (
      "a,ES,,,,,,,,,percent,-3,,,,,",
      "TW-TRF-016: duty_rules.csv:2:12: percent -3 is negative; write a discount as a lower fee"
    ),
    (
      "a,ES,,,,,,,,,none,,,,,at the door,",
      "TW-TRF-015: duty_rules.csv:2:16: tax_collected \"at the door\" is unknown; one of clearance, sale, "
        + "sale:PROGRAMME"
    ),
    (
      "a,ES,,,,,,,,,none,,,,,,perhaps",
      "TW-CSV-006: duty_rules.csv:2:17: state \"perhaps\" is not in_force or withheld"
    ),
  ]) func dutyRulesThatCannotBeRead(row: String, finding: String) throws {
    let found = try findings(duties: [row])
    #expect(found.count == 1)
    // The code of the table reader is its own business.
    let place = finding.split(separator: ": ", maxSplits: 1)[1]
    #expect(found.first?.contains(place) == true, "\(found)")
    if !finding.hasPrefix("TW-CSV") { #expect(found.first == "error " + finding) }
  }

  @Test func twoRulesThatBothMatchAreNamed() throws {
    let found = try findings(duties: [
      "a,ES+FR,CN,,,2026-01-01,2026-12-31,0,150,EUR,none,,,,,,",
      "b,FR+IT,,postal,,2026-12-31,,150,,EUR,none,,,,,,",
      // Neither the day, nor the value, nor the channel, nor the programme, nor the origin, nor a withheld rule.
      "c,ES,CN,,,2027-01-01,,0,150,EUR,none,,,,,,",
      "d,ES,CN,,,2026-01-01,2026-12-31,150.01,,EUR,none,,,,,,",
      "e,ES,VN,,,2026-01-01,2026-12-31,0,150,EUR,none,,,,,,",
      "f,ES,CN,,,2026-01-01,2026-12-31,0,150,EUR,none,,,,,,withheld",
    ])
    #expect(
      found == [
        "error TW-TRF-021: duty_rules.csv:3:1: rules a and b both match FR for goods from CN on "
          + "2026-12-31 (the other in line 2); narrow one"
      ])
  }

  @Test func moreProgrammesThanBitsAreRefused() throws {
    let rows = (0..<64).map { "r\($0),ES,,,p\($0),,,,,,none,,,,,," }
    let found = try findings(duties: rows)
    #expect(
      found.first
        == "error TW-TRF-023: duty_rules.csv: 64 programmes are named; at most 63 can be")
    #expect(try !findings(duties: Array(rows.dropLast())).contains { $0.contains("programmes") })
  }

  @Test func currenciesThatNoRateJoinsAreWarnedOf() throws {
    let found = try findings(
      duties: [
        "a,KW,,,,,,,100,KWD,none,,,,,,", "b,KW,,,,,,100.001,,KWD,per_heading,,1,USD,,,",
        // Nothing and more than nothing need no rate.
        "c,CL,,,,,,0,0,CLP,none,,,,,,", "d,CL,,,,,,1,,CLP,per_parcel,,1,KZT,,,",
      ],
      taxes: ["t,KW,,relief,0,,,,,20,KWD"], fees: ["f,handling,RO,,,parcel,25,RON,"],
      today: "2026-11-20")
    #expect(
      found == [
        "warning TW-TRF-011: duty_rules.csv:2:1: a needs KWD, and no rate joins it to EUR; add one to fx.csv",
        "warning TW-TRF-011: duty_rules.csv:3:1: b needs KWD, and no rate joins it to EUR; add one to fx.csv",
        "warning TW-TRF-011: duty_rules.csv:5:1: d needs KZT, and no rate joins it to EUR; add one to fx.csv",
        "warning TW-TRF-011: tax_rules.csv:2:1: t needs KWD, and no rate joins it to EUR; add one to fx.csv",
      ])
  }

  @Test func bandsOfTwoCurrenciesCannotBeToldApart() throws {
    let found = try findings(duties: [
      "a,ES,,,,,,0,150,EUR,none,,,,,,", "b,ES,,,,,,200,,USD,none,,,,,,",
    ])
    #expect(found.count == 1 && found[0].contains("rules a and b both match"), "\(found)")
  }

  @Test func anAmbiguousImportIsRefusedAtRunTime() throws {
    var fixture = ImportRulesFixture()
    fixture.duties = Self.dutyHeader + "a,ES,,,,,,,,,none,,,,,,\nb,ES,,,,,,,,,none,,,,,,\n"
    let book = try fixture.read()
    let answer = book.rules.assessment(
      of: try Orders.order("ES"), freight: .zero(.eur), clearingOn: "2026-11-20", rates: book.rates,
      tender: "2026-11-20", in: .eur)
    #expect(answer == .failure(Refusal(.importRulesAmbiguous, rule: "a+b")))
  }

  @Test func taxesFeesAndRatesThatClashOrMakeNoSense() throws {
    let found = try findings(
      taxes: [
        "t1,ES,,vat,0.21,,,2020-01-01,2026-12-31,,", "t2,ES+FR,,vat,0.22,,,2026-12-31,,,",
        "t3,US,,sales_tax,0.06,,,,,,", "t4,DE,,vat,19,,,,,,", "t5,DE,,relief,0,,,,,,",
        "t6,DE,,vat,0.19,,goods+duties,,,,", "t7,US,Texas,sales_tax,0.06,,,,,,",
        "t8,DE,,relief,0.1,,,,,20,EUR",
      ],
      fees: [
        "f1,handling,RO,,,parcel,25,RON,", "f2,handling,RO,,,parcel,30,RON,",
        "f3,recycling,RO,,,parcel,1,RON,", "t1,other,RO,,,parcel,1,RON,",
        "f5,other,RO,,,piece,1,RON,",
        "f6,other,RO,,,parcel,1,XDR,",
      ],
      rates: [
        "h1,ES,8518,3.7,,,", "h2,ES+FR,8518,4.7,CN,,", "h3,ES,851830,0,CN,,", "h4,ES,85x,1,,,",
      ])
    #expect(
      found == [
        "error TW-TRF-023: tax_rules.csv:4:3: sales_tax needs a subdivision; the country's own tax is vat",
        "error TW-TRF-023: tax_rules.csv:5:5: rate 19 is 1900 percent; write 0.21 for 21 percent",
        "error TW-TRF-023: tax_rules.csv:6:10: a relief without bounds would exempt everything; give max_value",
        "error TW-TRF-015: tax_rules.csv:7:7: unknown base \"duties\"; one of goods, freight, duty, fee",
        "error TW-TRF-023: tax_rules.csv:8:3: \"Texas\" is no second part of an ISO 3166-2 code",
        "error TW-TRF-023: tax_rules.csv:9:5: a relief has the rate 0, and no method or subdivision",
        "error TW-TRF-015: fees.csv:6:6: unit \"piece\" is unknown; one of parcel, consignment, heading",
        "error TW-TRF-010: fees.csv:7:8: currency \"XDR\" is no ISO 4217 currency with a minor unit",
        "error TW-TRF-024: duty_rates.csv:5:3: hs_prefix \"85x\" is not up to ten digits",
        "error TW-TRF-001: fees.csv:5:1: t1 stands in tax_rules.csv too; ids must differ",
        "error TW-TRF-021: tax_rules.csv:3:1: rules t1 and t2 both match ES from 2026-12-31 (the other in "
          + "line 2); narrow one",
        "error TW-TRF-021: fees.csv:3:1: fees f1 and f2, both of kind handling, match RO for goods from AA "
          + "on 0001-01-01 (the other in line 2); narrow one",
        "error TW-TRF-021: duty_rates.csv:3:1: rates h1 and h2 both match ES from 0001-01-01 (the other in "
          + "line 2); narrow one",
      ])
  }

  @Test func gapsBetweenRulesAreFoundAndTheEndOfKnowledgeIsNone() throws {
    let found = try findings(
      duties: [
        // A gap of one day for the post only.
        "a,ES,,,,2025-01-01,2026-06-30,0,150,EUR,none,,,,,,",
        "b,ES,,courier,,2026-07-01,,0,150,EUR,none,,,,,,",
        "c,ES,,postal,,2026-07-02,2026-12-31,0,150,EUR,none,,,,,,",
        // The end of knowledge, said.
        "d,ES,,postal,,2027-01-01,,0,150,EUR,unknown,,,,,,",
        // A hole of one cent below this.
        "e,ES,,,,2025-01-01,,150.02,,EUR,none,,,,,,",
        // Nothing follows.
        "f,FR,,,,,2026-12-31,,,,none,,,,,,",
      ],
      taxes: ["t,ES,,vat,0.21,,,,2026-12-31,,", "u,ES,,vat,0.22,,,2027-01-02,,,"],
      today: "2026-11-20")
    #expect(
      found == [
        "warning TW-TRF-022: duty_rules.csv:2:1: gap for ES postal from AA: a ends on 2026-06-30 and c "
          + "begins on 2026-07-02; add the rule between, or a row with duty unknown",
        "warning TW-TRF-022: duty_rules.csv:3:1: gap for ES on 2026-07-01: values between the bands of b and "
          + "e fall under no rule",
        "warning TW-TRF-022: duty_rules.csv:4:1: gap for ES on 2026-07-02: values between the bands of c and "
          + "e fall under no rule",
        "warning TW-TRF-022: duty_rules.csv:5:1: gap for ES on 2027-01-01: values between the bands of d and "
          + "e fall under no rule",
        "warning TW-TRF-022: duty_rules.csv:7:1: nothing follows f for FR postal from AA after 2026-12-31; "
          + "add what follows, or a row with duty unknown",
        "warning TW-TRF-022: tax_rules.csv:2:1: no tax rule for ES on 2027-01-01, the day after t ends",
      ])
    // Whoever only asks for a price is not told.
    #expect(try findings(duties: ["f,FR,,,,,2026-12-31,,,,none,,,,,,"]) == [])
  }

  @Test func aGapIsRefusedAtRunTime() throws {
    var fixture = ImportRulesFixture()
    fixture.duties =
      Self.dutyHeader
      + "a,ES,,,,2025-01-01,2026-06-30,,,,none,,,,,,\nb,ES,,,,2026-07-02,,,,,none,,,,,,\n"
    fixture.taxes += "t,ES,vat,0.21\n"
    let book = try fixture.clean()
    func answer(_ day: CivilDate) throws -> Result<ImportAssessment, Refusal> {
      book.rules.assessment(
        of: try Orders.order("ES"), freight: .zero(.eur), clearingOn: day, rates: book.rates,
        tender: "2026-06-01", in: .eur)
    }
    #expect(
      try answer("2026-07-01")
        == .failure(Refusal(.dutyRuleMissing, rule: "ES courier from CN on 2026-07-01")))
    #expect(try answer("2026-06-30").get().lines[2].rule == "a")
    #expect(try answer("2026-07-02").get().lines[2].rule == "b")
  }
}
