import Testing

@testable import JobQueue

@Suite struct CronPatternTests {
  private func next(_ pattern: String, _ time: String) -> String? {
    guard let pattern = CronPattern(pattern), let time = CivilMinute(time) else { return nil }
    return pattern.next(after: time)?.description
  }

  @Test(
    "the next time after another",
    arguments: [
      ("*/15 * * * *", "2026-11-22 09:30", "2026-11-22 09:45"),
      ("*/15 * * * *", "2026-11-22 23:50", "2026-11-23 00:00"),
      ("0 3 * * *", "2026-11-22 03:00", "2026-11-23 03:00"),
      ("0 3 * * *", "2026-12-31 04:00", "2027-01-01 03:00"),
      // 22 November 2026 is a Sunday.
      ("30 9 * * mon-fri", "2026-11-20 10:00", "2026-11-23 09:30"),
      ("0 0 * * 7", "2026-11-16 12:00", "2026-11-22 00:00"),
      // Both days restricted: either suffices.
      ("0 0 13 * fri", "2026-11-22 00:00", "2026-11-27 00:00"),
      ("0 0 13 * fri", "2026-12-11 00:00", "2026-12-13 00:00"),
      ("0 0 29 feb *", "2026-11-22 00:00", "2028-02-29 00:00"),
      ("5,10-12 1 1 jan *", "2026-01-01 01:05", "2026-01-01 01:10"),
      ("0 8-18/4 * * *", "2026-11-22 12:00", "2026-11-22 16:00"),
      ("@monthly", "2026-11-22 12:00", "2026-12-01 00:00"),
    ])
  func following(_ pattern: String, _ time: String, _ expected: String) {
    #expect(next(pattern, time) == expected)
  }

  @Test(
    "what is no pattern",
    arguments: [
      "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
      "*/0 * * * *",
      "5-1 * * * *", "a * * * *", "0 0 30 feb *", "1,,2 * * * *", "1-2-3 * * * *", "@never",
    ])
  func refused(_ pattern: String) {
    #expect(CronPattern(pattern) == nil)
  }

  /// Against a plain walk over the minutes of two years.
  @Test func againstCounting() throws {
    let pattern = try #require(CronPattern("17 5,22 10-20 2,11 sun"))
    var expected: [CivilMinute] = []
    for year in 2027...2028 {
      for month in 1...12 {
        for day in 1...CivilMinute.days(inMonth: month, of: year) {
          let date = CivilMinute(year, month, day)
          guard [2, 11].contains(month), (10...20).contains(day) || date.weekday == 0 else {
            continue
          }
          expected += [5, 22].map { CivilMinute(year, month, day, $0, 17) }
        }
      }
    }
    var found: [CivilMinute] = []
    var time = CivilMinute(2026, 12, 31, 23, 59)
    while let next = pattern.next(after: time), next.year <= 2028 {
      found.append(next)
      time = next
    }
    #expect(found == expected)
  }

  @Test("days of the week go on without a gap, over leap years and turns of the century")
  func weekdays() {
    var date = CivilMinute(1999, 12, 27)
    var weekday = 1
    var wrong = 0
    for _ in 0..<40_000 {
      if date.weekday != weekday { wrong += 1 }
      date = date.nextDay
      weekday = (weekday + 1) % 7
    }
    #expect(wrong == 0)
    #expect(date.description == "2109-07-03 00:00")
  }

  @Test("missed firings are made up for one by one, or one stands for all")
  func missed() throws {
    let pattern = try #require(CronPattern("0 * * * *"))
    let due = try #require(CivilMinute("2026-11-22 03:00"))
    let now = try #require(CivilMinute("2026-11-22 09:20"))
    let each = Schedule.following(due, pattern, now: now, catchesUp: true)
    let once = Schedule.following(due, pattern, now: now, catchesUp: false)
    #expect(each?.description == "2026-11-22 04:00")
    #expect(once?.description == "2026-11-22 10:00")
  }
}
