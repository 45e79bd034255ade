import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// Levels of opening costs and least quantities, against every choice of levels and every assignment of small random
/// instances, each answer held by the auditor.
@Suite struct LevelTests {
  /// A random question about a random instance: some sites have levels, some must hand out something.
  static func question(_ seed: UInt64, sites: Int, need: Int64, kind: PlacementKind)
    -> PlacementQuestion
  {
    var generator = SeededGenerator(seed: seed &+ 31_000)
    var question = PlacementQuestion(kind: kind)
    for site in 0..<sites where generator.int(0...2) > 0 {
      for level in 1...Int64(generator.int(1...3)) {
        let capacity = need * level / 4 + generator.integer(1...4)
        question.levels.append(
          SiteLevel(
            site: site, opening: 15 * level + generator.integer(0...30), capacity: capacity,
            least: generator.int(0...1) == 0 ? 0 : capacity / 2))
      }
    }
    if question.levels.isEmpty || generator.int(0...3) == 0 {
      question.least = generator.integer(0...need / 2)
    }
    if generator.int(0...2) == 0 { question.forcedOpen = [1] }
    if generator.int(0...2) == 0 { question.forcedClosed = [2] }
    if generator.int(0...2) == 0 { question.sites = generator.int(1...sites) }
    return question
  }

  /// The least cost over all sets of levels, one of a place at most.
  static func least(_ problem: PlacementProblem) -> Int64? {
    var best: Int64?
    for open in PlacementSolverTests.sets(problem.siteCount)
    where problem.count.contains(open.count) && PlacementSolverTests.allowed(open, problem)
      && problem.mayOpen(open) && !open.isEmpty
    {
      let cost =
        problem.sharing == .single ? whole(problem, open) : Self.split(problem, open)
      if let cost { best = min(best ?? cost, cost) }
    }
    return best
  }

  /// Every client at every open site.
  static func whole(_ problem: PlacementProblem, _ open: [Int]) -> Int64? {
    var best: Int64?
    var load = [Int64](repeating: 0, count: problem.siteCount)
    func home(_ client: Int, _ cost: Int64) {
      if client == problem.clientCount {
        if open.allSatisfy({ load[$0] >= problem.least($0) }) { best = min(best ?? cost, cost) }
        return
      }
      for site in open where load[site] + problem.demand[client] <= problem.capacity[site] {
        load[site] += problem.demand[client]
        home(client + 1, cost + (problem.service.cost(of: client, from: site) ?? 0))
        load[site] -= problem.demand[client]
      }
    }
    home(0, open.reduce(Int64(0)) { $0 + problem.opening[$1] })
    return best
  }

  /// Unit by unit: the least cost of every vector of loads, client after client; all demands are alike here, so that
  /// costs of parts are whole numbers.
  static func split(_ problem: PlacementProblem, _ open: [Int]) -> Int64? {
    let need = problem.demand[0]
    var states: [[Int64]: Int64] = [Array(repeating: 0, count: open.count): 0]
    for client in 0..<problem.clientCount {
      for _ in 0..<need {
        var next: [[Int64]: Int64] = [:]
        for (load, cost) in states {
          for (place, site) in open.enumerated() where load[place] < problem.capacity[site] {
            var more = load
            more[place] += 1
            let price = problem.service.cost(of: client, from: site) ?? 0
            next[more] = min(next[more] ?? .max, cost + price)
          }
        }
        states = next
      }
    }
    let opened = open.reduce(Int64(0)) { $0 + problem.opening[$1] }
    let costs = states.filter { state in
      zip(state.key, open).allSatisfy { $0 >= problem.least($1) }
    }.map(\.value)
    // A unit of demand costs its share of the client's whole demand.
    return costs.min().map { opened + ($0 + need - 1) / need }
  }

  static func hold(
    _ answer: PlacementAnswer, _ question: PlacementQuestion, _ bytes: [UInt8]
  ) throws -> PlacementAuditor.Verdict {
    let table = try PlacementFormat.holmberg.read(bytes, file: "f")
    let problem = question.problem(on: table)
    let certificate = PlacementCertificate(
      instance: "f", fingerprint: PlacementCertificate.fingerprint(of: bytes), format: .holmberg,
      question: question, decimals: problem.decimals, count: problem.count,
      value: answer.plan?.cost, bound: answer.bound, plan: answer.plan, proof: answer.proof)
    return try PlacementAuditorTests.verify(certificate.text, bytes)
  }

