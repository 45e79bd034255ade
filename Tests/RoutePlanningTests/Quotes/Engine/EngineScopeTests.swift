import LogisticsModel
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct EngineScopeTests {
  @Test("a scope begins with the UTC day and is cut into whole days that meet")
  func days() {
    let midnight: Instant = "2026-11-20T00:00Z"
    for moment in ["2026-11-20T00:00Z", "2026-11-20T09:00Z", "2026-11-20T23:59Z"] as [Instant] {
      let scope = EngineScope(from: moment, days: 3, currency: .eur)
      #expect(scope.start == midnight.minutes)
      #expect(scope.minutes(ofDay: 0) == midnight.minutes..<(midnight.minutes + 1440))
      #expect(scope.minutes(ofDay: 1).upperBound == scope.minutes(ofDay: 2).lowerBound)
    }
    let next = EngineScope(from: "2026-11-21T00:00Z", days: 3, currency: .eur)
    #expect(next.start == midnight.minutes + 1440)
    #expect(next.days == 3 && EngineScope(from: midnight, currency: .eur).days == 8)
  }
}
