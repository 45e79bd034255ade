import LogisticsModel
import TestSupport
import Testing

@testable import WarehousePlacement

/// Certificates of random instances hold, and none does once it says more than it proves.
@Suite struct PlacementAuditorTests {
  /// A random instance in the format with blocks, as text.
  static func text(_ seed: UInt64, sites: Int, clients: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    let demand = (0..<clients).map { _ in generator.integer(1...9) }
    let need = demand.reduce(0, +)
    func row(_ count: Int, _ range: ClosedRange<Int64>) -> String {
      (0..<count).map { _ in "\(generator.integer(range))" }.joined(separator: " ") + "\n"
    }
    var text = "\(sites) \(clients)\n" + row(sites, need / 3 + 1...need) + row(sites, 0...90)
    text += demand.map { "\($0)" }.joined(separator: " ") + "\n"
    for _ in 0..<clients { text += row(sites, 0...60) }
    return Array(text.utf8)
  }

  /// Solves a question and gives its certificate.
  static func certificate(
    _ bytes: [UInt8], _ question: PlacementQuestion, limits: SearchLimits = SearchLimits()
  ) throws -> PlacementCertificate {
    let table = try PlacementFormat.holmberg.read(bytes, file: "instance")
    let print = PlacementCertificate.fingerprint(of: bytes)
    if question.kind == .center {
      let answer = CenterSearch.solve(table, question: question, limits: limits)
      return PlacementCertificate(
        instance: "instance", fingerprint: print, format: .holmberg, question: question,
        decimals: table.decimals, count: 0...(question.sites ?? table.siteCount),
        value: answer.reach, bound: answer.bound, plan: answer.plan,
        refusedReach: answer.refusal?.reach, proof: answer.refusal?.answer.proof)
    }
    let problem = question.problem(on: table)
    let answer = PlacementSolver.solve(problem, limits: limits)
    return PlacementCertificate(
      instance: "instance", fingerprint: print, format: .holmberg, question: question,
      decimals: problem.decimals, count: problem.count, value: answer.plan?.cost,
      bound: answer.bound, plan: answer.plan, proof: answer.proof)
  }

  static func verify(_ text: String, _ bytes: [UInt8]) throws -> PlacementAuditor.Verdict {
    try PlacementAuditor(Array(text.utf8)).verify(instance: bytes)
  }

  @Test("every kind's certificates hold, with the bound claimed", arguments: 0..<12)
  func hold(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sites = generator.int(3...12)
    let bytes = Self.text(seed, sites: sites, clients: generator.int(4...25))
    for kind in PlacementKind.allCases {
      let needsSites = [.median, .center, .maximumCoverage].contains(kind)
      let needsReach = [.covering, .maximumCoverage].contains(kind)
      let question = PlacementQuestion(
        kind: kind, sites: needsSites ? generator.int(1...sites) : nil,
        forcedOpen: kind == .uncapacitated ? [1] : [], forcedClosed: kind == .median ? [] : [2],
        reach: needsReach ? generator.integer(5...50) : nil)
      let certificate = try Self.certificate(bytes, question)
      let verdict = try Self.verify(certificate.text, bytes)
      #expect(verdict.value == certificate.value, "\(kind)")
      if kind != .center, let bound = certificate.bound {
        #expect(verdict.bound == bound, "\(kind)")
      }
      #expect(certificate.value == certificate.bound || certificate.value == nil, "\(kind)")
    }
  }

  @Test("a search that was stopped proves what it claims, no more", arguments: 0..<4)
  func stopped(_ seed: UInt64) throws {
    let bytes = Self.text(seed, sites: 12, clients: 60)
    for kind in [PlacementKind.uncapacitated, .capacitated, .singleSource] {
      let certificate = try Self.certificate(
        bytes, PlacementQuestion(kind: kind), limits: SearchLimits(isOver: { true }))
      let verdict = try Self.verify(certificate.text, bytes)
      #expect(verdict.bound == certificate.bound)
    }
  }

