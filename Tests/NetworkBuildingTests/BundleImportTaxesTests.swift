import Testing

@testable import NetworkBuilding

@Suite struct BundleImportTaxesTests {
  private func taxes(_ country: String) -> [[String: String]] {
    WorldFixture.rows("tax_rules.csv").filter { $0["destinations"] == country }
  }

  @Test func datedRatesKeepTheirDatesAndUndatedOnesTheirDoubt() {
    let estonia = taxes("EE")
    #expect(estonia.map { $0["rate"] } == ["0.2", "0.22", "0.24"])
    #expect(estonia.map { $0["valid_from"] } == ["2009-07-01", "2024-01-01", "2025-07-01"])
    #expect(estonia.allSatisfy { $0["verification"] == "verified" })
    #expect(taxes("SG").map { $0["verification"] } == ["listed"])
    #expect(taxes("RU").allSatisfy { $0["verification"] == "unverified" })
    #expect(taxes("KG").map { $0["verification"] } == ["unverified"])
  }

  @Test func whatTheAssumptionsCorrectReplacesTheTable() {
    #expect(taxes("TH").map { $0["rate"] } == ["0.07"])
    #expect(taxes("BR").map { [$0["rate"], $0["method"]] } == [["0.17", "inclusive"]])
  }

  @Test func partsOfCountriesAreSubdivisions() {
    #expect(taxes("ES").map { $0["subdivision"] } == ["", "CN"])
    // 45 states and the District of Columbia, and the five states without a tax.
    let states = taxes("US").filter { $0["tax"] == "sales_tax" }
    #expect(states.count == 46 + 5)
    #expect(
      states.filter { $0["rate"] == "0" }.compactMap { $0["subdivision"] } == [
        "AK", "DE", "MT", "NH", "OR",
      ])
    #expect(taxes("CA").count { $0["tax"] == "sales_tax" } == 13)
  }

  @Test func reliefsAreThoseOfTheImportRules() {
    let reliefs = WorldFixture.rows("tax_rules.csv").filter { $0["tax"] == "relief" }
    #expect(reliefs.count == 16)
    #expect(reliefs.first { $0["destinations"] == "IL" }?["max_value"] == "75")
  }
}
