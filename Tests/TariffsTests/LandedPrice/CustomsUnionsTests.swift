import CSVTables
import LogisticsModel
import Tariffs
import Testing

/// Territories and channels as their files say, and every fault of the files.
@Suite struct CustomsUnionsTests {
  static func read(
    unions: String = "union,country\n", channels: String = "service,channel\n"
  ) -> (tariff: Tariff, findings: [String]) {
    var findings: [Finding] = []
    let tables = TariffTables(
      unions: CSVTable.parse(
        Array(unions.utf8), file: "customs_unions.csv", findings: &findings),
      channels: CSVTable.parse(
        Array(channels.utf8), file: "import_channels.csv", findings: &findings))
    let tariff = Tariff.read(tables, currency: .eur, today: nil, findings: &findings)
    return (tariff, findings.map { "\($0.code) \($0.file):\($0.line)" })
  }

  @Test("members of a union share a territory, every other country is one by itself")
  func territories() {
    let (tariff, findings) = CustomsUnionsTests.read(
      unions: "union,country\nEU,ES\nEU,BE\nEAEU,RU\n")
    #expect(findings == [])
    #expect(tariff.unions.territory(of: "ES") == ["ES", "BE"])
    #expect(tariff.unions.territory(of: "RU") == ["RU"])
    #expect(tariff.unions.territory(of: "GB") == ["GB"])
  }

  @Test("the first service with a channel decides; without any it is a courier")
  func channels() {
    let (tariff, findings) = CustomsUnionsTests.read(
      channels: "service,channel\nmail,postal\nvan,courier\n")
    #expect(findings == [])
    #expect(tariff.channels.channel(services: ["pickup", "mail"]) == .postal)
    #expect(tariff.channels.channel(services: ["van", "mail"]) == .courier)
    #expect(tariff.channels.channel(services: ["pickup", "air"]) == .courier)
    #expect(tariff.channels.channel(services: []) == .courier)
  }

  @Test("a country in two unions, no country, a service twice, no channel")
  func faults() {
    let (_, findings) = CustomsUnionsTests.read(
      unions: "union,country\nEU,ES\nEAEU,ES\nEU,Spain\n,FR\n",
      channels: "service,channel\nmail,postal\nmail,courier\nvan,carriage\n")
    #expect(
      findings == [
        "TW-TRF-001 customs_unions.csv:3", "TW-CSV-012 customs_unions.csv:4",
        "TW-CSV-014 customs_unions.csv:5", "TW-TRF-001 import_channels.csv:3",
        "TW-CSV-012 import_channels.csv:4",
      ])
  }
}
