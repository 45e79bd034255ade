import Foundation
import LogisticsModel
import TestSupport
import Testing

@testable import NetworkBuilding

/// The whole world: how much there is of it, that it is whole, and that a rebuild gives the same bytes.
@Suite struct WorldNetworkTests {
  @Test func buildsWithoutAnyFinding() {
    #expect(WorldFixture.files["failure"] == nil)
  }

  @Test func hasTheSizeAsked() {
    let nodes = WorldFixture.rows("nodes.csv")
    #expect(nodes.count >= 6_000)
    #expect(WorldFixture.legs.count >= 25_000)
    #expect(nodes.count { $0["kind"] == "origin" } == 126)
    let zones = nodes.filter { $0["kind"] == "zone" }
    #expect(Set(zones.compactMap { $0["country"] }).subtracting(["CN"]).count >= 76)
    // Every prefix of the source is a zone with a node of its own; Luxembourg has nine more spellings.
    #expect(Set(WorldFixture.rows("zones.csv").compactMap { $0["node"] }).count == 4_968)
    #expect(WorldFixture.rows("zones.csv").count == 4_968 + 9)
  }

  @Test func isTheCommittedWorld() throws {
    let folder = "\(WorldFixture.root)/config/networks/world"
    let committed = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(committed == WorldFixture.files.keys.sorted())
    for name in committed {
      let text = try Fixtures.text("\(folder)/\(name)")
      #expect(text == WorldFixture.files[name], "\(name) is not what a rebuild gives: make world")
    }
  }

  @Test func rebuildsToTheSameBytes() throws {
    let again = try WorldNetwork.build(
      sources: WorldFixture.sources, assumptions: WorldFixture.assumptions())
    #expect(again == WorldFixture.files)
  }

  @Test func namesNothingThatIsNotThere() {
    let nodes = Set(WorldFixture.rows("nodes.csv").compactMap { $0["node"] })
    let schedules = Set(WorldFixture.rows("departures.csv").compactMap { $0["schedule"] })
    let calendars = Set(WorldFixture.rows("calendars.csv").compactMap { $0["calendar"] })
    let laws = Set(WorldFixture.rows("delay_laws.csv").compactMap { $0["law"] })
    let cards = Set(WorldFixture.rows("rate_cards.csv").compactMap { $0["card"] })
    let dates = Set(WorldFixture.rows("calendar_dates.csv").compactMap { $0["dates"] } + [""])
    for (id, leg) in WorldFixture.legs {
      #expect(nodes.contains(leg["from"] ?? "") && nodes.contains(leg["to"] ?? ""), "\(id)")
      #expect(laws.contains(leg["law"] ?? ""), "\(id)")
      if leg["kind"] == "S" {
        #expect(schedules.contains(leg["schedule"] ?? ""), "\(id)")
      } else {
        #expect(calendars.contains(leg["calendar"] ?? ""), "\(id)")
      }
      let isPaid = leg["price_basis"] == "included"
      #expect(isPaid ? leg["card"] == "" : cards.contains(leg["card"] ?? ""), "\(id)")
      #expect((Int(leg["duration_min"] ?? "") ?? 0) > 0, "\(id)")
    }
    for file in ["departures.csv", "calendars.csv"] {
      for row in WorldFixture.rows(file) { #expect(dates.contains(row["dates"] ?? "?")) }
    }
  }

  @Test func lawsAddUp() {
    var sums: [String: Int] = [:]
    for row in WorldFixture.rows("delay_laws.csv") {
      sums[row["law"] ?? "", default: 0] += Int(row["weight"] ?? "") ?? 0
    }
    #expect(sums.allSatisfy { $0.value == 1024 })
  }

  @Test func everyNodeHasAWayIn() {
    let entered = Set(WorldFixture.legs.values.compactMap { $0["to"] })
    for node in WorldFixture.rows("nodes.csv") where node["kind"] != "origin" {
      #expect(entered.contains(node["node"] ?? ""), "\(node["node"] ?? "")")
    }
  }

  /// A parcel of every class from every origin city reaches every zone on the map of legs; there are no exceptions.
  @Test(arguments: GoodsClass.allCases) func everyZoneIsReached(goods: GoodsClass) {
    var next: [String: [String]] = [:]
    for leg in WorldFixture.legs.values {
      guard let from = leg["from"], let to = leg["to"] else { continue }
      if (leg["goods"] ?? "").split(separator: "+").contains(Substring(goods.word)) {
        next[from, default: []].append(to)
      }
    }
    let nodes = WorldFixture.rows("nodes.csv")
    let zones = Set(nodes.filter { $0["kind"] == "zone" }.compactMap { $0["node"] })
    for origin in nodes where origin["kind"] == "origin" {
      let start = origin["node"] ?? ""
      var seen: Set<String> = [start]
      var open = [start]
      while let node = open.popLast() {
        for head in next[node] ?? [] where seen.insert(head).inserted { open.append(head) }
      }
      #expect(zones.isSubset(of: seen), "\(start) does not reach all zones with \(goods.word)")
    }
  }

  @Test func reportsEveryGapOfTheAssumptionsAtOnce() throws {
    var entries = try WorldFixture.assumptions().entries
    entries["sea"] = nil
    entries["pickup"] = nil
    do {
      _ = try WorldNetwork.build(
        sources: WorldFixture.sources, assumptions: Assumptions(entries: entries))
      Issue.record("a build without sea and pickup must fail")
    } catch let failure as WorldNetwork.Failure {
      let text = failure.description
      #expect(text.contains("TW-SRC-010") && text.contains("sea") && text.contains("pickup"))
    }
  }

  @Test func reportsAMissingSource() throws {
    var sources = WorldFixture.sources
    sources["air_links.csv"] = nil
    let assumptions = try WorldFixture.assumptions()
    #expect(throws: WorldNetwork.Failure.self) {
      try WorldNetwork.build(sources: sources, assumptions: assumptions)
    }
  }
}
