import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// Random small problems against every set of sites, and each proof against the auditor's reading of it.
@Suite struct PlacementSolverTests {
  /// A random table; costs and quantities are small so that ties are frequent.
  static func table(_ seed: UInt64, sites: Int, clients: Int, decimals: Int = 0) -> SiteTable {
    var generator = SeededGenerator(seed: seed)
    var lists = ServiceLists()
    for _ in 0..<clients {
      lists.append(dense: (0..<sites).map { _ in generator.integer(0...60) }[...])
    }
    let demand = (0..<clients).map { _ in generator.integer(1...9) }
    let need = demand.reduce(0, +)
    return SiteTable(
      opening: (0..<sites).map { _ in generator.integer(0...90) },
      capacity: (0..<sites).map { _ in generator.integer(need / 4 + 1...need) }, demand: demand,
      service: lists, decimals: decimals)
  }

  /// All sets of sites as masks.
  static func sets(_ sites: Int) -> [[Int]] {
    (0..<1 << sites).map { mask in (0..<sites).filter { mask & 1 << $0 != 0 } }
  }

  /// The least cost without capacities over all sets of sites, by the definition.
  static func leastUnlimited(_ problem: PlacementProblem) -> Int64? {
    var best: Int64?
    for open in sets(problem.siteCount) where problem.count.contains(open.count) {
      guard allowed(open, problem) else { continue }
      var cost = open.reduce(0) { $0 + problem.opening[$1] }
      var isServed = true
      for client in 0..<problem.clientCount {
        let costs = open.compactMap { problem.service.cost(of: client, from: $0) }
        guard let least = (costs + [problem.leaving[client]].compactMap { $0 }).min() else {
          isServed = false
          break
        }
        cost += least
      }
      if isServed { best = min(best ?? cost, cost) }
    }
    return best
  }

  static func allowed(_ open: [Int], _ problem: PlacementProblem) -> Bool {
    problem.standing.indices.allSatisfy { site in
      switch problem.standing[site] {
      case .free: true
      case .open: open.contains(site)
      case .closed: !open.contains(site)
      }
    }
  }

