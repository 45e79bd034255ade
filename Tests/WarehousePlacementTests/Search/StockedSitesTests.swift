import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// Sites that pay for every group of goods they keep, against all sets of sites and shelves.
@Suite struct StockedSitesTests {
  static func table(_ seed: UInt64) -> SiteTable {
    var generator = SeededGenerator(seed: seed &+ 31_000)
    let (sites, groups) = (generator.int(2...4), generator.int(1...3))
    let clients = generator.int(2...9)
    var lists = ServiceLists()
    for _ in 0..<clients {
      var row: [(site: Int32, cost: Int64)] = []
      for site in 0..<sites where site == 0 || !generator.chance(oneIn: 4) {
        row.append((Int32(site), generator.integer(0...60) + (site == 0 ? 30 : 0)))
      }
      lists.append(row)
    }
    var table = SiteTable(
      opening: (0..<sites).map { $0 == 0 ? 0 : generator.integer(0...60) },
      demand: Array(repeating: 1, count: clients), service: lists)
    table.stock = StockKeeping(
      group: (0..<clients).map { _ in Int32(generator.int(0...groups - 1)) }, groups: groups,
      cost: (0..<sites * groups).map { $0 < groups ? 0 : generator.integer(0...25) })
    return table
  }

  /// The least cost over all sets of shelves, by the definition: a site with a shelf is open.
  static func least(_ table: SiteTable) throws -> Int64 {
    let stock = try #require(table.stock)
    let shelves = table.siteCount * stock.groups
    var best = Int64.max
    for mask in 0..<1 << shelves {
      var cost: Int64 = 0
      for site in 0..<table.siteCount {
        let kept = mask >> (site * stock.groups) & (1 << stock.groups - 1)
        if kept != 0 { cost += table.opening[site] }
        for group in 0..<stock.groups where kept >> group & 1 == 1 {
          cost += stock.cost(of: group, at: site)
        }
      }
      for client in 0..<table.clientCount where cost < best {
        let entry = table.service.entries(of: client).first {
          mask >> (Int(table.service.site[$0]) * stock.groups + Int(stock.group[client])) & 1 == 1
        }
        cost = entry.map { cost + table.service.cost[$0] } ?? Int64.max
      }
      best = min(best, cost)
    }
    return best
  }

  @Test(
    "plans equal full enumeration, bounds never exceed it, and the auditor agrees",
    arguments: 0..<60)
  func enumerated(_ seed: UInt64) throws {
    let table = Self.table(seed)
    let bytes = Array(PlacementFormat.text(of: table).utf8)
    let read = try PlacementFormat.tradewind.read(bytes, file: "f")
    #expect(read.service == table.service && read.stock == table.stock)
    let question = PlacementQuestion(kind: .uncapacitated, forcedOpen: [1])
    let problem = question.problem(on: read)
    let answer = PlacementSolver.solve(problem)
    let least = try Self.least(table)
    #expect(answer.plan?.cost == least)
    let bound = try #require(answer.bound)
    #expect(bound <= least)
    let certificate = PlacementCertificate(
      instance: "f", fingerprint: PlacementCertificate.fingerprint(of: bytes), format: .tradewind,
      question: question, decimals: problem.decimals, count: problem.count,
      value: answer.plan?.cost, bound: bound, plan: answer.plan, proof: answer.proof)
    let verdict = try PlacementAuditor(Array(certificate.text.utf8)).verify(instance: bytes)
    #expect(verdict.bound == bound && verdict.value == least)
  }

  @Test("most of the questions are settled to the end")
  func closed() throws {
    let proved = (0..<60).count {
      PlacementSolver.solve(
        PlacementQuestion(kind: .uncapacitated, forcedOpen: [1]).problem(on: Self.table(UInt64($0)))
      ).isProved
    }
    #expect(proved >= 57, "\(proved) of 60")
  }
}
