import TestSupport
import Testing

@testable import WarehousePlacement

/// The transportation problem against one solved unit by unit.
@Suite struct TransportTests {
  /// The least cost of opening and serving from these sites: one unit of demand after another along the cheapest
  /// chain, costs multiplied by all demands so that a unit's cost is whole.
  static func least(_ problem: PlacementProblem, open: [Int]) -> Int64? {
    var common = Int64(1)
    for need in Set(problem.demand) { common *= need / divisor(common, need) }
    var price: [[Int64]] = []
    for client in 0..<problem.clientCount {
      price.append(
        open.map {
          (problem.service.cost(of: client, from: $0) ?? 1 << 40)
            * (common / problem.demand[client])
        })
    }
    var units: [(client: Int, site: Int)] = []
    var load = [Int64](repeating: 0, count: open.count)
    for client in 0..<problem.clientCount {
      for _ in 0..<problem.demand[client] {
        // Bellman-Ford from the new unit over sites, by any unit that may move.
        var distance = price[client]
        var from = [Int](repeating: -1, count: open.count)
        for _ in 0..<open.count {
          for (index, unit) in units.enumerated() {
            for site in open.indices {
              let way =
                distance[unit.site] + price[unit.client][site] - price[unit.client][unit.site]
              if way < distance[site] {
                distance[site] = way
                from[site] = index
              }
            }
          }
        }
        let roomy = open.indices.filter { load[$0] < problem.capacity[open[$0]] }
        guard var site = roomy.min(by: { distance[$0] < distance[$1] }) else { return nil }
        load[site] += 1
        while from[site] >= 0 {
          let index = from[site]
          let previous = units[index].site
          units[index].site = site
          site = previous
        }
        units.append((client, site))
      }
    }
    let total = units.reduce(Int64(0)) { $0 + price[$1.client][$1.site] }
    return open.reduce((total + common - 1) / common) { $0 + problem.opening[$1] }
  }

  private static func divisor(_ a: Int64, _ b: Int64) -> Int64 { b == 0 ? a : divisor(b, a % b) }

  @Test("random capacities and costs", arguments: 0..<60)
  func random(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let sites = generator.int(1...5)
    let table = PlacementSolverTests.table(seed, sites: sites, clients: generator.int(1...8))
    let problem = PlacementProblem(table, sharing: .split)
    let open = (0..<sites).filter { _ in generator.chance(percent: 70) }
    let result = Transport(problem).serve(from: open)
    #expect(result?.cost == (open.isEmpty ? nil : Self.least(problem, open: open)))
  }

  @Test("a client split between two sites pays for each part, rounded up once")
  func split() throws {
    // 3 units from site 1 (capacity 2, cost 10 for all 3) and site 2 (capacity 5, cost 20 for all 3):
    // 2/3 of 10 and 1/3 of 20 are 40/3 = 13.333334 at six decimals.
    var lists = ServiceLists()
    lists.append(dense: [10, 20])
    let table = SiteTable(opening: [0, 0], capacity: [2, 5], demand: [3], service: lists)
    let problem = PlacementProblem(table, sharing: .split)
    let result = try #require(Transport(problem).serve(from: [0, 1]))
    #expect(problem.decimals == 6)
    #expect(result.cost == 13_333_334)
  }

  @Test("where all capacity is used up, prices still prove the plan the best", arguments: 0..<20)
  func tight(_ seed: UInt64) {
    var table = PlacementSolverTests.table(seed, sites: 4, clients: 7)
    table.demand = Array(repeating: 4, count: 7)
    // Every site is needed, and full.
    table.capacity = [9, 8, 6, 5]
    let problem = PlacementProblem(table, sharing: .split)
    let answer = PlacementSolver.solve(problem)
    #expect(answer.isProved && answer.plan?.open == [0, 1, 2, 3])
    #expect(answer.plan?.deliveries.reduce(0) { $0 + $1.quantity } == 28)
  }
}
