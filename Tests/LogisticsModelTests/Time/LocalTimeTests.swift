import LogisticsModel
import Testing

@Suite struct LocalTimeTests {
  @Test func readsAndPrints() throws {
    let time = try #require(LocalTime(text: "2026-11-20T17:30"))
    // 20777 days x 1440 + 17 x 60 + 30 = 29918880 + 1050.
    #expect(time.minutes == 29_919_930)
    #expect(time.description == "2026-11-20T17:30")
    #expect(LocalTime(text: "2026-11-20 17:30") == time)
    #expect(time.date.description == "2026-11-20")
    #expect(time.clock.description == "17:30")
  }

  @Test func countsBackBefore1970() throws {
    let time = LocalTime(minutes: -1)
    #expect(time.description == "1969-12-31T23:59")
  }

  @Test(arguments: [
    "2026-11-20T24:00", "2026-11-20T17:60", "2026-11-31T10:00", "2026-11-20T1730", "2026-11-20",
    "2026-11-20T17:30Z", "2026-11-20T17:30:00", "2026-11-20t17:30", "", "é026-11-20T17:3",
  ])
  func refuses(_ text: String) { #expect(LocalTime(text: text) == nil) }

  @Test func clockTimes() {
    #expect(ClockTime(text: "24:00") == .endOfDay)
    #expect(ClockTime(text: "00:00") == .midnight)
    #expect(ClockTime(text: "24:01") == nil)
    #expect(ClockTime(text: "7:00") == nil)
    #expect(ClockTime(text: "07:60") == nil)
    #expect(ClockTime(minutes: 1441) == nil)
    #expect(ClockTime(minutes: -1) == nil)
  }
}
