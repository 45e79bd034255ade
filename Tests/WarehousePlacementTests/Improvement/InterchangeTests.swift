import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// Steps by walked lists against those by the table of pairs, and both against their definition.
@Suite struct InterchangeTests {
  /// A random question, with forced and closed sites, prices of leaving and a range of counts.
  static func problem(_ seed: UInt64) -> PlacementProblem {
    var generator = SeededGenerator(seed: seed &+ 77_000)
    let sites = generator.int(3...14)
    var problem = PlacementProblem(
      PlacementSolverTests.table(seed, sites: sites, clients: generator.int(3...20)),
      sharing: .unlimited)
    if generator.chance(oneIn: 2) { problem.opening = problem.opening.map { _ in 0 } }
    let least = generator.int(1...sites - 1)
    problem.count = least...(generator.chance(oneIn: 2) ? least : sites)
    if generator.chance(oneIn: 3) { problem.standing[0] = .open }
    if generator.chance(oneIn: 3) { problem.standing[1] = .closed }
    if generator.chance(oneIn: 3) { problem.leaving[0] = 25 }
    return problem
  }

  /// What a set of sites costs, by the definition.
  static func cost(_ open: [Int], _ problem: PlacementProblem) -> Int64 {
    var total = open.reduce(Int64(0)) { $0 + problem.opening[$1] }
    for client in 0..<problem.clientCount {
      let served = open.compactMap { problem.service.cost(of: client, from: $0) }
      total += (served + [problem.leaving[client]].compactMap { $0 }).min() ?? 0
    }
    return total
  }

  /// The greatest saving of opening, closing or exchanging single sites.
  static func leastChange(_ open: [Int], _ problem: PlacementProblem) -> Int64 {
    let here = cost(open, problem)
    let closing = open.filter { problem.standing[$0] == .free }.map { Int?($0) } + [nil]
    let others = (0..<problem.siteCount).filter {
      !open.contains($0) && problem.standing[$0] == .free
    }
    var least: Int64 = 0
    for out in closing {
      for site in others.map({ Int?($0) }) + [nil] {
        let tried = open.filter { $0 != out } + [site].compactMap { $0 }
        guard tried.count != open.count || out != nil, !tried.isEmpty,
          problem.count.contains(tried.count)
        else { continue }
        least = min(least, cost(tried, problem) - here)
      }
    }
    return least
  }

  @Test("walked lists, columns and the table lead the same way, each time to the best neighbour")
  func twins() {
    var (steps, wrong) = (0, 0)
    for seed in UInt64(0)..<60 {
      let scaled = ScaledProblem(Self.problem(seed))
      var slow = SearchShortcuts()
      slow.keepsColumns = false
      slow.walksPairs = false
      var walked = Interchange(scaled)
      var table = Interchange(ScaledProblem(Self.problem(seed), shortcuts: slow))
      var (one, other) = (RepeatableGenerator(seed: seed), RepeatableGenerator(seed: seed))
      for round in 0..<6 {
        if round % 3 == 0 {
          let start = Array(walked.open.prefix(round))
          walked.begin(with: start)
          table.begin(with: start)
        } else {
          walked.shake(&one)
          table.shake(&other)
        }
        walked.openGreedily()
        table.openGreedily()
        var isMoving = true
        while isMoving {
          let before = table.cost
          let least = Self.leastChange(table.open, scaled.problem)
          walked.descend(moves: 1)
          table.descend(moves: 1)
          isMoving = table.cost < before
          if walked.open != table.open || walked.cost != table.cost { wrong += 1 }
          if table.cost != Self.cost(table.open, scaled.problem) { wrong += 1 }
          if table.cost - before != least { wrong += 1 }
          steps += 1
        }
      }
    }
    #expect(wrong == 0)
    #expect(steps > 300)
  }
}
