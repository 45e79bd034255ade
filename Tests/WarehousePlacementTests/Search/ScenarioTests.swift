import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// Several demands with shared sites, against every set of sites of small random instances, held by the auditor.
@Suite struct ScenarioTests {
  static func scenarios(
    _ seed: UInt64, clients: Int, measure: DemandScenarios.Measure
  ) -> DemandScenarios {
    var generator = SeededGenerator(seed: seed &+ 9_000)
    let all = (0..<generator.int(1...4)).map { index in
      DemandScenarios.Scenario(
        name: "s\(index)", weight: generator.integer(1...5),
        factor: (0..<clients).map { _ in generator.integer(0...30) })
    }
    return DemandScenarios(all, measure: measure, factorDecimals: 1)
  }

  /// The cost of open sites in each scenario, by the definition.
  static func costs(
    _ open: [Int], _ problem: PlacementProblem, _ scenarios: DemandScenarios
  ) -> [Int64] {
    scenarios.all.map { scenario in
      var sum = open.reduce(Int64(0)) { $0 + problem.opening[$1] * 10 }
      for client in 0..<problem.clientCount {
        let near = open.compactMap { problem.service.cost(of: client, from: $0) }.min() ?? 0
        sum += near * scenario.factor[client]
      }
      return sum
    }
  }

  static func sets(_ problem: PlacementProblem) -> [[Int]] {
    PlacementSolverTests.sets(problem.siteCount).filter {
      !$0.isEmpty && problem.count.contains($0.count) && PlacementSolverTests.allowed($0, problem)
    }
  }

  static func certificate(
    _ bytes: [UInt8], _ question: PlacementQuestion, _ problem: PlacementProblem,
    _ answer: ScenarioSearch.Answer
  ) -> PlacementCertificate {
    var certificate = PlacementCertificate(
      instance: "f", fingerprint: PlacementCertificate.fingerprint(of: bytes), format: .holmberg,
      question: question, decimals: problem.decimals, count: problem.count, value: answer.value,
      bound: answer.bound, plan: answer.plan, proof: answer.proof)
    certificate.scenarios = answer.scenarios
    return certificate
  }

  @Test("every measure equals enumeration, and the auditor agrees", arguments: 0..<45)
  func enumerated(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 400)
    let (sites, clients) = (generator.int(3...7), generator.int(4...9))
    let bytes = PlacementAuditorTests.text(seed, sites: sites, clients: clients)
    let table = try PlacementFormat.holmberg.read(bytes, file: "f")
    let measure = DemandScenarios.Measure.allCases[Int(seed % 3)]
    var question = PlacementQuestion(kind: seed % 2 == 0 ? .uncapacitated : .median)
    if question.kind == .median { question.sites = generator.int(1...sites - 1) }
    if seed % 5 == 0 { question.forcedClosed = [1] }
    let scenarios = Self.scenarios(seed, clients: clients, measure: measure)
    #expect(scenarios.fault(question, table) == nil)
    let problem = question.problem(on: table)
    let answer = ScenarioSearch.solve(problem, scenarios)
    let all = Self.sets(problem).map { Self.costs($0, problem, scenarios) }
    let least = scenarios.all.indices.map { one in all.map { $0[one] }.min() ?? 0 }
    let values = all.map { costs -> Int64 in
      switch measure {
      case .expected: zip(scenarios.all, costs).reduce(0) { $0 + $1.0.weight * $1.1 }
      case .worst: costs.max() ?? 0
      case .regret:
        zip(costs, least).map { cost, least in
          (max(0, cost - least) * 1_000_000 + max(least, 1) - 1) / max(least, 1)
        }.max() ?? 0
      }
    }
    #expect(answer.value == values.min() && answer.bound == answer.value)
    if measure == .regret { #expect(answer.scenarios.references == least) }
    var certificate = Self.certificate(bytes, question, problem, answer)
    let verdict = try PlacementAuditorTests.verify(certificate.text, bytes)
    #expect(verdict.value == answer.value && verdict.bound == answer.bound)
    // More than is proved, or another value than the plan's, is refused.
    certificate.bound = (answer.bound ?? 0) + 1
    #expect(throws: AuditFault.self) { try PlacementAuditorTests.verify(certificate.text, bytes) }
    certificate.bound = answer.bound
    certificate.value = (answer.value ?? 0) + 1
    #expect(throws: AuditFault.self) { try PlacementAuditorTests.verify(certificate.text, bytes) }
  }

  @Test("cut short, the bound is still one and the auditor agrees")
  func short() throws {
    let bytes = PlacementAuditorTests.text(7, sites: 12, clients: 30)
    let table = try PlacementFormat.holmberg.read(bytes, file: "f")
    let question = PlacementQuestion(kind: .median, sites: 4)
    let problem = question.problem(on: table)
    let scenarios = Self.scenarios(3, clients: 30, measure: .worst)
    let whole = ScenarioSearch.solve(problem, scenarios)
    let answer = ScenarioSearch.solve(
      problem, scenarios, limits: SearchLimits(isOver: { true }))
    let (value, bound) = (try #require(answer.value), try #require(answer.bound))
    #expect(bound <= whole.value ?? 0 && value >= whole.value ?? .max)
    let verdict = try PlacementAuditorTests.verify(
      Self.certificate(bytes, question, problem, answer).text, bytes)
    #expect(try #require(verdict.bound) >= bound)
  }

  @Test("what does not go with scenarios is said")
  func faults() throws {
    let table = PlacementSolverTests.table(1, sites: 3, clients: 4)
    let scenarios = Self.scenarios(1, clients: 4, measure: .worst)
    #expect(
      scenarios.fault(PlacementQuestion(kind: .capacitated), table)?.contains("kind median")
        == true)
    #expect(
      scenarios.fault(PlacementQuestion(kind: .uncapacitated, budget: 5), table)?.contains("budget")
        == true)
    let dear = DemandScenarios(
      [.init(name: "a", weight: 1, factor: Array(repeating: 1 << 45, count: 4))], measure: .worst,
      factorDecimals: 0)
    #expect(
      dear.fault(PlacementQuestion(kind: .uncapacitated), table)?.contains("exactly") == true)
  }
}
