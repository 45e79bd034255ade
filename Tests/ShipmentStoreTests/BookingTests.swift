import Fulfilment
import LogisticsModel
import PostgresClient
import ShipmentStore
import TestSupport
import Testing

/// Bookings are whole, once, and never more than there are places.
@Suite(.needsServer, .timeLimit(.minutes(2))) struct BookingTests {
  private let air = DepartureKey(leg: "air", departs: Plans.legs()[1].departs ?? Plans.now)

  private func count(_ conninfo: String, _ statement: Statement) async throws -> Int64 {
    let connection = try await Connection.open(ConnectionSettings(conninfo))
    defer { connection.close() }
    return try await connection.query(statement)[0].decode(Int64.self)
  }

  @Test("one order: a promise, a shipment, four legs, three places and a message")
  func single() async throws {
    let (store, conninfo) = try await StoreServer.store()
    let plan = Plans.plan(1)
    #expect(try await store.book([plan]) == [.booked(plan.promise)])
    let record = try #require(try await store.shipment(plan.promise.id))
    #expect(record.promise == plan.promise)
    #expect(record.log.shipment == Shipment(legs: plan.legs))
    #expect(record.merchant == "m")
    #expect(try await count(conninfo, "SELECT sum(reserved) FROM tradewind.departure") == 3)
    #expect(
      try await count(
        conninfo, "SELECT count(*) FROM tradewind.outbox WHERE topic = 'shipment.booked'") == 1)
    #expect(try await store.shipments(limit: 10).map(\.id) == [plan.promise.id])
    // Another tenant sees nothing of it.
    let other = try StoreServer.store(over: conninfo, tenant: 2)
    #expect(try await other.shipment(plan.promise.id) == nil)
    #expect(try await other.shipments(limit: 10).isEmpty)
  }

  @Test("the same key with the same order gets the same answer, with another order none")
  func idempotent() async throws {
    let (store, conninfo) = try await StoreServer.store()
    let first = Plans.plan(1, key: "order")
    #expect(try await store.book([first]) == [.booked(first.promise)])
    #expect(try await store.book([Plans.plan(2, key: "order")]) == [.repeated(first.promise)])
    #expect(
      try await store.book([Plans.plan(3, key: "order", merchant: "other")]) == [.keyReused])
    // In a batch with new orders, and twice in one batch.
    let fresh = Plans.plan(4, key: "fresh")
    #expect(
      try await store.book([
        Plans.plan(5, key: "order"), fresh, Plans.plan(6, key: "fresh"),
        Plans.plan(7, key: "fresh", channel: "shop"),
      ]) == [
        .repeated(first.promise), .booked(fresh.promise), .repeated(fresh.promise), .keyReused,
      ])
    #expect(try await store.answers(to: [first.order]) == [.repeated(first.promise)])
    #expect(try await count(conninfo, "SELECT count(*) FROM tradewind.promise") == 2)
    #expect(
      try await count(conninfo, "SELECT reserved FROM tradewind.departure WHERE leg = 'air'") == 2)
  }

  @Test(
    "the last places go to the first orders of a batch, the others are told which departure is full"
  )
  func lastPlaces() async throws {
    let (store, conninfo) = try await StoreServer.store()
    try await store.setCapacity(ofLeg: "air", to: 5)
    let plans = (1...8).map { Plans.plan($0) }
    let answers = try await store.book(plans)
    #expect(answers.prefix(5) == plans.prefix(5).map { .booked($0.promise) }[...])
    #expect(answers.suffix(3) == [.full([air]), .full([air]), .full([air])][...])
    #expect(try await store.fullDepartures(from: Plans.now) == [air])
    #expect(try await store.book([Plans.plan(9)]) == [.full([air])])
    // More places than the leg usually has, for this departure alone; a batch larger than the usual.
    try await store.setCapacity(of: air, to: 12)
    let more = (10...16).map { Plans.plan($0) }
    #expect(try await store.book(more) == more.map { .booked($0.promise) })
    #expect(try await store.departures(ofLeg: "air", from: Plans.now).map(\.reserved) == [12])
    await #expect(throws: StoreFault.self) { try await store.setCapacity(of: air, to: 11) }
    // Nothing of a refused order is left behind.
    #expect(try await count(conninfo, "SELECT count(*) FROM tradewind.shipment") == 12)
    #expect(try await count(conninfo, "SELECT count(*) FROM tradewind.shipment_leg") == 48)
  }

  @Test("pieces kept back from a channel are there for others, and none is promised twice")
  func stock() async throws {
    let (store, conninfo) = try await StoreServer.store()
    try await store.setStock(node: "W", sku: "lamp", onHand: 5)
    try await store.setSafetyStock(node: "W", sku: "lamp", channel: "market", pieces: 3)
    func order(_ number: Int, _ channel: String, _ pieces: Int32) -> BookingPlan {
      Plans.plan(
        number, channel: channel, lines: [StockLine(node: "W", sku: "lamp", quantity: pieces)])
    }
    let short = BookingAnswer.short([StockLine(node: "W", sku: "lamp", quantity: 3)])
    #expect(try await store.book([order(1, "market", 3)]) == [short])
    let two = order(2, "market", 2)
    let three = order(3, "web", 3)
    // 5 - 2 leaves 3: none for the market, which keeps 3 back, all for the shop.
    #expect(
      try await store.book([two, order(4, "market", 3), three])
        == [.booked(two.promise), short, .booked(three.promise)])
    #expect(
      try await store.book([order(5, "web", 1)])
        == [.short([StockLine(node: "W", sku: "lamp", quantity: 1)])])
    #expect(
      try await store.book([
        Plans.plan(6, lines: [StockLine(node: "W", sku: "unknown", quantity: 1)])
      ]) == [.short([StockLine(node: "W", sku: "unknown", quantity: 1)])])
    await #expect(throws: StoreFault.self) {
      try await store.setStock(node: "W", sku: "lamp", onHand: 4)
    }
    // Cancelled before collection, it lies there again; collected, it lies there no more.
    let cancelled = ShipmentEvent(key: "c", status: .cancelled, occurred: Plans.now)
    #expect(
      try await store.record(cancelled, of: two.promise.id) == .applied(released: 0))
    let collected = ShipmentEvent(key: "c", status: .collected, occurred: Plans.now)
    _ = try await store.record(collected, of: three.promise.id)
    let level = try await store.stock(ofNode: "W")[.init(node: "W", sku: "lamp")]
    #expect(level == StockLevel(onHand: 2, reserved: 0, safetyStock: ["market": 3]))
    #expect(
      try await count(conninfo, "SELECT reserved FROM tradewind.departure WHERE leg = 'air'") == 1)
  }

  @Test("the database refuses to sell what is not there, whatever the program believes")
  func neverOversold() async throws {
    let (store, conninfo) = try await StoreServer.store()
    try await store.setCapacity(ofLeg: "air", to: 1)
    _ = try await store.book([Plans.plan(1)])
    let connection = try await Connection.open(ConnectionSettings(conninfo))
    defer { connection.close() }
    do {
      try await connection.query("UPDATE tradewind.departure SET reserved = 2 WHERE leg = 'air'")
      Issue.record("a departure was oversold")
    } catch let error as PostgresError {
      #expect(error.report?.constraint == "departure_never_oversold")
    }
  }

  @Test("many at once, with backends killed on the way: every order once, no place twice")
  func crowd() async throws {
    let (store, conninfo) = try await StoreServer.store()
    try await store.setCapacity(ofLeg: "air", to: 150)
    let killer = try await Connection.open(ConnectionSettings(conninfo))
    defer { killer.close() }
    let answers = try await withThrowingTaskGroup(of: [BookingAnswer].self) { group in
      for worker in 0..<6 {
        group.addTask {
          var answers: [BookingAnswer] = []
          for batch in 0..<10 {
            // Each order comes twice, from two workers.
            let first = (worker / 2) * 100 + batch * 10
            let plans = (first..<(first + 10)).map { number in
              Plans.plan(number * 10 + worker, key: "order-\(number)")
            }
            answers += try await store.book(plans)
          }
          return answers
        }
      }
      group.addTask {
        for _ in 0..<15 {
          try await Task.sleep(for: .milliseconds(5))
          try await killer.query(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1
            """)
        }
        return []
      }
      var all: [BookingAnswer] = []
      for try await answers in group { all += answers }
      return all
    }
    var booked: Set<RecordID> = []
    for answer in answers {
      switch answer {
      case .booked(let promise): #expect(booked.insert(promise.id).inserted)
      case .repeated, .full: continue
      default: Issue.record("\(answer)")
      }
    }
    #expect(booked.count == 150)
    #expect(try await count(conninfo, "SELECT count(*) FROM tradewind.promise") == 150)
    #expect(
      try await count(
        conninfo,
        "SELECT count(*) FROM tradewind.shipment JOIN tradewind.promise USING (tenant_id, id)"
      ) == 150)
    #expect(
      try await count(conninfo, "SELECT reserved FROM tradewind.departure WHERE leg = 'air'") == 150
    )
  }
}
