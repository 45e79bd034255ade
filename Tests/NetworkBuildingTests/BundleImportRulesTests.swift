import LogisticsModel
import Testing

@testable import NetworkBuilding

@Suite struct BundleImportRulesTests {
  private func rule(_ id: String) throws -> [String: String] {
    try #require(WorldFixture.rows("duty_rules.csv").first { $0["rule"] == id })
  }

  @Test func figuresComeFromTheSourceAndTheRestFromItsReading() throws {
    let flat = try rule("eu-b")
    #expect(flat["valid_from"] == "2026-07-01" && flat["valid_to"] == "2028-07-01")
    #expect(flat["duty"] == "per_heading" && flat["amount"] == "3" && flat["currency"] == "EUR")
    #expect(flat["destinations"]?.split(separator: "+").count == 27)
    #expect(flat["origins"] == "!" + (flat["destinations"] ?? ""))
    #expect(flat["status"] == "in force" && flat["verification"] == "verified")
    // The reading cuts an open end off, and gives the end of knowledge a row of its own.
    #expect(try rule("us-b")["valid_to"] == "2025-08-28")
    let after = try rule("eu-b-after")
    #expect(after["duty"] == "unknown" && after["status"] == "not known")
    #expect(after["valid_from"] == "2028-07-02" && after["valid_to"] == "")
  }

  @Test func feesStandByThemselvesAndProposalsAreWithheld() {
    let fees = WorldFixture.rows("fees.csv")
    #expect(fees.map { $0["fee"] } == ["it-a", "ro-a", "fr-a"])
    #expect(fees.map { $0["state"] } == ["in_force", "in_force", "withheld"])
    #expect(fees.map { $0["unit"] } == ["consignment", "parcel", "consignment"])
  }

  /// Builds with one source changed and gives what is wrong.
  private func findings(_ file: String, replacing: String, with text: String) throws -> [String] {
    var sources = WorldFixture.sources
    let before = String(decoding: try #require(sources[file]), as: UTF8.self)
    #expect(before.contains(replacing))
    sources[file] = Array(before.replacing(replacing, with: text).utf8)
    do {
      _ = try WorldNetwork.build(sources: sources, assumptions: WorldFixture.assumptions())
      return []
    } catch let failure as WorldNetwork.Failure {
      return failure.findings.map(\.description)
    }
  }

  @Test func aRowWithoutReadingAndAReadingWithoutRowAreFound() throws {
    #expect(
      try findings("customs_rules.csv", replacing: "\nau-a,AU", with: "\nau-b,AU") == [
        "error TW-SRC-003: customs_rule_terms.csv:42: customs_rules.csv has no rule au-a",
        "error TW-SRC-003: customs_rules.csv:32: rule au-b has no row in customs_rule_terms.csv; say how it "
          + "is read",
      ])
  }

  @Test func aReliefThatIsNotTheSourcesIsFound() throws {
    let found = try findings(
      "customs_rules.csv", replacing: "relief limit: 75 USD", with: "relief limit: 80 USD")
    #expect(found.count == 1)
    #expect(found.first?.contains("relief 75 is not what vat_treatment says") == true, "\(found)")
  }
}
