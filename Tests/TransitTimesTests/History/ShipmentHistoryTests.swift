import CSVTables
import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

@Suite struct ShipmentHistoryTests {
  static func history(
    _ text: String, _ columns: HistoryColumns = .plain
  ) throws -> ShipmentHistory {
    var findings: [Finding] = []
    let table = try #require(
      CSVTable.parse(Array(text.utf8), file: "h.csv", findings: &findings))
    var history = ShipmentHistory(columns: columns)
    history.add(table)
    return history
  }

  @Test("rows of the plain format, times with blanks, seconds and offsets")
  func plain() throws {
    let history = try Self.history(
      """
      order,placed,handed_over,delivered,promised,origin,destination,distance_km
      a,2026-01-05 09:00,2026-01-06T10:30:59,2026-01-09T12:00:00+08:00,2026-01-10,X,Y,120.7
      b,2026-01-05,,,,,,

      """)
    #expect(history.findings.isEmpty && history.quarantine.total == 0)
    let first = try #require(history.orders.first)
    #expect(first.placed.description == "2026-01-05T09:00")
    #expect(first.handedOver?.description == "2026-01-06T10:30")
    #expect(first.delivered?.description == "2026-01-09T12:00")
    #expect(first.days == 4 && first.traits.distance == 120 && first.traits.group == .near)
    #expect(first.promised?.description == "2026-01-10")
    #expect(history.orders[1].handedOver == nil && history.orders[1].traits == OrderTraits())
  }

  @Test("rows that cannot be read or be true are counted and named; repeated orders stay apart")
  func bad() throws {
    let history = try Self.history(
      """
      order,placed,handed_over,delivered
      a,2026-01-05 09:00,2026-01-06 10:00,2026-01-04 10:00
      b,2026-13-05 09:00,,
      ,2026-01-05 09:00,,
      c,,,
      d,2026-01-05 09:00,2026-01-06 10:00,2036-01-04 10:00
      e,2026-01-05 09:00,2026-01-06 10:00,2026-01-08 10:00
      e,2026-01-05 09:00,2026-01-06 10:00,2026-01-08 10:00

      """)
    #expect(history.orders.map(\.name) == ["e"])
    #expect(history.repeats.count == 1)
    #expect(history.quarantine.counts == [.impossible: 2, .unreadable: 3])
    #expect(history.findings.map(\.line) == [2, 3, 4, 5, 6])
    #expect(history.findings.allSatisfy { $0.severity == .warning })
    let replay = PromiseReplay(history, from: nil, level: 950, now: "2027-01-01T00:00")
    #expect(replay.quarantine.counts == [.impossible: 2, .unreadable: 3, .duplicate: 3])
  }

  @Test("a mapped column that is missing is an error, a history without hand-overs is not")
  func columns() throws {
    let names: [HistoryColumns.Field: String] = [
      .order: "id", .placed: "bought", .delivered: "arrived",
    ]
    let mapped = HistoryColumns(names: names, pace: .everyDay)
    let history = try Self.history("id,bought,arrived\n1,2026-01-05,2026-01-09\n", mapped)
    #expect(history.orders.first?.handedOver == history.orders.first?.placed)
    let wrong = try Self.history("id,bought\n1,2026-01-05\n", mapped)
    #expect(wrong.findings.map(\.code) == [CSVCode.columnMissing])
    #expect(wrong.orders.isEmpty)
  }

  @Test("where nobody said how parcels move through the week, plans know the calendars")
  func pace() throws {
    let rows = "order,placed,planned\n1,2026-01-05,2026-01-09\n"
    #expect(try Self.history(rows + "2,2026-01-05,2026-01-07\n").pace == .everyDay)
    #expect(try Self.history(rows + "2,2026-01-05,\n").pace == .parcels)
    let names: [HistoryColumns.Field: String] = [
      .order: "order", .placed: "placed", .planned: "planned",
    ]
    #expect(try Self.history(rows, HistoryColumns(names: names)).pace == .everyDay)
    #expect(try Self.history(rows, HistoryColumns(names: names, pace: .parcels)).pace == .parcels)
  }

  @Test(
    "legs are read in order, the longest names the departure; without the column nothing is followed"
  )
  func legs() throws {
    let head = "order,placed,handed_over,planned,moving_min,longest_min"
    let row = "1,2026-01-05,2026-01-06T08:00,2026-02-09,43500,42000"
    let legs = "2026-01-06T10:00/300/330 2026-01-09T18:00/42000/"
    let order = try #require(try Self.history("\(head),legs\n\(row),\(legs)\n").orders.first)
    #expect(order.legs.map(\.text).joined(separator: " ") == legs)
    #expect(order.traits.moving == 43_500 && order.traits.longest == 42_000)
    #expect(order.traits.group == .followed)
    #expect(order.events.map(\.kind.word) == ["placed", "handed_over", "departed"])
    #expect(order.events.last?.at == "2026-01-09T18:00")
    let history = try Self.history("\(head),legs\n\(row),\(legs)\n")
    #expect(history.runs().map(\.taken) == [330])
    let plain = try #require(try Self.history("\(head)\n\(row)\n").orders.first)
    #expect(plain.traits.group == .planned && plain.traits.moving == nil)
    let spoilt = try Self.history("\(head),legs\n\(row),2026-01-06T10:00/x/1\n")
    #expect(spoilt.orders.isEmpty && spoilt.quarantine.counts == [.unreadable: 1])
  }
}
