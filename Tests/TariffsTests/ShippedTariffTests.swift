import CSVTables
import LogisticsModel
import Tariffs
import TestSupport
import Testing

/// The tariff of the shipped world network, read from the repository: real figures, charged and refused.
@Suite struct ShippedTariffTests {
  private func read() throws -> (tariff: Tariff, findings: [Finding]) {
    let folder = Fixtures.root(above: #filePath) + "/config/networks/world/"
    var findings: [Finding] = []
    func table(_ name: String) throws -> CSVTable? {
      // No tariff by HS code is at hand.
      guard name != "duty_rates.csv" else { return nil }
      return CSVTable.parse(
        Array(try Fixtures.text(folder + name).utf8), file: name, findings: &findings)
    }
    let tables = try TariffTables { try table($0) }
    let tariff = Tariff.read(tables, currency: .eur, today: nil, findings: &findings)
    return (tariff, findings)
  }

  @Test func hasNoErrorAndNamesTheHoleOfItsSource() throws {
    let (tariff, findings) = try read()
    #expect(findings.filter { $0.severity == .error }.map(\.description) == [])
    #expect(tariff.cards.families.count > 300)
    // The source of the WanB card has no price between 200 and 700 g.
    let holes = findings.filter { $0.code == "TW-TRF-006" }.map(\.message)
    #expect(
      holes == [
        "nothing prices 201 to 700 g of variant wanb-us-line-us; such parcels are refused"
      ])
  }

  @Test func chargesTheFiguresOfItsSources() throws {
    let tariff = try read().tariff
    let date = try day("2026-10-15")
    let value = Money(minorUnits: 1000, .eur)
    // e-packet 12 + 480 x 0.06 = 40.80; e-EMS 102 + ceil(430 / 50) x 2.55 = 102 + 9 x 2.55 = 124.95;
    // CEL Standard Extra Small from 24 July 3.37 + 480 x 0.0393 = 22.234 (10 EUR is below 1500 RUB).
    for (card, money) in [
      ("chinapost-eyoubao", "40.80 CNY"), ("chinapost-express", "124.95 CNY"),
      ("cel-standard-xs-ru", "22.23 CNY"),
    ] {
      let parcel = Parcel(weight: Grams(480), declaredValue: value)
      #expect(try tariff.money(card, parcel, on: date) == money, "\(card)")
    }
    // Until 23 July 3.12 + 480 x 0.0364 = 20.592.
    let parcel = Parcel(weight: Grams(480), declaredValue: value)
    #expect(try tariff.money("cel-standard-xs-ru", parcel, on: day("2026-07-23")) == "20.59 CNY")
    #expect(
      try tariff.refusal("wanb-us-line-us", Parcel(weight: Grams(450)), on: date).code
        == .weightNotPriced)
  }
}
