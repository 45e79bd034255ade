import TestSupport
import Testing

@testable import TransitTimes

@Suite struct KaplanMeierTests {
  /// Ten values; the third largest is censored.
  ///
  ///     1 2 3 4 5 6 7 8+ 9 10: S after 7 = 3/10; at 9 two are left, S = 3/20; at 10 none.
  @Test("by hand, with one censored")
  func byHand() {
    let values = (1...10).map {
      KaplanMeier.Observation(value: Double($0), isEvent: $0 != 8)
    }
    #expect(KaplanMeier.quantile(values, 0.7) == 7)
    #expect(KaplanMeier.quantile(values, 0.85) == 9)
    #expect(KaplanMeier.quantile(values, 0.86) == 10)
    #expect(KaplanMeier.quantile(Array(values.dropLast(2)), 0.95) == nil)
  }

  @Test("without censoring it is the empirical quantile; more censored ones never shorten it")
  func properties() {
    var random = SeededGenerator(seed: 1)
    var wrong = 0
    for _ in 0..<300 {
      let count = random.int(1...60)
      let values = (0..<count).map { _ in Double(random.int(1...1000)) }
      let level = Double(random.int(1...99)) / 100
      let events = values.map { KaplanMeier.Observation(value: $0, isEvent: true) }
      let place = max(Int((level * Double(count) - 1e-9).rounded(.up)), 1)
      let quantile = KaplanMeier.quantile(events, level)
      if quantile != values.sorted()[place - 1] { wrong += 1 }
      let late = (0..<random.int(1...9)).map { _ in
        KaplanMeier.Observation(
          value: (quantile ?? 0) + Double(random.int(0...500)), isEvent: false)
      }
      if let longer = KaplanMeier.quantile(events + late, level), longer < quantile ?? 0 {
        wrong += 1
      }
    }
    #expect(wrong == 0)
  }
}
