import Foundation
import LogisticsModel
import Synchronization
import WarehousePlacement

/// Solves one instance, tells of progress, and writes the certificate.
struct PlacementRun {
  let path: String
  let bytes: [UInt8]
  let format: PlacementFormat
  let table: SiteTable
  let question: PlacementQuestion
  let begin: Int64
  var timeLimit: Double?
  var seed: UInt64 = 1
  var warmStart: [Int]?
  var isQuiet = false

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
    var written: PlacementCertificate
    if question.kind == .center {
      written = center(limits)
    } else {
      let problem = question.problem(on: table)
      let answer = PlacementSolver.solve(problem, limits: limits)
      written = PlacementCertificate(
        instance: path, fingerprint: PlacementCertificate.fingerprint(of: bytes), format: format,
        question: question, decimals: problem.decimals, count: problem.count,
        value: answer.plan?.cost, bound: answer.bound, plan: answer.plan, proof: answer.proof)
    }
    line.withLock { $0.finish() }
    let seconds = Double(Clock.nanoseconds() - begin) / 1e9
    let target = try target(certificate)
    do {
      try Data(written.text.utf8).write(to: URL(fileURLWithPath: target), options: .atomic)
    } catch {
      Streams.complain("error TW-CLI-069: \(target): the certificate cannot be written")
      throw ExitStatus.missing
    }
    return PlacementReport(written, seconds: seconds, demand: table, path: target)
  }

  private func center(_ limits: SearchLimits) -> PlacementCertificate {
    let answer = CenterSearch.solve(table, question: question, limits: limits)
    return PlacementCertificate(
      instance: path, fingerprint: PlacementCertificate.fingerprint(of: bytes), format: format,
      question: question, decimals: table.decimals, count: 0...(question.sites ?? table.siteCount),
      value: answer.reach, bound: answer.bound, plan: answer.plan,
      refusedReach: answer.refusal?.reach, proof: answer.refusal?.answer.proof)
  }

  private func target(_ named: String?) throws -> String {
    if let named { return named }
    let folder = Home.cache(try Settings.load(file: nil).cache.value) + "/certificates"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let print = String(PlacementCertificate.fingerprint(of: bytes), radix: 16)
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
