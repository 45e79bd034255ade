import LogisticsModel
import Testing

@Suite struct InstantTests {
  // 2026-11-20T09:30Z = 20777 x 1440 + 570 = 29919450.
  @Test(arguments: [
    ("2026-11-20T09:30:00Z", 29_919_450), ("2026-11-20T17:30:00+08:00", 29_919_450),
    ("2026-11-20t09:30z", 29_919_450), ("2026-11-20 04:00:00-05:30", 29_919_450),
    // A parcel ready at 09:29:01 is not ready at 09:29.
    ("2026-11-20T09:29:01Z", 29_919_450), ("2026-11-20T09:29:00.001Z", 29_919_450),
    ("2026-11-20T09:29:60Z", 29_919_450), ("2026-11-20T09:30:00.000Z", 29_919_450),
  ])
  func reads(_ text: String, _ minutes: Int64) throws {
    #expect(try Instant(rfc3339: text).minutes == minutes)
  }

  @Test(arguments: [
    ("2026-11-20T17:30", TimestampFault.offsetMissing),
    ("2026-11-20T17:30:00", .offsetMissing),
    ("2026-02-30T17:30Z", .impossible), ("2026-11-20T24:00Z", .impossible),
    ("2026-11-20T17:60Z", .impossible), ("2026-11-20T17:30:61Z", .impossible),
    ("2026-11-20T17:30+24:00", .impossible), ("2026-11-20T17:30+0800", .malformed),
    ("2026-11-20T17:30:00.Z", .malformed), ("2026-11-20T17:30ZZ", .malformed),
    ("20261120T1730Z", .malformed), ("", .malformed), ("2026-11-20T17:30 Z", .malformed),
    ("next Tuesday, please", .malformed),
  ])
  func refuses(_ text: String, _ fault: TimestampFault) {
    #expect(throws: fault) { try Instant(rfc3339: text) }
  }

  @Test func prints() {
    let instant = Instant(minutes: 29_919_450)
    #expect(instant.rfc3339() == "2026-11-20T09:30:00Z")
    #expect(instant.rfc3339(offsetMinutes: 480) == "2026-11-20T17:30:00+08:00")
    #expect(instant.rfc3339(offsetMinutes: -210) == "2026-11-20T06:00:00-03:30")
  }
}