  @Test("p-median, free counts, forced and closed sites equal full enumeration", arguments: 0..<60)
  func unlimited(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed &+ 1000)
    let sites = generator.int(1...8)
    let table = Self.table(seed, sites: sites, clients: generator.int(1...14))
    var problem = PlacementProblem(table, sharing: .unlimited)
    if generator.chance(oneIn: 2) {
      let wanted = generator.int(1...sites)
      problem.count = generator.chance(oneIn: 2) ? wanted...wanted : 0...wanted
    }
    for site in 0..<sites where generator.chance(oneIn: 5) {
      problem.standing[site] = generator.chance(oneIn: 2) ? .open : .closed
    }
    let answer = PlacementSolver.solve(problem)
    let least = Self.leastUnlimited(problem)
    #expect(answer.plan?.cost == least)
    #expect(answer.bound == least)
    #expect(answer.isProved)
  }

  @Test("covering and maximum coverage equal full enumeration", arguments: 0..<40)
  func covering(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed &+ 5000)
    let sites = generator.int(2...8)
    let table = Self.table(seed, sites: sites, clients: generator.int(2...12))
    for kind in [PlacementKind.covering, .maximumCoverage] {
      let question = PlacementQuestion(
        kind: kind, sites: kind == .covering ? nil : generator.int(1...3),
        reach: generator.integer(5...40))
      let problem = question.problem(on: table)
      let answer = PlacementSolver.solve(problem)
      let least = Self.leastUnlimited(problem)
      #expect(answer.plan?.cost == least, "\(kind)")
      #expect(answer.bound == least, "\(kind)")
    }
  }

  @Test("whole clients equal full enumeration of assignments", arguments: 0..<40)
  func whole(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed &+ 9000)
    let sites = generator.int(2...4)
    let table = Self.table(seed, sites: sites, clients: generator.int(2...6))
    let problem = PlacementProblem(table, sharing: .single)
    let answer = PlacementSolver.solve(problem)
    let least = Self.leastWhole(problem)
    #expect(answer.plan?.cost == least)
    #expect(answer.bound == least)
  }

  /// The least cost over all assignments of whole clients to sites with capacity.
  static func leastWhole(_ problem: PlacementProblem) -> Int64? {
    var best: Int64?
    var load = [Int64](repeating: 0, count: problem.siteCount)
    func place(_ client: Int, _ cost: Int64) {
      if client == problem.clientCount {
        let opened = load.indices.reduce(Int64(0)) {
          $0 + (load[$1] > 0 ? problem.opening[$1] : 0)
        }
        best = min(best ?? .max, cost + opened)
        return
      }
      for site in 0..<problem.siteCount
      where load[site] + problem.demand[client] <= problem.capacity[site] {
        guard let price = problem.service.cost(of: client, from: site) else { continue }
        load[site] += problem.demand[client]
        place(client + 1, cost + price)
        load[site] -= problem.demand[client]
      }
    }
    place(0, 0)
    return best
  }

  @Test("without any of the shortcuts the same is proved")
  func plain() {
    let switches: [(inout SearchShortcuts) -> Void] = [
      { $0.keepsColumns = false }, { $0.walksPairs = false }, { $0.exchangesClients = false },
      { $0.polishes = false },
    ]
    var differing: [UInt64] = []
    for seed in UInt64(0)..<12 {
      let table = Self.table(seed &+ 700, sites: 5, clients: 7)
      let whole = PlacementProblem(table, sharing: .single)
      let median = PlacementProblem(table, sharing: .unlimited, count: 3...3)
      for (problem, least) in [
        (whole, Self.leastWhole(whole)), (median, Self.leastUnlimited(median)),
      ] {
        for leaveOut in switches {
          var limits = SearchLimits()
          leaveOut(&limits.shortcuts)
          let answer = PlacementSolver.solve(problem, limits: limits)
          if answer.plan?.cost != least || answer.bound != least { differing.append(seed) }
        }
      }
    }
    #expect(differing.isEmpty)
  }

  @Test("split demand is never dearer than whole demand, and its plan adds up", arguments: 0..<40)
  func split(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 12_000)
    let table = Self.table(seed, sites: generator.int(2...6), clients: generator.int(2...10))
    let problem = PlacementProblem(table, sharing: .split)
    let answer = PlacementSolver.solve(problem)
    #expect(answer.isProved)
    guard let plan = answer.plan else {
      #expect(table.demand.reduce(0, +) > (table.capacity ?? []).reduce(0, +))
      return
    }
    var best: Int64?
    for open in Self.sets(table.siteCount) where !open.isEmpty {
      let cost = TransportTests.least(problem, open: open)
      if let cost { best = min(best ?? cost, cost) }
    }
    #expect(plan.cost == best)
  }

  @Test("the same answer on one core and on two, and from any start")
  func deterministic() {
    let table = Self.table(7, sites: 12, clients: 40)
    let problem = PlacementProblem(table, sharing: .unlimited, count: 4...4)
    let alone = PlacementSolver.solve(problem)
    let two = PlacementSolver.solve(
      problem,
      limits: SearchLimits(
        spread: Spread(width: 2) { pieces, body in
          for piece in (0..<pieces).reversed() { body(piece) }
        }))
    #expect(alone.plan == two.plan)
    #expect(alone.bound == two.bound)
    #expect(alone.work.steps == two.work.steps)
    let warm = PlacementSolver.solve(problem, limits: SearchLimits(warmStart: [0, 1, 2, 3]))
    #expect(warm.plan?.cost == alone.plan?.cost)
  }

  @Test("a search stopped at once still gives a plan and a bound that holds")
  func stopped() throws {
    let table = Self.table(11, sites: 30, clients: 120)
    let problem = PlacementProblem(table, sharing: .single)
    let whole = PlacementSolver.solve(PlacementProblem(table, sharing: .unlimited))
    let answer = PlacementSolver.solve(problem, limits: SearchLimits(isOver: { true }))
    let plan = try #require(answer.plan)
    let bound = try #require(answer.bound)
    #expect(bound <= plan.cost)
    // Capacities only add to the cost.
    #expect(try #require(whole.plan).cost <= plan.cost)
  }
}
