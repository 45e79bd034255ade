import Foundation
import LogisticsModel
import TestSupport
import Testing

@Suite struct ZoneTableTests {
  static let names = [
    "Europe/Madrid", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe",
    "Africa/Casablanca", "Asia/Kathmandu", "Europe/Dublin", "America/Santiago", "Asia/Tehran",
    "Pacific/Apia", "America/Nuuk", "Africa/Cairo", "Pacific/Chatham", "Asia/Beirut",
    "America/Havana", "Antarctica/Troll", "UTC", "America/Sao_Paulo",
  ]

  static func zone(_ name: String) throws -> ZoneTable {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try ZoneTable(name: name, tzif: Array(data))
  }

  /// The oracle is Foundation, minute for minute, at random instants and around each change.
  @Test(arguments: names) func offsetsAgreeWithFoundation(_ name: String) throws {
    let table = try Self.zone(name)
    let oracle = try #require(TimeZone(identifier: name))
    var random = SeededGenerator(seed: 7)
    // 1975-01-01 to 2099-12-31; older offsets may have seconds.
    let range = 2_629_440...68_374_000
    var minutes = (0..<4000).map { _ in random.int(range) }
    for change in table.changes where range.contains(Int(change)) {
      minutes += [Int(change) - 1, Int(change), Int(change) + 1]
    }
    for minute in minutes {
      let seconds = oracle.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute) * 60))
      let offset = Int(table.offset(at: Instant(minutes: Int64(minute)))) * 60
      if offset != seconds {
        Issue.record("\(name) at minute \(minute): \(offset), Foundation says \(seconds)")
        return
      }
    }
  }

  /// Every local time resolves to exactly the instants that show it, found by trying all offsets.
  @Test(arguments: names) func localTimesResolve(_ name: String) throws {
    let table = try Self.zone(name)
    let offsets = Set(table.offsets)
    var random = SeededGenerator(seed: 8)
    for change in table.changes.filter({ $0 > 10_000_000 && $0 < 60_000_000 }) {
      for _ in 0..<12 {
        let local = LocalTime(
          minutes: change + Int64(table.offset(at: Instant(minutes: change)))
            + Int64(random.int(-150...150)))
        let shown = offsets.map { Instant(minutes: local.minutes - Int64($0)) }
          .filter { table.local($0) == local }.sorted()
        switch table.instants(of: local) {
        case .unique(let instant): #expect(shown == [instant])
        case .fold(let earlier, let later):
          #expect(shown.first == earlier && shown.last == later && shown.count == 2)
        case .gap(let firstAfter, let before, let then):
          #expect(shown.isEmpty)
          #expect(before <= local && local < then)
          #expect(table.local(firstAfter) == then)
          #expect(table.local(firstAfter.advanced(byMinutes: -1)).minutes == before.minutes - 1)
        }
      }
    }
  }

  @Test func madrid() throws {
    let madrid = try Self.zone("Europe/Madrid")
    // Last Sunday of March 2027 is the 28th: at 02:00 (01:00 UTC) the clock shows 03:00.
    let gap: LocalTime = "2027-03-28T02:30"
    #expect(
      madrid.instants(of: gap).earliest == "2027-03-28T01:00:00Z")
    #expect(madrid.instants(of: gap).earliest == madrid.instants(of: gap).latest)
    // Last Sunday of October 2026 is the 25th: 02:30 comes at 00:30 and at 01:30 UTC.
    let fold: LocalTime = "2026-10-25T02:30"
    #expect(
      madrid.instants(of: fold)
        == .fold(
          earlier: "2026-10-25T00:30:00Z",
          later: "2026-10-25T01:30:00Z"))
    #expect(
      Instant(stringLiteral: "2026-12-03T10:00Z").rfc3339(in: madrid) == "2026-12-03T11:00:00+01:00"
    )
  }

  @Test func halfHourOfLordHowe() throws {
    let zone = try Self.zone("Australia/Lord_Howe")
    // Summer time is half an hour: first Sunday of October 2026 (4th), 02:00 jumps to 02:30.
    let gap: LocalTime = "2026-10-04T02:15"
    #expect(zone.local(zone.instants(of: gap).earliest).description == "2026-10-04T02:30")
  }

  @Test func damagedFiles() throws {
    let good = Array(
      try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Madrid")))
    #expect(throws: ZoneFault.unknown) { try ZoneTable(name: "x", tzif: []) }
    #expect(throws: ZoneFault.notZoneFile) {
      try ZoneTable(name: "x", tzif: Array("GIF89a..".utf8))
    }
    for length in 0..<good.count {
      #expect(throws: ZoneFault.self) { try ZoneTable(name: "x", tzif: Array(good[..<length])) }
    }
    var random = SeededGenerator(seed: 9)
    for _ in 0..<3000 {
      var bytes = good
      for _ in 0..<random.int(1...4) {
        bytes[random.int(0...(bytes.count - 1))] = UInt8(random.int(0...255))
      }
      if let table = try? ZoneTable(name: "x", tzif: bytes) {
        _ = table.instants(of: LocalTime(minutes: 29_919_930))
      }
    }
    let leap = URL(fileURLWithPath: "/usr/share/zoneinfo/right/Europe/Madrid")
    if let bytes = try? Data(contentsOf: leap) {
      #expect(throws: ZoneFault.leapSeconds) { try ZoneTable(name: "x", tzif: Array(bytes)) }
    }
  }

  @Test func catalogueAsksOnce() throws {
    final class Count: @unchecked Sendable { var value = 0 }
    let count = Count()
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Asia/Tokyo")))
    let catalogue = ZoneCatalogue { name in
      count.value += 1
      return name == "Asia/Tokyo" ? bytes : nil
    }
    #expect(try catalogue.zone("Asia/Tokyo") == catalogue.zone("Asia/Tokyo"))
    #expect(throws: ZoneFault.unknown) { try catalogue.zone("Asia/Tokio") }
    #expect(throws: ZoneFault.unknown) { try catalogue.zone("Asia/Tokio") }
    #expect(count.value == 2)
  }
}
