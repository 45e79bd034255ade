import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// Budgets and shares within a reach, against all plans of small random instances, each bound by the auditor.
@Suite struct SideConditionTests {
  /// The least cost over all sets of sites and all homes of clients that keep a condition.
  static func least(_ problem: PlacementProblem, _ condition: SideCondition) -> Int64? {
    var best: Int64?
    for open in PlacementSolverTests.sets(problem.siteCount)
    where problem.count.contains(open.count) && !open.isEmpty {
      let opened = open.reduce(Int64(0)) { $0 + problem.opening[$1] }
      let spent = open.reduce(Int64(0)) { $0 + condition.opening[$1] }
      func home(_ client: Int, _ cost: Int64, _ used: Int64) {
        if used > condition.limit || cost >= best ?? .max { return }
        if client == problem.clientCount {
          best = cost
          return
        }
        for entry in problem.service.entries(of: client)
        where open.contains(Int(problem.service.site[entry])) {
          home(client + 1, cost + problem.service.cost[entry], used + condition.service[entry])
        }
      }
      home(0, opened, spent)
    }
    return best
  }

  @Test(
    "bounds never exceed the optimum, plans keep the condition, the auditor agrees",
    arguments: 0..<60)
  func enumerated(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 77_000)
    let bytes = PlacementAuditorTests.text(
      seed, sites: generator.int(2...4), clients: generator.int(2...6))
    let table = try PlacementFormat.holmberg.read(bytes, file: "f")
    var question = PlacementQuestion(kind: .uncapacitated)
    if seed % 2 == 0 {
      question.budget = generator.integer(20...150)
    } else {
      question.reach = generator.integer(5...50)
      question.share = generator.integer(1...10) * 100_000
    }
    let problem = question.problem(on: table)
    let condition = try #require(question.condition(on: table, problem))
    let answer = SideConditionSearch.solve(problem, condition)
    let least = Self.least(problem, condition)
    if let least {
      #expect(answer.bound <= least)
      if let plan = answer.plan {
        #expect(plan.cost >= least)
        #expect(condition.used(by: plan, of: problem) <= condition.limit)
      }
    } else {
      #expect(answer.plan == nil)
    }
    var certificate = PlacementCertificate(
      instance: "f", fingerprint: PlacementCertificate.fingerprint(of: bytes), format: .holmberg,
      question: question, decimals: problem.decimals, count: problem.count,
      value: answer.plan?.cost, bound: answer.bound, plan: answer.plan, proof: answer.priced.proof)
    certificate.price = answer.price
    let verdict = try PlacementAuditorTests.verify(certificate.text, bytes)
    #expect(verdict.value == answer.plan?.cost)
    #expect(try #require(verdict.bound) >= answer.bound)
    // A limit that is not kept, or a bound beyond the proof, is refused.
    certificate.bound = answer.bound + 1_000_000
    #expect(throws: AuditFault.self) { try PlacementAuditorTests.verify(certificate.text, bytes) }
  }

  @Test("most plans are the best there is, and most gaps are closed")
  func near() throws {
    var (feasible, best, closed) = (0, 0, 0)
    for seed in UInt64(0)..<60 {
      let table = PlacementSolverTests.table(seed, sites: 4, clients: 6)
      let problem = PlacementQuestion(kind: .uncapacitated).problem(on: table)
      let condition = SideCondition.share(700_000, within: 15, of: table)
      guard let least = Self.least(problem, condition) else { continue }
      feasible += 1
      let answer = SideConditionSearch.solve(problem, condition)
      if answer.plan?.cost == least { best += 1 }
      if answer.bound == least { closed += 1 }
    }
    #expect(
      feasible > 20 && best * 4 >= feasible * 3 && closed * 4 >= feasible,
      "\(feasible) \(best) \(closed)")
  }
}
