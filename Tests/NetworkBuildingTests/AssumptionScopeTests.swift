import LogisticsModel
import Testing

@testable import NetworkBuilding

@Suite struct AssumptionScopeTests {
  private func scope(_ entries: [String: AssumptionValue]) -> AssumptionScope {
    AssumptionScope(Assumptions(entries: entries), ledger: FindingLedger())
  }

  @Test func readsByDottedPath() {
    let scope = scope(["sea": .table(["speed": .integer(33), "price": .text("0.0255")])])
    #expect(scope.integer("sea.speed") == 33)
    #expect(scope.decimal("sea.price").micros == 25_500)
    #expect(scope.scope("sea").integer("speed") == 33)
    #expect(scope.integer("sea.calls", ifMissing: 7) == 7)
    #expect(scope.ledger.findings.isEmpty)
  }

  @Test func reportsWhatIsMissingOrMistypedOnce() {
    let scope = scope(["sea": .table(["speed": .text("fast")])])
    #expect(scope.integer("sea.speed") == 0)
    #expect(scope.integer("sea.calls") == 0)
    #expect(scope.integer("sea.calls") == 0)
    #expect(
      scope.ledger.findings.map(\.description) == [
        "error TW-SRC-011: assumptions.toml: sea.speed is not a whole number",
        "error TW-SRC-010: assumptions.toml: sea.calls is missing; add it with its reason",
      ])
  }
}
