import LogisticsModel

/// Collects findings from every part of one build; the same finding is kept once.
final class FindingLedger {
  private(set) var findings: [Finding] = []
  private var seen: Set<Finding> = []

  func report(_ code: String, file: String, line: Int = 0, _ message: String) {
    absorb([Finding(code: code, file: file, line: line, message: message)])
  }

  func absorb(_ more: [Finding]) {
    for finding in more where seen.insert(finding).inserted { findings.append(finding) }
  }

  var hasErrors: Bool { findings.contains { $0.severity == .error } }
}
