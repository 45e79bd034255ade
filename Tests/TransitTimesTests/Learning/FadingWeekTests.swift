import TestSupport
import Testing

@testable import TransitTimes

@Suite struct FadingWeekTests {
  static func week(_ days: [(events: Double, exposure: Double)]) -> FadingWeek {
    var week = FadingWeek(kept: [0.5], echo: 2, least: [1])
    for day in days {
      week.today.events[0] += day.events
      week.today.exposure[0] += day.exposure
      week.close()
    }
    return week
  }

  /// Nine days of 1 in 10: a week of 7 in 70, and of the two days before 1 x .5 + 1 = 1.5 in 15, which it bears.
  ///
  /// Then a week of nothing but one unit of exposure: the older days are worth 2 x 1 + 1 = 3 units at most.
  @Test("the week counts whole, older days fade and are worth no more than twice the week, by hand")
  func byHand() {
    let steady = Array(repeating: (events: 1.0, exposure: 10.0), count: 9)
    let present = Self.week(steady).present
    #expect(present.events == [8.5] && present.exposure == [85])
    let quiet = Self.week(steady + [(0, 1)] + Array(repeating: (0, 0), count: 6)).present
    #expect(abs(quiet.exposure[0] - 4) < 1e-12 && abs(quiet.events[0] - 0.3) < 1e-12)
  }

  @Test("more exposure on any day never raises the rate")
  func monotone() {
    var random = SeededGenerator(seed: 5)
    var raised = 0
    for _ in 0..<400 {
      var days = (0..<20).map { _ in
        (events: Double(random.int(0...3)), exposure: Double(random.int(0...20)))
      }
      func rate() -> Double {
        let present = Self.week(days).present
        return (present.events[0] + 0.1) / (present.exposure[0] + 1)
      }
      let before = rate()
      days[random.int(0...19)].exposure += Double(random.int(1...200))
      if rate() > before + 1e-12 { raised += 1 }
    }
    #expect(raised == 0)
  }
}
