import CSVTables
import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

/// Import rules written as CSV text in the test, or those of a shipped network, with round exchange rates.
struct ImportRulesFixture {
  static let root = Fixtures.root(above: #filePath).split(separator: "/").dropLast()
    .reduce("") { $0 + "/" + $1 }

  var duties = "rule,destinations,duty\n"
  var taxes = "rule,destinations,tax,rate\n"
  var fees: String?
  var dutyRates: String?
  /// One euro: 5 lei, 8 yuan, 1.25 dollars, 160 yen.
  var rates = """
    date,base,quote,rate
    2020-01-01,EUR,RON,5
    2020-01-01,EUR,CNY,8
    2020-01-01,EUR,USD,1.25
    2020-01-01,EUR,JPY,160
    """

  struct Book {
    let rules: ImportRules
    let rates: ExchangeRates
    let findings: [Finding]
  }

  func read(today: CivilDate? = nil) throws -> Book {
    var findings: [Finding] = []
    func table(_ text: String?, _ file: String) -> CSVTable? {
      text.flatMap { CSVTable.parse(Array($0.utf8), file: file, findings: &findings) }
    }
    let tables = TariffTables(
      rates: table(rates, "fx.csv"), dutyRules: table(duties, "duty_rules.csv"),
      taxRules: table(taxes, "tax_rules.csv"), fees: table(fees, "fees.csv"),
      dutyRates: table(dutyRates, "duty_rates.csv"))
    let tariff = Tariff.read(tables, currency: .eur, today: today, findings: &findings)
    return Book(rules: tariff.imports, rates: tariff.rates, findings: findings)
  }

  /// The rules, which must have no finding at all.
  func clean() throws -> Book {
    let book = try read()
    #expect(book.findings.map(\.description) == [])
    return book
  }

  /// The rules of the shipped world network, with a tariff of ten per cent on everything if asked.
  static func world(withTariff: Bool, rates: String? = nil) throws -> Book {
    let folder = root + "/config/networks/world/"
    var fixture = ImportRulesFixture()
    fixture.duties = try Fixtures.text(folder + "duty_rules.csv")
    fixture.taxes = try Fixtures.text(folder + "tax_rules.csv")
    fixture.fees = try Fixtures.text(folder + "fees.csv")
    if let rates { fixture.rates = rates }
    if withTariff {
      fixture.dutyRates = """
        rate,destinations,hs_prefix,percent,verification
        ten,!ZZ,,10,verified
        """
    }
    let book = try fixture.read()
    #expect(book.findings.filter { $0.severity == .error }.map(\.description) == [])
    return book
  }
}
