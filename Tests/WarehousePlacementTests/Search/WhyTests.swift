import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

@Suite struct WhyTests {
  @Test("a site's worth is what full enumeration says without it, or with it", arguments: 0..<20)
  func worth(_ seed: UInt64) throws {
    let table = PlacementSolverTests.table(seed, sites: 5, clients: 8)
    let problem = PlacementProblem(table, sharing: .unlimited)
    let plan = try #require(PlacementSolver.solve(problem).plan)
    let worth = SiteWorth.all(problem, plan, limits: SearchLimits())
    #expect(worth.count == 5)
    for entry in worth {
      var forced = problem
      forced.standing[entry.site] = entry.isOpen ? .closed : .open
      let least = PlacementSolverTests.leastUnlimited(forced)
      #expect(entry.cost == least && entry.bound == least)
      #expect(entry.cost ?? 0 >= plan.cost)
    }
  }

  /// Four places in a row, 10 apart; a site at each.
  static var row: SiteTable {
    var lists = ServiceLists()
    for client in 0..<4 {
      lists.append(dense: (0..<4).map { Int64(abs($0 - client) * 10) }[...])
    }
    return SiteTable(
      opening: [1, 1, 1, 1], capacity: [5, 5, 5, 5], demand: [3, 3, 3, 3], service: lists)
  }

  @Test("too few sites for a reach: both are named, with what each would have to be")
  func reach() throws {
    // Within 0 every place needs its own site; one site reaches all only from the middle, at 20.
    let question = PlacementQuestion(
      kind: .covering, sites: 1, forcedClosed: [4], reach: 0)
    let conflict = try #require(Conflict.find(question, on: Self.row, limits: SearchLimits()))
    // Site 4 being closed is reason enough: place 4 has no other within 0. Reach 10 would do for it, but then one
    // site is too few; so the smallest conflict is the closed site and the reach.
    #expect(conflict.parts.contains { $0.requirement == .reach(0) })
    let only = PlacementQuestion(kind: .covering, sites: 1, reach: 10)
    let second = try #require(Conflict.find(only, on: Self.row, limits: SearchLimits()))
    // With one site 20 is needed; within 10 two sites.
    #expect(
      Set(second.parts) == [
        .init(requirement: .sites(1), enough: 2, helps: true),
        .init(requirement: .reach(10), enough: 20, helps: true),
      ])
  }

  @Test("too little capacity: so much would do")
  func capacity() throws {
    // Twelve units of demand on two sites of five: six each, or a third site.
    let question = PlacementQuestion(kind: .capacitated, sites: 2, capacity: 5)
    let conflict = try #require(Conflict.find(question, on: Self.row, limits: SearchLimits()))
    #expect(
      Set(conflict.parts) == [
        .init(requirement: .sites(2), enough: 3, helps: true),
        .init(requirement: .capacity(5), enough: 6, helps: true),
      ])
  }
}
