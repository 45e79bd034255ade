import Testing

@testable import NetworkBuilding

@Suite struct LastMileTests {
  /// Madrid's zone lies 4 km from Madrid's hub: one round of 480 open minutes; the card of level 100 is 2.60 EUR and
  /// 0.35 EUR per kilogram.
  @Test func madrid() {
    let leg = WorldFixture.leg("lm-ES-28-door")
    #expect(leg["from"] == "H-ES1" && leg["duration_min"] == "480" && leg["kind"] == "W")
    #expect(WorldFixture.bands(leg["card"] ?? "") == ["(0, ] 2.6 + 0.00035/1 from 0"])
  }

  /// Every zone outside China is reached to the door, to a pick-up point and by courier.
  @Test func everyZoneHasItsThreeProducts() {
    let zones = WorldFixture.rows("nodes.csv").filter { $0["kind"] == "zone" }
    for zone in zones where zone["country"] != "CN" {
      let id = (zone["node"] ?? "").dropFirst(2)
      for product in ["door", "point", "express"] {
        #expect(!WorldFixture.leg("lm-\(id)-\(product)").isEmpty, "\(id) \(product)")
      }
    }
  }

  /// The US postal service's own cells: Los Angeles from its hub is zone 1, 7.20 USD up to 113 g; two cells of the
  /// source both end at 454 g (15.999 oz and 1 lb), so the lower one ends a gram before.
  @Test func usPostalCard() {
    let leg = WorldFixture.leg("lm-US-900-usps")
    #expect(leg["card"] == "usps-z1" && leg["price_basis"] == "real")
    let bands = WorldFixture.bands("usps-z1")
    #expect(bands.first == "(0, 113] 7.2 + 0/1 from 0")
    #expect(bands[3...4].map { $0.prefix { $0 != "]" } } == ["(340, 453", "(453, 454"])
  }

  /// Zones add up to their country: Spain's cities to the nearest zone, everybody else spread over all 52.
  @Test("zones stand for the people of their country, origins for those of their city")
  func people() {
    let nodes = WorldFixture.rows("nodes.csv")
    var people: [String: Int] = [:]
    for node in nodes where node["kind"] == "zone" {
      people[node["country"] ?? "", default: 0] += Int(node["population"] ?? "") ?? 0
    }
    let countries = SourceTables(WorldFixture.sources, ledger: FindingLedger()).countries
    for country in countries where country.code != "CN" {
      if let own = people[country.code] { #expect(own >= country.population, "\(country.code)") }
    }
    // China's own zones are reached, but no demand city lies there.
    #expect(people.count == 77 && people["CN"] == 0)
    let population = countries.first { $0.code == "ES" }?.population
    #expect(people["ES"] == population)
    let madrid = nodes.first { $0["node"] == "Z-ES-28" }
    #expect(Int(madrid?["population"] ?? "") ?? 0 > 3_000_000)
    #expect(nodes.first { $0["node"] == "O-shanghai" }?["population"] == "24874500")
    #expect(nodes.allSatisfy { ["zone", "origin"].contains($0["kind"]) || $0["population"] == "" })
  }

  @Test func luxembourgAnswersWithAndWithoutItsLetter() {
    let rows = WorldFixture.rows("zones.csv").filter { $0["country"] == "LU" }
    #expect(rows.map { $0["prefix"] ?? "" } == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "L"])
    #expect(Set(rows.compactMap { $0["node"] }) == ["Z-LU-L"])
  }
}
