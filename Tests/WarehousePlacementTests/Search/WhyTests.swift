import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

@Suite struct WhyTests {
  @Test("a site's worth is what full enumeration says without it, or with it", arguments: 0..<20)
  func worth(_ seed: UInt64) throws {
    let table = PlacementSolverTests.table(seed, sites: 5, clients: 8)
    let question = PlacementQuestion(kind: .uncapacitated)
    let problem = question.problem(on: table)
    let plan = try #require(PlacementSolver.solve(problem).plan)
    let worth = SiteWorth.all(question, on: table, plan, limits: SearchLimits())
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

  @Test("with a budget, a greatest distance or levels, each site's other case is solved as asked")
  func otherKinds() throws {
    let table = Self.row
    let center = PlacementQuestion(kind: .center, sites: 2)
    let reached = CenterSearch.solve(table, question: center, limits: SearchLimits())
    // Two sites at one end of each half reach 10; any other pair as well, but not with three quarters closed.
    #expect(reached.reach == 10)
    let plan = try #require(reached.plan)
    for entry in SiteWorth.all(center, on: table, plan, limits: SearchLimits()) {
      var changed = center
      if entry.isOpen {
        changed.forcedClosed = [entry.site + 1]
      } else {
        changed.forcedOpen = [entry.site + 1]
      }
      #expect(
        entry.cost == CenterSearch.solve(table, question: changed, limits: SearchLimits()).reach)
    }
    let budget = PlacementQuestion(kind: .uncapacitated, budget: 2)
    let problem = budget.problem(on: table)
    let condition = try #require(budget.condition(on: table, problem))
    let best = try #require(SideConditionSearch.solve(problem, condition).plan)
    for entry in SiteWorth.all(budget, on: table, best, limits: SearchLimits()) {
      var forced = problem
      forced.standing[entry.site] = entry.isOpen ? .closed : .open
      let least = try #require(SideConditionTests.least(forced, condition))
      #expect(entry.bound ?? 0 <= least && entry.cost ?? least >= least)
    }
    var levelled = PlacementQuestion(kind: .capacitated)
    levelled.levels = [
      SiteLevel(site: 0, opening: 1, capacity: 3, least: 0),
      SiteLevel(site: 0, opening: 3, capacity: 12, least: 0),
    ]
    let answer = PlacementSolver.solve(levelled.problem(on: table))
    let open = try #require(answer.plan)
    let worth = SiteWorth.all(levelled, on: table, open, limits: SearchLimits())
    #expect(worth.count == 4 && worth.allSatisfy { $0.cost ?? .max >= open.cost })
  }

  @Test("budgets, shares and least quantities that cannot be kept: the nearest that can")
  func nearest() throws {
    // Sites cost 1 each and hold 5 of 12 units: three of them.
    let budget = PlacementQuestion(kind: .capacitated, budget: 2)
    #expect(
      Conflict.find(budget, on: Self.row, limits: SearchLimits())?.parts
        == [.init(requirement: .budget(2), enough: 3, helps: true)])
    // One site reaches itself and two neighbours at most within 10: 9 of 12 units.
    let share = PlacementQuestion(kind: .uncapacitated, sites: 1, reach: 10, share: 900_000)
    let parts = try #require(Conflict.find(share, on: Self.row, limits: SearchLimits())).parts
    #expect(
      Set(parts) == [
        .init(requirement: .sites(1), enough: 2, helps: true),
        .init(requirement: .share(900_000), enough: 750_000, helps: true),
        .init(requirement: .reach(10), enough: 20, helps: true),
      ])
    // Sites hold 5, so three are needed; they hand out 12 units together, whichever they are.
    let least = PlacementQuestion(kind: .capacitated, forcedOpen: [1, 2, 3], least: 5)
    let owed = try #require(Conflict.find(least, on: Self.row, limits: SearchLimits())).parts
    #expect(owed == [.init(requirement: .least(5), enough: 4, helps: true)])
    let fine = PlacementQuestion(kind: .capacitated, budget: 3)
    #expect(Conflict.find(fine, on: Self.row, limits: SearchLimits()) == nil)
  }
}
