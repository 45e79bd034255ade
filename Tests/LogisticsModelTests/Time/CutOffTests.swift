import LogisticsModel
import TestSupport
import Testing

@Suite struct CutOffTests {
  /// A departure at 19:00 with two hours of handling takes what is handed over by 17:00.
  @Test("handling lies between the cut-off and the departure")
  func handlingBefore() {
    let departure: Instant = "2026-11-20T19:00Z"
    let cutOff = CutOff(departure: departure, handling: 120)
    let expected: Instant = "2026-11-20T17:00Z"
    #expect(cutOff.latestHandOver == expected)
    #expect(CutOff(departure: departure, handling: 0).latestHandOver == departure)
    // Three days and a minute reach over two midnights.
    let early: Instant = "2026-11-17T18:59Z"
    #expect(CutOff(departure: departure, handling: 4321).latestHandOver == early)
  }
}
