import Fulfilment
import LogisticsModel
import PostgresClient
import ShipmentStore
import TestSupport
import Testing

/// What is stored of a shipment is what its events add up to.
@Suite(.needsServer, .timeLimit(.minutes(2))) struct RecordTests {
  private func event(
    _ status: TransportStatus, _ minute: Int64, leg: Int? = nil, key: String? = nil,
    expected: Int64? = nil, note: String = ""
  ) -> ShipmentEvent {
    ShipmentEvent(
      key: key ?? "\(status.word)-\(leg ?? -1)-\(minute)", status: status, leg: leg,
      occurred: Plans.now.advanced(byMinutes: minute),
      expected: expected.map { Plans.now.advanced(byMinutes: $0) }, note: note)
  }

  /// Columns of the legs as they stand, for comparison with the fold.
  private func storedLegs(_ conninfo: String, _ id: RecordID) async throws -> [String] {
    let connection = try await Connection.open(ConnectionSettings(conninfo))
    defer { connection.close() }
    return try await connection.query(
      """
      SELECT concat_ws(' ', state, coalesce(actual_departure::text, '-'), coalesce(actual_arrival::text, '-'),
        coalesce(estimated_arrival::text, '-'))
      FROM tradewind.shipment_leg WHERE tenant_id = 1 AND shipment_id = $1 ORDER BY number
      """, UniqueID(high: id.high, low: id.low)
    ).decode(String.self)
  }

  private func foldedLegs(_ shipment: Shipment) -> [String] {
    shipment.legs.map { leg in
      let times = [leg.actual.departure, leg.actual.arrival, leg.estimated.arrival].map {
        // As the server prints it: a blank, seconds, and the offset of its zone, which is UTC.
        $0.map {
          let text = $0.rfc3339()
          return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + ":00+00"
        } ?? "-"
      }
      return ([leg.state.rawValue] + times.map { String($0) }).joined(separator: " ")
    }
  }

  @Test(
    "random streams, recorded out of order and twice: rows, steps and parked events are those of the fold"
  )
  func streams() async throws {
    let (store, conninfo) = try await StoreServer.store()
    let admin = try await Connection.open(ConnectionSettings(conninfo))
    defer { admin.close() }
    try await admin.run(script: "ALTER ROLE tradewind SET TimeZone = 'UTC'")
    var generator = SeededGenerator(seed: 11)
    for number in 1...12 {
      let plan = Plans.plan(number)
      #expect(try await store.book([plan]) == [.booked(plan.promise)])
      var life = [
        event(.collected, 5), event(.arrived, 95, leg: 0), event(.handedOver, 100, leg: 1),
        event(.departed, 110, leg: 1), event(.delayed, 120, leg: 1, expected: 700),
        event(.arrived, 190, leg: 1), event(.inClearance, 200, leg: 2),
        event(.cleared, 260, leg: 2), event(.outForDelivery, 300),
        event(.delayed, 310, expected: 900), event(.delivered, 380),
      ].shuffled(using: &generator)
      life.removeLast(generator.int(0...4))
      var log = ShipmentLog(Shipment(legs: plan.legs))
      for event in life {
        let expected = try log.record(event)
        #expect(try await store.record(event, of: plan.promise.id) == expected)
        if generator.chance(oneIn: 3) {
          #expect(try await store.record(event, of: plan.promise.id) == .repeated)
        }
      }
      let record = try #require(try await store.shipment(plan.promise.id))
      #expect(record.log.shipment == log.shipment)
      #expect(record.log.steps == log.steps)
      #expect(record.log.events == life)
      #expect(record.estimates.count == life.count { $0.expected != nil })
      #expect(record.promise == plan.promise)
      #expect(try await storedLegs(conninfo, plan.promise.id) == foldedLegs(log.shipment))
      let uid = UniqueID(high: plan.promise.id.high, low: plan.promise.id.low)
      let parked = try await admin.query(
        "SELECT event_key FROM tradewind.parked_event WHERE shipment_id = $1", uid
      ).decode(String.self)
      #expect(Set(parked) == Set(log.parked.map(\.key)))
      let (state, steps, messages) = try await admin.query(
        """
        SELECT state, (SELECT count(*) FROM tradewind.shipment_step WHERE shipment_id = $1),
          (SELECT count(*) FROM tradewind.outbox WHERE shipment_id = $1)
        FROM tradewind.shipment WHERE id = $1
        """, uid)[0].decode(String.self, Int64.self, Int64.self)
      #expect(state == log.shipment.state.rawValue)
      #expect(steps == Int64(log.steps.count))
      #expect(messages == steps + 1)
    }
  }

  @Test("many recorders of one shipment at once: every event once, one order of steps")
  func concurrent() async throws {
    let (store, _) = try await StoreServer.store()
    let plan = Plans.plan(1)
    _ = try await store.book([plan])
    let life = [
      event(.collected, 5), event(.arrived, 95, leg: 0), event(.departed, 110, leg: 1),
      event(.arrived, 190, leg: 1), event(.cleared, 260, leg: 2), event(.outForDelivery, 300),
      event(.delivered, 380),
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for event in life + life.reversed() {
        group.addTask { _ = try await store.record(event, of: plan.promise.id) }
      }
      try await group.waitForAll()
    }
    let record = try #require(try await store.shipment(plan.promise.id))
    #expect(record.log.shipment.state == .delivered)
    #expect(record.log.events.count == life.count)
    #expect(record.log.steps.count == life.count)
  }

  @Test("what cannot be recorded is refused with a code, and leaves nothing")
  func refused() async throws {
    let (store, _) = try await StoreServer.store()
    let plan = Plans.plan(1)
    _ = try await store.book([plan])
    func code(_ event: ShipmentEvent, _ id: RecordID) async throws -> String? {
      do {
        _ = try await store.record(event, of: id)
        return nil
      } catch let fault as ShipmentFault { return fault.code }
    }
    #expect(try await code(event(.collected, 1), Plans.id(99)) == ShipmentFault.unknownShipment)
    #expect(
      try await code(event(.departed, 1, leg: 9), plan.promise.id) == ShipmentFault.noSuchLeg)
    #expect(try await code(event(.collected, 1, key: "k"), plan.promise.id) == nil)
    #expect(
      try await code(event(.collected, 2, key: "k"), plan.promise.id) == ShipmentFault.keyReused)
    #expect(try await store.shipment(plan.promise.id)?.log.events.count == 1)
  }

  @Test("whoever may only serve can do all of it")
  func serviceRole() async throws {
    let conninfo = try await StoreServer.database()
    let store = try StoreServer.store(over: conninfo + " options='-c role=tradewind_service'")
    try await store.setCapacity(ofLeg: "air", to: 1)
    try await store.setStock(node: "W", sku: "lamp", onHand: 3)
    try await store.setSafetyStock(node: "W", sku: "lamp", channel: "market", pieces: 1)
    let saved = try DeskTests.saved(
      try DeskTests.request(lines: ["850760:1:40EUR:CN:in_equipment"]))
    try await store.save([saved])
    #expect(try await store.quotes([saved.id]).count == 1)
    let line = StockLine(node: "W", sku: "lamp", quantity: 1)
    let (first, second) = (Plans.plan(1, lines: [line]), Plans.plan(2, lines: [line]))
    // One fits, so both paths are taken.
    let answers = try await store.book([first, second])
    #expect(answers[0] == .booked(first.promise))
    guard case .full = answers[1] else {
      Issue.record("\(answers[1])")
      return
    }
    _ = try await store.record(
      event(.arrived, 9, leg: 0, expected: 99), of: first.promise.id)
    #expect(
      try await store.record(event(.collected, 5), of: first.promise.id) == .applied(released: 1))
    #expect(try await store.record(event(.lost, 50), of: first.promise.id) == .applied(released: 0))
    #expect(try await store.shipment(first.promise.id)?.log.shipment.state == .lost)
    #expect(try await store.shipments(limit: 5).count == 1)
    #expect(try await store.unservedDemand(since: DeskTests.now).count == 1)
    #expect(
      try await store.onTime(from: "2026-11-01", through: "2026-12-31", asOf: DeskTests.now).count
        == 1)
    #expect(try await store.departures(ofLeg: "air", from: Plans.now).map(\.reserved) == [0])
  }

  static let hostile: [String] = [
    "'; DROP TABLE tradewind.shipment; --", #"back\slash \x00 \u0000"#, "\"quoted\" `ticked` $1 $$",
    "emoji 🚢👩‍👩‍👧 and é, e\u{301}", "line\nbreak\ttab\r\u{1}\u{7f}", "{\"json\": [1, \"2\"]}",
    "%s %d {0}",
    "\u{202E}right to left", "NULL", " ", "\u{FFFD}\u{10FFFF}",
  ]

  @Test("every text field keeps every character, or refuses the text with a code")
  func hostileTexts() async throws {
    let (store, _) = try await StoreServer.store()
    var number = 0
    for text in RecordTests.hostile {
      number += 1
      try await store.setStock(node: text, sku: text, onHand: 5)
      try await store.setSafetyStock(node: text, sku: text, channel: text, pieces: 1)
      try await store.setCapacity(ofLeg: text, to: 3)
      let leg = ShipmentLeg(
        name: text, from: text, to: text, role: .carriage, departs: Plans.now,
        planned: LegTimes(departure: Plans.now, arrival: Plans.now))
      let plan = Plans.plan(
        number, key: text, quote: text, merchant: text, channel: text,
        lines: [StockLine(node: text, sku: text, quantity: 1)], legs: [leg])
      #expect(try await store.book([plan]) == [.booked(plan.promise)], "\(text)")
      #expect(try await store.answers(to: [plan.order]) == [.repeated(plan.promise)])
      let told = event(.collected, 1, key: text, note: text)
      #expect(try await store.record(told, of: plan.promise.id) == .applied(released: 0))
      let record = try #require(try await store.shipment(plan.promise.id))
      #expect(record.merchant == text && record.channel == text)
      #expect(record.lines == plan.order.lines)
      #expect(record.log.events == [told])
      #expect(record.log.shipment.legs[0].name == text)
      #expect(try await store.stock(ofNode: text)[.init(node: text, sku: text)]?.onHand == 4)
      #expect(try await store.departures(ofLeg: text, from: Plans.now).map(\.reserved) == [1])
    }
    #expect(try await store.shipments(limit: 100).count == RecordTests.hostile.count)
  }

  @Test(
    "a mebibyte is kept where it is text, refused where it is a name; a NUL is refused everywhere")
  func longAndNull() async throws {
    let (store, _) = try await StoreServer.store()
    let plan = Plans.plan(1)
    _ = try await store.book([plan])
    let long = String(repeating: "ü", count: StoredText.greatestNote / 2)
    let told = event(.collected, 1, note: long)
    #expect(try await store.record(told, of: plan.promise.id) == .applied(released: 0))
    #expect(try await store.shipment(plan.promise.id)?.log.events == [told])
    for bad in ["a\u{0}b", long, ""] {
      let named = BookingOrder(key: bad, quote: "q")
      #expect(throws: ShipmentFault.self) { try named.check() }
      let piece = BookingOrder(
        key: "k", quote: "q", lines: [StockLine(node: "n", sku: bad, quantity: 1)])
      #expect(throws: ShipmentFault.self) { try piece.check() }
      await #expect(throws: ShipmentFault.self) {
        try await store.record(event(.collected, 1, key: bad), of: plan.promise.id)
      }
      await #expect(throws: ShipmentFault.self) { try await store.setCapacity(ofLeg: bad, to: 1) }
      await #expect(throws: ShipmentFault.self) {
        try await store.setStock(node: bad, sku: "s", onHand: 1)
      }
    }
    for field in ["a\u{0}b", String(repeating: "x", count: 1 << 20)] {
      #expect(throws: ShipmentFault.self) {
        try BookingOrder(key: "k", quote: "q", merchant: field).check()
      }
      #expect(throws: ShipmentFault.self) {
        try BookingOrder(key: "k", quote: "q", channel: field).check()
      }
    }
    await #expect(throws: ShipmentFault.self) {
      try await store.record(event(.damaged, 9, note: "a\u{0}"), of: plan.promise.id)
    }
    await #expect(throws: ShipmentFault.self) {
      try await store.record(event(.damaged, 9, note: long + "x"), of: plan.promise.id)
    }
  }
}
