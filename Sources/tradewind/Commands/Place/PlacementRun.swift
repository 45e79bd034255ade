import Foundation
import LogisticsModel
import Synchronization
import WarehousePlacement

/// Solves one instance, tells of progress, and writes the certificate.
struct PlacementRun {
  let path: String
  let format: PlacementFormat
  let table: SiteTable
  let question: PlacementQuestion
  let begin: Int64
  /// Of the instance's bytes.
  private let fingerprint: UInt64
  var timeLimit: Double?
  var seed: UInt64 = 1
  var warmStart: [Int]?
  var isQuiet = false
  /// Whether every site is decided the other way as well.
  var asksWhy = false
  /// Several demands the open sites have to serve.
  var scenarios: DemandScenarios?

  /// A question about a file that was read, with no limits.
  init(
    path: String, bytes: [UInt8], format: PlacementFormat, table: SiteTable,
    question: PlacementQuestion, begin: Int64
  ) {
    self.path = path
    self.format = format
    self.table = table
    self.question = question
    self.begin = begin
    fingerprint = PlacementCertificate.fingerprint(of: bytes)
  }

  /// All processors.
  static let spread = Spread(width: Cores.count) { pieces, body in Cores.each(of: pieces, body) }

  /// Solves, and writes the certificate to a file, by default in the cache folder.
  func solve(certificate: String?) throws -> PlacementReport {
    Interruption.listen()
    let deadline = timeLimit.map { begin + Int64($0 * 1e9) }
    let line = Mutex(BoundLine(isQuiet: isQuiet, begin: begin))
    let limits = SearchLimits(
      spread: Self.spread, seed: seed, warmStart: warmStart,
      isOver: { Interruption.isAsked || deadline.map { Clock.nanoseconds() >= $0 } ?? false },
      progress: { progress in line.withLock { $0.show(progress) } })
    let written: PlacementCertificate
    var alone: [PlacementCertificate] = []
    if question.kind == .center {
      written = center(limits)
    } else if let scenarios {
      (written, alone) = across(scenarios, limits)
    } else {
      written = whole(limits)
    }
    line.withLock { $0.finish() }
    let seconds = Double(Clock.nanoseconds() - begin) / 1e9
    let target = try target(certificate)
    try Self.write(written.text, to: target)
    for (index, certificate) in alone.enumerated() {
      try Self.write(certificate.text, to: "\(target).\(index + 1)")
    }
    var shown = written
    // Above what any plan can cost there is none: the certificate keeps the figure that shows it.
    if written.plan == nil, question.kind != .center, let bound = written.bound,
      bound
        >= (scenarios == nil
          ? question.problem(on: table).greatestTotalCost : written.proof?.limit ?? .max)
    {
      shown.bound = nil
    }
    var report = PlacementReport(shown, seconds: seconds, demand: table, path: target)
    explain(&report, written, limits)
    return report
  }

