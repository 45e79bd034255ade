import LogisticsModel
import Testing

/// The world passes the checks every bundle must pass.
@Suite struct WorldLoadingTests {
  @Test func loadsWithoutErrors() {
    let findings = WorldPlanner.shared.findings
    for finding in findings.prefix(40) { print(finding) }
    print(findings.count)
    #expect(!findings.contains { $0.severity == .error })
    #expect(WorldPlanner.shared.planner != nil)
  }
}
