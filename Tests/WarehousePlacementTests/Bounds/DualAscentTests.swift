import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// What clients pay at first, against what sites may earn and what the best plan costs.
@Suite struct DualAscentTests {
  @Test(
    "no site earns more than opening it costs, and all pay no more than any plan", arguments: 0..<40
  )
  func feasible(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 31_000)
    let sites = generator.int(1...8)
    var problem = PlacementProblem(
      PlacementSolverTests.table(seed, sites: sites, clients: generator.int(1...14)),
      sharing: .unlimited)
    for site in 0..<sites where generator.chance(oneIn: 5) { problem.standing[site] = .closed }
    for client in problem.leaving.indices where generator.chance(oneIn: 4) {
      problem.leaving[client] = generator.integer(0...80)
    }
    let scaled = ScaledProblem(problem)
    let paid = DualAscent.multipliers(scaled)
    for site in 0..<sites where problem.standing[site] != .closed {
      var earned: Int64 = 0
      for client in 0..<problem.clientCount {
        guard let cost = problem.service.cost(of: client, from: site) else { continue }
        earned += max(0, paid[client] - cost * scaled.scale)
      }
      #expect(earned <= scaled.opening[site])
    }
    guard let least = PlacementSolverTests.leastUnlimited(problem) else { return }
    #expect(paid.reduce(0, +) <= least * scaled.scale)
  }

  @Test("two sites by hand: both clients rise together until a site is paid")
  func byHand() {
    // Client 1 costs 1 and 5, client 2 costs 4 and 2; opening costs 3 and 4. Client 1 pays 1, rises to 4 and has used
    // up site 1. Client 2 pays 2 and rises to 4, where site 1 stops him; site 2 has 2 left.
    var lists = ServiceLists()
    lists.append(dense: [1, 5])
    lists.append(dense: [4, 2])
    let scaled = ScaledProblem(
      PlacementProblem(
        SiteTable(opening: [3, 4], demand: [1, 1], service: lists), sharing: .unlimited),
      scale: 1)
    #expect(DualAscent.multipliers(scaled) == [4, 4])
  }
}