  private static func write(_ text: String, to target: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: target), options: .atomic)
    } catch {
      Streams.complain("error TW-CLI-069: \(target): the certificate cannot be written")
      throw ExitStatus.missing
    }
  }

  /// Several demands: the certificate, and one for each scenario alone where regret is measured against it.
  private func across(
    _ scenarios: DemandScenarios, _ limits: SearchLimits
  ) -> (PlacementCertificate, [PlacementCertificate]) {
    let problem = question.problem(on: table)
    let answer = ScenarioSearch.solve(problem, scenarios, limits: limits)
    func certificate(
      _ scenarios: DemandScenarios, _ value: Int64?, _ bound: Int64?, _ plan: PlacementPlan?,
      _ proof: ProofTree
    ) -> PlacementCertificate {
      var written = PlacementCertificate(
        instance: path, fingerprint: fingerprint, format: format,
        question: question, decimals: problem.decimals, count: problem.count, value: value,
        bound: bound ?? proof.limit, plan: plan, proof: proof)
      written.scenarios = scenarios
      return written
    }
    let alone = answer.alone.enumerated().map { index, answer in
      let one = scenarios.alone(index)
      return certificate(one, answer.plan?.cost, answer.bound, answer.plan, answer.proof)
    }
    let main = certificate(
      answer.scenarios, answer.value, answer.bound, answer.plan, answer.proof)
    return (main, alone)
  }

  /// Adds what each site is worth, or why there is no plan.
  private func explain(
    _ report: inout PlacementReport, _ written: PlacementCertificate, _ limits: SearchLimits
  ) {
    var quiet = limits
    quiet.progress = { _ in }
    if let plan = written.plan, asksWhy {
      let problem = question.problem(on: table)
      let all = question.kind == .maximumCoverage ? table.demand.reduce(0, +) : nil
      report.why = SiteWorth.all(
        question, on: table, plan, across: scenarios, limits: quiet
      ).map {
        PlacementReport.Worth(
          $0, all: all, decimals: report.value?.decimals ?? problem.decimals,
          divisor: written.scenarios?.divisor ?? 1)
      }
    } else if written.plan == nil, scenarios == nil {
      report.conflict = Conflict.find(question, on: table, limits: quiet)?.parts.map {
        PlacementReport.Part($0, decimals: table.decimals)
      }
      // Every requirement was seen to be part of it, so that there is none.
      if report.conflict != nil { report.proved = true }
    }
  }

  private func whole(_ limits: SearchLimits) -> PlacementCertificate {
    let problem = question.problem(on: table)
    func certificate(
      _ plan: PlacementPlan?, _ bound: Int64?, _ proof: ProofTree
    ) -> PlacementCertificate {
      PlacementCertificate(
        instance: path, fingerprint: fingerprint, format: format,
        question: question, decimals: problem.decimals, count: problem.count, value: plan?.cost,
        bound: bound, plan: plan, proof: proof)
    }
    guard let condition = question.condition(on: table, problem) else {
      let answer = PlacementSolver.solve(problem, limits: limits)
      return certificate(answer.plan, answer.bound, answer.proof)
    }
    let answer = SideConditionSearch.solve(problem, condition, limits: limits)
    var written = certificate(answer.plan, answer.bound, answer.priced.proof)
    written.price = answer.price
    return written
  }

  private func center(_ limits: SearchLimits) -> PlacementCertificate {
    let answer = CenterSearch.solve(table, question: question, limits: limits)
    return PlacementCertificate(
      instance: path, fingerprint: fingerprint, format: format,
      question: question, decimals: table.decimals, count: 0...(question.sites ?? table.siteCount),
      value: answer.reach, bound: answer.isImpossible ? nil : answer.bound, plan: answer.plan,
      refusedReach: answer.refusal?.reach, proof: answer.refusal?.answer.proof)
  }

  private func target(_ named: String?) throws -> String {
    if let named { return named }
    let folder = Home.cache(try Settings.load(file: nil).cache.value) + "/certificates"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let print = String(fingerprint, radix: 16)
    let parts = [
      question.kind.rawValue, question.sites.map { "p\($0)" },
      question.capacity.map { "c\($0)" }, question.reach.map { "r\($0)" }, print,
    ].compactMap { $0 }
    return folder + "/" + parts.joined(separator: "-") + ".txt"
  }
}

/// Whether somebody pressed Ctrl-C, or asked the process to end.
enum Interruption {
  private static let asked = Atomic<Bool>(false)

  /// Whether the search is to stop.
  static var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// From now on the first signal only asks; the second ends the process.
  static func listen() {
    for signal in [SIGINT, SIGTERM] {
      Foundation.signal(signal) { number in
        Interruption.asked.store(true, ordering: .relaxed)
        Foundation.signal(number, SIG_DFL)
      }
    }
  }
}

/// The best cost and the bound on one line of a terminal.
private struct BoundLine {
  private let isShown: Bool
  private let begin: Int64
  private var last: Int64 = 0

  init(isQuiet: Bool, begin: Int64) {
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    self.begin = begin
  }

  mutating func show(_ progress: SearchLimits.Progress) {
    let now = Clock.nanoseconds()
    guard isShown, now - last > 100_000_000 else { return }
    last = now
    // A gap of a tenth fills nothing of the bar, none fills it.
    let cost = progress.cost ?? progress.bound
    let gap = cost > 0 ? Double(cost - progress.bound) / Double(cost) : 0
    let filled = Int(max(0, min(30, 30 * (1 - gap * 10))))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    Streams.mark(
      "\r[\(bar)] gap \((gap * 100).text(3)) %, \(progress.nodes.done) cases, "
        + "\(progress.nodes.waiting) waiting, \(Narration.elapsed(since: begin))   ")
  }

  func finish() {
    if isShown, last > 0 { Streams.mark("\n") }
  }
}
