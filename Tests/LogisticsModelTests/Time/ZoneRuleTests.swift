import Testing

@testable import LogisticsModel

@Suite struct ZoneRuleTests {
  private func changes(_ text: String, _ year: Int) -> [String]? {
    ZoneRule(posix: Array(text.utf8))?.changes(years: year...year).map {
      Instant(minutes: $0.second / 60).rfc3339() + " \($0.offset / 60)"
    }
  }

  @Test func european() {
    // 29 March and 25 October 2026 are the last Sundays; 02:00 +01:00 and 03:00 +02:00 are 01:00 UTC.
    #expect(
      changes("CET-1CEST,M3.5.0,M10.5.0/3", 2026) == [
        "2026-03-29T01:00:00Z 120", "2026-10-25T01:00:00Z 60",
      ])
  }

  @Test func southernWithNegativeTime() {
    // Nuuk: last Sunday of March at -1:00, that is Saturday 23:00 local (-02:00), 01:00 UTC on Sunday.
    #expect(
      changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026) == [
        "2026-03-29T01:00:00Z -60", "2026-10-25T01:00:00Z -120",
      ])
    // Half an hour of summer time: ends on the first Sunday of April, begins on the first of October.
    #expect(
      changes("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2026) == [
        "2026-04-04T15:00:00Z 630", "2026-10-03T15:30:00Z 660",
      ])
  }

  @Test func dayNumbers() {
    // J60 is 1 March whatever the year; 59 is 29 February in 2028 and 1 March in 2026.
    #expect(changes("X0Y,J60/0,300", 2026) == nil)  // abbreviations have three letters
    #expect(changes("XXX0YYY,J60/0,300/0", 2028)?.first == "2028-03-01T00:00:00Z 60")
    #expect(changes("XXX0YYY,59/0,300/0", 2028)?.first == "2028-02-29T00:00:00Z 60")
    #expect(changes("XXX0YYY,59/0,300/0", 2026)?.first == "2026-03-01T00:00:00Z 60")
  }

  @Test func summerAllYear() {
    // Ends when the next one begins: nothing changes but the year's first instant.
    let rule = ZoneRule(posix: Array("EST5EDT,0/0,J365/25".utf8))
    #expect(rule?.changes(years: 2026...2027).map(\.offset) == [-14_400, -14_400, -18_000])
  }

  @Test(arguments: [
    "", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-25",
    "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,J0,J1", "CET-1CEST,366,1",
  ])
  func refuses(_ text: String) { #expect(ZoneRule(posix: Array(text.utf8)) == nil) }
}
