import LogisticsModel
import TestSupport
import Testing

@Suite struct WorkingCalendarTests {
  /// Monday to Friday 08:00-12:00 and 13:00-17:00, Saturday 09:00-12:00.
  private func office(_ dates: DateSet = .none) -> WorkingCalendar {
    WorkingCalendar(
      name: "office",
      rows: [
        ("1111100", "13:00-17:00"),
        ("1111100", "08:00-12:00"),
        ("0000010", "09:00-12:00"),
      ], dates: dates)
  }

  @Test func mergesTouchingWindows() throws {
    let calendar = WorkingCalendar(
      name: "x",
      rows: [
        ("1000000", "08:00-12:00"),
        ("1000000", "12:00-14:00"),
        ("1000000", "13:00-15:00"),
      ])
    #expect(calendar.week[0].map(\.description) == ["08:00-15:00"])
    #expect(calendar.workingWeekdays.description == "1000000")
  }

  @Test func datesDifferFromTheWeek() throws {
    let dates = DateSet(
      name: "CN",
      days: [
        .init(date: "2026-10-01", kind: .closed, name: "National Day"),
        .init(date: "2026-10-10", kind: .open),
        .init(
          date: "2026-10-02", kind: .half(closes: "12:30")),
        .init(
          date: "2026-10-03", kind: .half(closes: "08:30")),
        .init(
          date: "2026-10-04", kind: .half(closes: "12:00")),
      ])
    let calendar = office(dates)
    #expect(calendar.windows(on: "2026-10-01").isEmpty)  // a Thursday
    // Saturday worked: the hours of Monday, the first weekday that has any.
    #expect(
      calendar.windows(on: "2026-10-10").map(\.description)
        == ["08:00-12:00", "13:00-17:00"])
    #expect(calendar.windows(on: "2026-10-02").map(\.description) == ["08:00-12:00"])
    // Saturday opens at 09:00 and would close at 08:30: nothing is left of it.
    #expect(!calendar.isWorkingDay("2026-10-03"))
    // A half day does not open a Sunday.
    #expect(!calendar.isWorkingDay("2026-10-04"))
  }

  @Test func countsWorkingDays() throws {
    let calendar = office()
    // Fri 20 Nov to Thu 3 Dec 2026: 21, 23-28, 30 Nov, 1-3 Dec = 1 + 6 + 4 = 11 with Saturdays.
    #expect(calendar.workingDays(after: "2026-11-20", through: "2026-12-03") == 11)
    #expect(calendar.workingDays(after: "2026-11-20", through: "2026-11-20") == 0)
    #expect(calendar.workingDays(after: "2026-11-21", through: "2026-11-20") == 0)
  }

  @Test func weekendOnFridayAndSaturday() throws {
    let calendar = WorkingCalendar(
      name: "SA", rows: [("1111001", "08:00-16:00")])
    #expect(!calendar.isWorkingDay("2026-11-20"))  // Friday
    #expect(calendar.isWorkingDay("2026-11-22"))  // Sunday
  }

  @Test func roundTheClockHasNoHoles() throws {
    for name in ZoneTableTests.names {
      let zone = try ZoneTableTests.zone(name)
      let windows = WorkingCalendar.always.openWindows(
        "2026-01-01"..."2027-12-31", in: zone)
      #expect(windows.count == 1, "\(name)")
    }
  }

  @Test func clockChanges() throws {
    let madrid = try ZoneTableTests.zone("Europe/Madrid")
    let calendar = WorkingCalendar(
      name: "night", rows: [("1111111", "02:30-06:00")])
    // 28 March 2027: 02:30 does not come; opens at 03:00 +02:00 = 01:00 UTC, closes 04:00 UTC.
    let spring = calendar.openWindows("2027-03-28"..."2027-03-28", in: madrid)
    #expect(spring.map { $0.opens.rfc3339() } == ["2027-03-28T01:00:00Z"])
    #expect(spring.map { $0.closes.rfc3339() } == ["2027-03-28T04:00:00Z"])
    // 25 October 2026: 02:30 comes twice; opens the first time, 00:30 UTC, closes 06:00 +01:00 = 05:00 UTC.
    let autumn = calendar.openWindows("2026-10-25"..."2026-10-25", in: madrid)
    #expect(autumn.map { $0.opens.rfc3339() } == ["2026-10-25T00:30:00Z"])
    #expect(autumn.map { $0.closes.rfc3339() } == ["2026-10-25T05:00:00Z"])
    // A closing at 02:30 on that day is the second one: 01:30 UTC.
    let early = WorkingCalendar(
      name: "early", rows: [("1111111", "01:00-02:30")])
    let closing = early.openWindows("2026-10-25"..."2026-10-25", in: madrid)
    #expect(closing.map { $0.closes.rfc3339() } == ["2026-10-25T01:30:00Z"])
    // A window wholly inside the gap does not open: 02:15-02:45 on 28 March.
    let short = WorkingCalendar(
      name: "short", rows: [("1111111", "02:15-02:45")])
    #expect(short.openWindows("2027-03-28"..."2027-03-28", in: madrid).isEmpty)
  }
}
