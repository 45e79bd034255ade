import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

@Suite struct WorkingPaceTests {
  @Test("shares by weekday and holiday; wrong ones are no pace")
  func shares() throws {
    let pace = try #require(
      WorkingPace(week: [1024, 1024, 1024, 1024, 1024, 512, 1], closed: ["2026-11-25"]))
    #expect(pace.share(of: "2026-11-23") == 1024)
    #expect(pace.share(of: "2026-11-25") == 1)
    #expect(pace.share(of: "2026-11-28") == 512)
    #expect(WorkingPace(week: [1024, 1024]) == nil)
    #expect(WorkingPace(week: [1024, 1024, 1024, 1024, 1024, 0, 0]) == nil)
    #expect(WorkingPace(week: [512, 512, 512, 512, 512, 1, 1]) == nil)
  }

  @Test("days reached by work: every day of a year against counting")
  func reached() {
    var clock = WorkClock(pace: .parcels, origin: 17_000)
    clock.layOut(through: 17_400)
    var sum: Int64 = 0
    var wrong = 0
    for day in 17_000..<17_400 {
      let share = Int64(WorkingPace.parcels.share(of: CivilDate(days: day)))
      if clock.work(before: day) != sum { wrong += 1 }
      if clock.firstDay(reaching: sum + 1) != day { wrong += 1 }
      if clock.firstDay(reaching: sum + share * 1440) != day { wrong += 1 }
      if clock.work(at: Int64(day) * 1440 + 77) != sum + 77 * share { wrong += 1 }
      sum += share * 1440
    }
    #expect(wrong == 0)
    #expect(clock.firstDay(reaching: sum + 1_000_000_000) == nil)
  }
}
