import Testing

@testable import NetworkBuilding

@Suite struct BundleCalendarsTests {
  private func date(_ set: String, _ date: String) -> String {
    let row = WorldFixture.rows("calendar_dates.csv").first {
      $0["dates"] == set && $0["date"] == date
    }
    return row?["kind"] ?? "-"
  }

  /// China's National Day week of 2026 is closed and the Saturday after it worked.
  @Test func chinaSwapsDays() {
    #expect(date("CN", "2026-10-01") == "closed")
    #expect(date("CN", "2026-10-10") == "open")
  }

  /// The source says "(estimated)" in some names already; it is said once.
  @Test func estimatesAreMarkedOnce() {
    let names = WorldFixture.rows("calendar_dates.csv").map { $0["name"] ?? "" }
    #expect(names.contains { $0.hasSuffix("(estimated)") })
    #expect(!names.contains { $0.hasSuffix("(estimated) (estimated)") })
  }

  /// Friday and Saturday are the weekend in Kuwait: customs rest on both, parcels only on Friday.
  @Test func weekendsDiffer() {
    let rows = WorldFixture.rows("calendars.csv")
    func weekdays(_ id: String) -> String {
      rows.first { $0["calendar"] == id }?["weekdays"] ?? ""
    }
    #expect(weekdays("customs-KW") == "1111001" && weekdays("deliver-KW") == "1111011")
    #expect(weekdays("customs-DE") == "1111100" && weekdays("deliver-DE") == "1111110")
    #expect(weekdays("customs-HK") == "1111110" && weekdays("deliver-HK") == "1111110")
  }

  /// A holiday wins over the half day of an assumption: in Finland 24 December is a holiday anyway.
  @Test func holidaysWinOverHalfDays() {
    #expect(date("DE", "2026-12-24") == "half")
    #expect(date("DE", "2026-12-25") == "closed")
    var calendars = DraftCalendars()
    calendars.mark("X", date: "2026-01-01", kind: "half", closes: "13:00", name: "half")
    calendars.mark("X", date: "2026-01-01", kind: "closed", name: "holiday")
    calendars.mark("X", date: "2026-01-01", kind: "open", name: "swap")
    #expect(
      calendars.files()["calendar_dates.csv"]
        == "dates,date,kind,closes,name\nX,2026-01-01,closed,,holiday\n")
  }
}