  @Test("whole clients: levels and least quantities equal enumeration", arguments: 0..<40)
  func wholeClients(_ seed: UInt64) throws {
    let bytes = PlacementAuditorTests.text(seed, sites: 3, clients: 5)
    let table = try PlacementFormat.holmberg.read(bytes, file: "f")
    let question = Self.question(
      seed, sites: 3, need: table.demand.reduce(0, +), kind: .singleSource)
    #expect(question.fault(in: table) == nil)
    let answer = PlacementSolver.solve(question.problem(on: table))
    #expect(answer.isProved)
    #expect(answer.plan?.cost == Self.least(question.problem(on: table)))
    let verdict = try Self.hold(answer, question, bytes)
    #expect(verdict.value == answer.plan?.cost && verdict.bound == answer.bound)
  }

  @Test("split demand: levels and least quantities equal enumeration", arguments: 0..<40)
  func splitDemand(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 5)
    var text = "3 4\n20 20 20\n"
    text +=
      (0..<3).map { _ in "\(generator.integer(0...60))" }.joined(separator: " ") + "\n4 4 4 4\n"
    for _ in 0..<4 {
      text += (0..<3).map { _ in "\(generator.integer(0...15) * 4)" }.joined(separator: " ") + "\n"
    }
    let bytes = Array(text.utf8)
    let table = try PlacementFormat.holmberg.read(bytes, file: "f")
    let question = Self.question(seed, sites: 3, need: 16, kind: .capacitated)
    let problem = question.problem(on: table)
    let answer = PlacementSolver.solve(problem)
    #expect(answer.isProved)
    #expect(answer.plan?.cost == Self.least(problem))
    let verdict = try Self.hold(answer, question, bytes)
    #expect(verdict.value == answer.plan?.cost && verdict.bound == answer.bound)
  }

  @Test("the text of an instance keeps levels and least quantities, and the auditor reads them")
  func text() throws {
    let text = """
      tradewind sites 1
      size 2 3 1
      decimals 0 0
      site 10 9
      site 12 9
      least 2 3
      level 1 4 4 0
      level 1 9 9 5
      client 3 1 -
      client 2 1 -
      client 4 1 -
      serve 1 1 1 0
      serve 1 2 5 0
      serve 2 1 2 0
      serve 2 2 2 0
      serve 3 2 1 0
      serve 3 1 7 0
      end

      """
    let bytes = Array(text.utf8)
    let table = try PlacementFormat.tradewind.read(bytes, file: "f")
    #expect(PlacementFormat.text(of: table) == text)
    let question = PlacementQuestion(kind: .singleSource)
    let problem = question.problem(on: table)
    let answer = PlacementSolver.solve(problem)
    // The great level for all of them: 9 + 1 + 2 + 7; the small one with the second site costs one more.
    #expect(answer.plan?.cost == 19 && answer.isProved)
    let certificate = PlacementCertificate(
      instance: "f", fingerprint: PlacementCertificate.fingerprint(of: bytes), format: .tradewind,
      question: question, decimals: problem.decimals, count: problem.count,
      value: answer.plan?.cost, bound: answer.bound, plan: answer.plan, proof: answer.proof)
    let verdict = try PlacementAuditorTests.verify(certificate.text, bytes)
    #expect(verdict.value == 19 && verdict.bound == 19)
  }

  @Test("a plan below a least quantity, or at two levels of a place, is refused")
  func refused() throws {
    let bytes = Array("2 2\n9 9\n5 5\n4 4\n0 9\n9 0\n".utf8)
    var question = PlacementQuestion(kind: .capacitated, least: 4)
    question.levels = [
      SiteLevel(site: 0, opening: 1, capacity: 4, least: 0),
      SiteLevel(site: 0, opening: 2, capacity: 8, least: 0),
    ]
    let table = try PlacementFormat.holmberg.read(bytes, file: "f")
    let problem = question.problem(on: table)
    let answer = PlacementSolver.solve(problem)
    _ = try Self.hold(answer, question, bytes)
    for sites in [[0, 1], [0, 2]] {
      // Four at the first level and four elsewhere: at the second level of the same place, or too few of them.
      let quantities: [Int64] = sites[1] == 1 ? [4, 4] : [3, 4]
      let plan = PlacementPlan(
        open: sites,
        deliveries: [
          .init(client: 0, site: sites[0], quantity: quantities[0]),
          .init(client: 1, site: sites[1], quantity: quantities[1]),
        ] + (quantities[0] == 3 ? [.init(client: 0, site: sites[1], quantity: 1)] : []),
        cost: answer.plan?.cost ?? 0)
      let forged = PlacementAnswer(
        plan: plan, bound: answer.bound, proof: answer.proof, work: answer.work)
      #expect(throws: AuditFault.self) { try Self.hold(forged, question, bytes) }
    }
  }
}
