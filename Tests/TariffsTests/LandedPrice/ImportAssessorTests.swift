import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite struct ImportAssessorTests {
  private func assess(
    _ fixture: ImportRulesFixture, _ order: ImportOrder, freight: Money, in quote: Currency = .eur
  ) throws -> Result<ImportAssessment, Refusal> {
    let book = try fixture.clean()
    return book.rules.assessment(
      of: order, freight: freight, clearingOn: "2026-11-20", rates: book.rates,
      tender: "2026-10-30",
      in: quote)
  }

  @Test func eachLineIsRoundedInItsOwnCurrencyAndThenConverted() throws {
    // Brazil, priced in euros at 1.25 USD. 40 EUR + 4 EUR = 55 USD: 60 % = 33.00, less 20 = 13.00 USD = 10.40 EUR.
    // ICMS: (44.00 + 10.40) x 0.17 / 0.83 = 11.1421..., 11.14 EUR.
    var order = try Orders.order("BR", ["851830:1:40"])
    order.programmes = ["remessa_conforme"]
    let book = try ImportRulesFixture.world(withTariff: false)
    let answer = try book.rules.assessment(
      of: order, freight: try Money("4.00", .eur), clearingOn: "2026-11-20", rates: book.rates,
      tender: "2026-10-30", in: .eur
    ).get()
    #expect(
      answer.lines.map(\.own.description) == ["40.00 EUR", "4.00 EUR", "13.00 USD", "11.14 EUR"])
    #expect(answer.lines.map(\.amount.amountText) == ["40.00", "4.00", "10.40", "11.14"])
    #expect(answer.total.description == "65.54 EUR")
    #expect(answer.lines[2].rate == "0.6 less 20 USD")
    #expect(answer.lines[3].rate == "0.17 of the price with tax")
    // Every rate used is there with its rows, both directions of the pair.
    #expect(answer.rates.map { "\($0.from)/\($0.to)" } == ["EUR/USD", "USD/EUR"])
    #expect(answer.rates[1].rows.map(\.description) == ["2020-01-01 EUR/USD 1.25"])
    #expect(answer.ratesDate == "2026-10-30")
  }

  @Test func triangulationShowsAsTwoRows() throws {
    // 320 CNY = 40 EUR = 50 USD; no row joins CNY and USD.
    let book = try ImportRulesFixture.world(withTariff: false)
    let answer = try book.rules.assessment(
      of: try Orders.order("MX", ["851830:1:320"], .cny), freight: try Money("5.00", .usd),
      clearingOn: "2026-11-20", rates: book.rates, tender: "2026-10-30", in: .usd
    ).get()
    // 33.5 % of 55.00 = 18.425 -> 18.43.
    #expect(answer.lines.map(\.amount.amountText) == ["50.00", "5.00", "18.43"])
    #expect(
      answer.rates.map { $0.rows.map(\.description) } == [
        ["2020-01-01 EUR/CNY 8", "2020-01-01 EUR/USD 1.25"]
      ])
  }

  @Test func withoutARateThePairAndTheDayAreNamed() throws {
    let book = try ImportRulesFixture.world(withTariff: false)
    let answer = book.rules.assessment(
      of: try Orders.order("KW"), freight: .zero(.eur), clearingOn: "2026-11-20", rates: book.rates,
      tender: "2026-10-30", in: .eur)
    #expect(answer == .failure(Refusal(.noRate, rule: "EUR/KWD on 2026-10-30")))
  }

  @Test func linesOfSeveralOriginsShareFreightByWorth() throws {
    // Duty of 10 % on goods and freight from CN, none from VN. 30 + 10 EUR of goods, 2.01 EUR of freight: the first
    // part has 30/40 of it = 1.5075 -> 1.51, so the second 0.50. Duty: 3.151 -> 3.15. VAT 20 % on 45.16 = 9.032.
    var fixture = ImportRulesFixture()
    fixture.duties = """
      rule,destinations,origins,duty,percent,duty_basis,verification
      china,XA,CN,percent,10,cif,verified
      others,XA,!CN,none,,,verified
      """
    fixture.taxes = "rule,destinations,tax,rate,verification\nvat,XA,vat,0.2,verified\n"
    let answer = try assess(
      fixture, try Orders.order("XA", ["851830:1:20", "610910:1:10:VN", "950300:1:10"]),
      freight: try Money("2.01", .eur)
    ).get()
    #expect(answer.lines.map(\.rule) == [nil, nil, "china", "others", "vat"])
    #expect(answer.lines.map(\.base.amountText) == ["40.00", "2.01", "31.51", "10.00", "45.16"])
    #expect(answer.lines.map(\.amount.amountText) == ["40.00", "2.01", "3.15", "0.00", "9.03"])
    #expect(answer.total.amountText == "54.19")
    #expect(answer.isGuaranteed)
  }

  @Test func theLongestPrefixOfTheTariffCounts() throws {
    // 85: 4 %, 851830: 2 %, all else 10 %. 100 + 100 + 100 EUR of goods without freight: 4 + 2 + 10.
    var fixture = ImportRulesFixture()
    fixture.duties = "rule,destinations,duty,tax,verification\nall,XA,tariff,exempt,verified\n"
    fixture.dutyRates = """
      rate,destinations,hs_prefix,percent,verification
      chapter,XA,85,4,verified
      heading,XA,851830,2,verified
      rest,XA,,10,listed
      """
    let answer = try assess(
      fixture, try Orders.order("XA", ["851712:1:100", "8518300090:1:100", "610910:1:100"]),
      freight: .zero(.eur)
    ).get()
    #expect(answer.lines.dropFirst(2).map(\.amount.amountText) == ["4.00", "2.00", "10.00"])
    #expect(answer.lines.dropFirst(2).map(\.rate) == ["0.04", "0.02", "0.1"])
    #expect(answer.doubts.map(\.rule) == ["rest"])
  }

  @Test func flatChargesByParcelAndHeadingStack() throws {
    // Duty 7 RON a parcel = 1.40 EUR; fees 1.5 EUR a heading x 2 and 0.333 EUR a consignment -> 0.33; VAT 20 % on goods,
    // freight, duty and fees: 20 + 1.40 + 3.00 + 0.33 = 24.73 -> 4.946 -> 4.95.
    var fixture = ImportRulesFixture()
    fixture.duties =
      "rule,destinations,duty,amount,currency,verification\nflat,XA,per_parcel,7,RON,verified\n"
    fixture.fees = """
      fee,kind,destinations,unit,amount,currency,verification
      eco,eco,XA,heading,1.5,EUR,verified
      desk,desk,XA,consignment,0.333,EUR,unverified
      """
    fixture.taxes =
      "rule,destinations,tax,rate,base,verification\nvat,XA,vat,0.2,goods+freight+duty+fee,verified\n"
    let answer = try assess(
      fixture, try Orders.order("XA", ["851830:1:10", "851830:1:5", "610910:1:5"]),
      freight: .zero(.eur)
    ).get()
    #expect(answer.lines.map(\.rule) == [nil, nil, "flat", "eco", "desk", "vat"])
    #expect(answer.lines.map(\.own.description).dropFirst(2).first == "7.00 RON")
    #expect(
      answer.lines.map(\.amount.amountText) == ["20.00", "0.00", "1.40", "3.00", "0.33", "4.95"])
    #expect(answer.doubts.map(\.rule) == ["desk"])
  }

  @Test func partsOfACountryHaveRatesOfTheirOwn() throws {
    let book = try ImportRulesFixture.world(withTariff: false)
    func vat(_ country: String, _ subdivision: String?) throws -> [String?] {
      try book.rules.assessment(
        of: try Orders.order(country, subdivision: subdivision), freight: .zero(.eur),
        clearingOn: "2026-11-20", rates: book.rates, tender: "2026-10-30", in: .eur
      ).get().lines.filter { $0.kind == .vat || $0.kind == .salesTax }.map(\.rate)
    }
    #expect(try vat("ES", nil) == ["0.21"])
    #expect(try vat("ES", "CN") == ["0"])
    #expect(try vat("ES", "MD") == ["0.21"])
    #expect(try vat("PT", "20") == ["0.18"])
  }

  @Test func anAmountBeyondBeliefIsRefused() throws {
    var fixture = ImportRulesFixture()
    fixture.duties = "rule,destinations,duty,percent\nall,XA,percent,1000000\n"
    let order = try Orders.order("XA", ["851830:1:100000000000"])
    #expect(
      try assess(fixture, order, freight: .zero(.eur))
        == .failure(Refusal(.amountOverflow, rule: "all")))
  }

  @Test func aBundleWithoutRulesRefuses() throws {
    let answer = ImportRules.none.assessment(
      of: try Orders.order("ES"), freight: .zero(.eur), clearingOn: "2026-11-20",
      rates: ExchangeRates([]), tender: "2026-11-20", in: .eur)
    #expect(
      answer == .failure(Refusal(.dutyRuleMissing, rule: "ES courier from CN on 2026-11-20")))
  }

  @Test func everyRuleCanBeExplained() throws {
    let rules = try ImportRulesFixture.world(withTariff: false).rules
    let terms = try #require(rules.terms(of: "eu-b"))
    #expect(terms.validity == Validity(from: "2026-07-01", to: "2028-07-01"))
    #expect(terms.verification == .verified && terms.status == "in force")
    #expect(terms.source.hasPrefix("Baker McKenzie"))
    #expect(try #require(rules.terms(of: "fr-a")).isApplied == false)
    #expect(rules.terms(of: "vat-es-2012-09-01")?.source == "kdeldycke/vat-rates")
    #expect(rules.terms(of: "nothing") == nil)
    #expect(rules.programmes == ["ioss", "remessa_conforme"])
  }
}
