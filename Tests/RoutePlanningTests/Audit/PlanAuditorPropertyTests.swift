import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The auditor on random bundles: it passes what the planner finds and nothing else.
@Suite struct PlanAuditorPropertyTests {
  @Test(arguments: UInt64(3001)...3040)
  func everyChangedFigureFails(seed: UInt64) throws {
    var random = RandomBundle(seed: seed)
    let planner = try random.planner()
    let auditor = PlanAuditor(bundle: planner.bundle, tariff: planner.tariff)
    var scratch = ExactPlanner<DatedTimetable>()
    for _ in 0..<8 {
      let question = try random.question(on: planner)
      for member in try planner.front(question, with: &scratch) {
        let truth = member.vector
        func codes(_ price: Int64, _ promise: Int64, _ emission: Int64) -> [String] {
          var claim = PlanClaim(member)
          claim.vector = PlanVector(
            price: truth.price + price, promise: truth.promise + promise,
            emission: truth.emission + emission)
          return auditor.audit(claim, of: question).map(\.code)
        }
        #expect(codes(0, 0, 0) == [], "seed \(seed)")
        #expect(codes(1, 0, 0) == [Discrepancy.Code.price], "seed \(seed)")
        #expect(codes(0, -1, 0) == [Discrepancy.Code.promise], "seed \(seed)")
        #expect(codes(0, 1, 0) == [Discrepancy.Code.promise], "seed \(seed)")
        #expect(codes(0, 0, -1) == [Discrepancy.Code.emission], "seed \(seed)")
      }
    }
  }
}
