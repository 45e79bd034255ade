import Foundation
import LogisticsModel
import TestSupport
import Testing

@Suite struct CivilDateTests {
  @Test func knownDays() {
    #expect(CivilDate(year: 1970, month: 1, day: 1)?.days == 0)
    // 30 years of which 7 leap (1972 ... 1996): 30 x 365 + 7 = 10957.
    #expect(CivilDate(year: 2000, month: 1, day: 1)?.days == 10_957)
    // 2000-01-01 plus 26 years with 7 leap days (2000 ... 2024): 10957 + 26 x 365 + 7 = 20454 is 2026-01-01;
    // 20 November is day 304 + 20 = 324 of the year: 20454 + 323 = 20777.
    #expect(CivilDate(year: 2026, month: 11, day: 20)?.days == 20_777)
    #expect(CivilDate(year: 2026, month: 11, day: 20)?.weekday == .friday)
    #expect(CivilDate.first == CivilDate(year: 1, month: 1, day: 1))
    #expect(CivilDate.last == CivilDate(year: 9999, month: 12, day: 31))
  }

  @Test func everyDayComesBack() {
    var previous = CivilDate.first.adding(days: 0)
    for days in stride(from: Int(CivilDate.first.days) + 1, through: 100_000, by: 1) {
      let date = CivilDate(days: days)
      let (year, month, day) = date.components
      guard CivilDate(year: year, month: month, day: day) == date, previous < date else {
        Issue.record("\(days) does not come back")
        return
      }
      previous = date
    }
  }

  @Test func agreesWithFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      // Foundation's calendar is Julian before October 1582.
      let days = random.int(-100_000...200_000)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      let date = CivilDate(days: days)
      #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day)
      // Foundation counts Sunday as 1.
      #expect(date.weekday.rawValue == ((parts.weekday ?? 0) + 5) % 7)
    }
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-01", "26-01-01",
    "2026-01-01 ", "2026/01/01", "-026-01-01", "2026-01-1a", "", "2026-01-0１",
  ])
  func refuses(_ text: String) { #expect(CivilDate(iso: text) == nil) }

  @Test func readsAndPrints() throws {
    let date = try #require(CivilDate(iso: "2028-02-29"))
    #expect(date.description == "2028-02-29")
    #expect(date.spoken == "Tue 29 Feb 2028")
    #expect(CivilDate(iso: "0001-01-01") == .first)
    let december = try #require(CivilDate(iso: "2026-12-03"))
    #expect(december.spoken(zone: "Europe/Madrid") == "Thu 3 Dec 2026 (Madrid)")
    #expect(december.spoken(zone: "America/New_York") == "Thu 3 Dec 2026 (New York)")
    #expect(december.monday.description == "2026-11-30")
  }

  @Test func stopsAtTheEnds() {
    #expect(CivilDate.last.adding(days: 1) == .last)
    #expect(CivilDate.last.adding(days: .max) == .last)
    #expect(CivilDate.first.adding(days: .min) == .first)
  }
}