  @Test("claims beyond the proof are refused")
  func forged() throws {
    let bytes = Self.text(3, sites: 10, clients: 40)
    let question = PlacementQuestion(kind: .median, sites: 3)
    var certificate = try Self.certificate(bytes, question)
    _ = try Self.verify(certificate.text, bytes)
    let value = try #require(certificate.value)
    let plan = try #require(certificate.plan)

    // A plan that calls itself cheaper than it is.
    certificate.value = value - 1
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.value = value
    // A bound above what the proof shows.
    certificate.bound = value + 1
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.bound = value
    // A limit above the plan's value would let every step decide too much.
    certificate.proof?.limit = value + 1
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.proof?.limit = value
    // A proof that closes the whole problem without a reason.
    let proof = certificate.proof
    certificate.proof = ProofTree(
      scale: 1024, nodes: [.init(steps: [], ending: .closed)], limit: value)
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.proof = ProofTree(
      scale: 1024, nodes: [.init(steps: [], ending: .impossible)], limit: value)
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.proof = ProofTree(
      scale: 1024, nodes: [.init(steps: [], ending: .unserved(0))], limit: value)
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    // A branch of which only one case stands.
    certificate.proof = ProofTree(
      scale: 1024, nodes: [.init(steps: [], ending: .branch(site: 0, open: 1, closed: 1))],
      limit: value)
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.proof = proof
    // A client nobody serves, and one who is served twice.
    certificate.plan = PlacementPlan(
      open: plan.open, deliveries: Array(plan.deliveries.dropFirst()), cost: plan.cost)
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.plan = PlacementPlan(
      open: plan.open, deliveries: plan.deliveries + [plan.deliveries[0]], cost: plan.cost)
    #expect(throws: AuditFault.self) { try Self.verify(certificate.text, bytes) }
    certificate.plan = plan
    // Another instance.
    #expect(throws: AuditFault.self) {
      try Self.verify(certificate.text, Self.text(4, sites: 10, clients: 40))
    }
    // Text that breaks off.
    #expect(throws: AuditFault.self) {
      try Self.verify(String(certificate.text.dropLast(4)), bytes)
    }
    _ = try Self.verify(certificate.text, bytes)
  }

  @Test("changed multipliers either still prove the bound or are refused", arguments: 0..<60)
  func shaken(_ seed: UInt64) throws {
    let bytes = Self.text(5, sites: 8, clients: 20)
    let certificate = try Self.certificate(
      bytes, PlacementQuestion(kind: seed % 2 == 0 ? .uncapacitated : .singleSource))
    let optimum = try #require(certificate.value)
    var generator = SeededGenerator(seed: seed)
    var lines = certificate.text.split(separator: "\n").map(String.init)
    let steps = lines.indices.filter { lines[$0].hasPrefix("step") }
    let line = generator.pick(steps)
    var words = lines[line].split(separator: " ").map(String.init)
    let word = generator.int(1...words.count - 1)
    guard let number = Int64(words[word]) else { return }
    words[word] = "\(number + generator.integer(-50_000...50_000))"
    lines[line] = words.joined(separator: " ")
    if let verdict = try? Self.verify(lines.joined(separator: "\n") + "\n", bytes) {
      #expect(verdict.bound == optimum)
    }
  }

  @Test("nobody to cover is a plan without sites, and no site to cover from is none at all")
  func nobody() throws {
    let bytes = Array("2 2\n9 9\n1 1\n0 0\n1 2\n2 1\n".utf8)
    let covered = try Self.certificate(
      bytes, PlacementQuestion(kind: .maximumCoverage, sites: 1, reach: 1))
    #expect(covered.value == 0)
    #expect(try Self.verify(covered.text, bytes).value == 0)
    let table = try PlacementFormat.holmberg.read(bytes, file: "instance")
    let closed = PlacementQuestion(kind: .center, sites: 1, forcedClosed: [1, 2])
    let none = CenterSearch.solve(table, question: closed, limits: SearchLimits())
    #expect(none.isImpossible && none.plan == nil)
    let some = PlacementQuestion(kind: .center, sites: 1)
    #expect(!CenterSearch.solve(table, question: some, limits: SearchLimits()).isImpossible)
  }
}
