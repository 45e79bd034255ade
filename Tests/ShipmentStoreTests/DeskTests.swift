import Foundation
import Fulfilment
import LogisticsModel
import PostgresClient
import RouteGraph
import RoutePlanning
import ShipmentStore
import TestSupport
import Testing
import TransitTimes

/// From a quote to a booking on the demo network, and back to the very same bytes.
@Suite(.needsServer, .timeLimit(.minutes(2))) struct DeskTests {
  static let folder = StoreServer.root + "/config/networks/demo"
  static let now = LoadedNetworks.now

  static func network() throws -> (planner: NetworkPlanner, versions: QuoteVersions) {
    let planner = try LoadedNetworks.demo.get()
    return (planner, QuoteVersions(planner, files: try BundleFiles.read(directory: folder)))
  }

  static func request(_ weight: String = "480g", lines: [String] = []) throws -> QuoteRequest {
    let order = try RequestText.lines(lines, value: nil)
    var request = QuoteRequest(
      from: try RequestText.place("CNYIU"), to: try RequestText.place("ES:28013"),
      parcel: try RequestText.parcel(
        weight: weight, dims: "20x15x8cm", goods: nil, value: nil, lines: order),
      ready: try RequestText.ready("2026-11-20T17:30"))
    request.order.lines = order
    return request
  }

  static func json(_ document: QuoteDocument) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  static func saved(
    _ request: QuoteRequest, now: Instant = now, merchant: String = "m"
  ) throws -> SavedQuote {
    let (planner, versions) = try network()
    var desk = QuoteDesk(planner)
    let quote = try desk.quote(request, now: now)
    return SavedQuote(
      quote, on: planner, versions: versions, validity: desk.validity, merchant: merchant,
      document: try json(QuoteDocument(quote, network: planner)))
  }

  static func desk(_ store: ShipmentStore) throws -> BookingDesk {
    let (planner, versions) = try network()
    return BookingDesk(planner, versions: versions, archive: store, ledger: store)
  }

  @Test(
    "a quote is kept to the byte, and made again from what is kept",
    arguments: [
      [], ["851830:1:20EUR", "610910:2:10EUR:BD"], ["850760:1:40EUR:CN:alone:epr=batteries"],
    ])
  func replay(_ lines: [String]) async throws {
    let (store, _) = try await StoreServer.store()
    var request = try DeskTests.request(lines: lines)
    if !lines.isEmpty {
      request.order.incoterm = .dap
      request.order.allowsEstimate = true
    }
    let saved = try DeskTests.saved(request)
    try await store.save([saved])
    try await store.save([saved])
    let kept = try #require(try await store.quotes([saved.id, "q-none"])[saved.id])
    #expect(kept.document == saved.document)
    #expect(kept.receipt == saved.receipt)
    #expect(kept.expires == saved.expires)
    #expect(kept.lane == saved.lane)
    // Answered again from nothing but the receipt.
    var desk = QuoteDesk(try LoadedNetworks.demo.get())
    desk.validity = kept.receipt.validity
    let again = try desk.quote(kept.receipt.request, now: kept.receipt.asOf)
    #expect(try DeskTests.json(QuoteDocument(again, network: desk.network)) == kept.document)
    #expect(again.id == kept.id)
    // The receipt is the digest of the basis: 64 digits, the same for the same.
    let receipt = try #require(try await store.receipt(of: saved.id))
    #expect(receipt.count == 64)
    // The same id with another answer is refused.
    let other = SavedQuote(
      id: saved.id, receipt: saved.receipt, expires: saved.expires, merchant: "m",
      lane: saved.lane, document: "{}", refusals: [])
    await #expect(throws: StoreFault.self) { try await store.save([other]) }
  }

  @Test("random requests survive being written down")
  func requestWords() throws {
    var generator = SeededGenerator(seed: 3)
    let versions = QuoteVersions(bundle: "b@1", network: 1, rules: .max, calendars: 0)
    for _ in 0..<500 {
      var lines: [OrderLine] = []
      for _ in 0..<generator.int(0...3) {
        let words = ["", ":BD", ":CN:textile", ":alone", ":in_equipment:epr=x-1"]
        lines.append(
          try OrderLineText.line(
            "\(generator.pick(["851830", "6109100010"])):\(generator.int(1...9)):"
              + "\(generator.int(0...99)).\(generator.int(10...99))EUR\(generator.pick(words))"))
      }
      if lines.isEmpty, generator.chance(oneIn: 3) {
        lines = try RequestText.lines([], value: "40.50EUR")
      }
      var request = QuoteRequest(
        from: try RequestText.place(generator.pick(["CNYIU", "O-YIWU", "JP:Tōkyō=1"])),
        to: try RequestText.place(generator.pick(["ES:28013", "GB:SW1A 1AA"])),
        parcel: Parcel(
          weight: Grams(generator.integer(1...30_000)),
          dimensions: generator.chance(oneIn: 2) ? Dimensions(millimetres: 200, 150, 8) : nil,
          goods: generator.pick(GoodsClass.allCases), declaredValue: OrderGoods.value(lines),
          battery: BatteryKind.strictest(lines.compactMap(\.battery))),
        greatestLegs: generator.int(1...50))
      request.level = try #require(ServiceLevel(q1024: Int32(generator.int(0...1024))))
      request.currency = generator.chance(oneIn: 2) ? .eur : nil
      request.ready = generator.pick([
        nil, .instant(Instant(minutes: generator.integer(29_000_000...30_000_000))),
        LocalTime(text: "2026-11-20T17:30").map { .local($0) },
      ])
      if !lines.isEmpty {
        request.order.lines = lines
        request.order.incoterm = generator.pick(Incoterm.allCases)
        request.order.programmes = generator.chance(oneIn: 2) ? ["ioss", "a b"] : []
        request.order.subdivision = generator.chance(oneIn: 2) ? "CA" : nil
        request.order.allowsEstimate = generator.chance(oneIn: 2)
      }
      let receipt = QuoteReceipt(
        versions: versions, asOf: Instant(minutes: generator.integer(29_000_000...30_000_000)),
        validity: generator.integer(1...600), request: request)
      #expect(try QuoteReceipt(basis: receipt.basis) == receipt)
    }
    #expect(throws: RequestFault.self) { try QuoteReceipt(basis: "") }
    #expect(throws: RequestFault.self) { try QuoteReceipt(basis: "tradewind-receipt-1\nx") }
  }

  /// By air, as the README of the demo network works it out, and the same one flight later each time.
  ///
  /// Flight of Tuesday 24: cleared Wed 25 (7/8) or Thu 26, in Madrid Thu or Fri at 21:00, delivered the next day or, 1 in 8,
  /// the one after: Fri 27 49/64, Sat 28 63/64, so Sat 28. Of Wed 25: cleared Thu or Fri, in Madrid Fri or Sat at 21:00,
  /// delivered Sat 28 or Mon 30: Sat 49/64; Mon 30 all the rest but 1/64 (late from Saturday, then late: Tue 1), so Mon 30.
  /// Of Thu 26: cleared Fri 27 (7/8) or Mon 30, in Madrid Sat or Tue at 21:00, delivered Mon 30 (49/64), Tue 1 (56/64),
  /// Wed 2 (63/64), so Wed 2 December.
  @Test("a full flight rolls the promise to the next, and the one after that")
  func rolling() async throws {
    let (store, _) = try await StoreServer.store()
    let saved = try DeskTests.saved(try DeskTests.request())
    try await store.save([saved])
    try await store.setCapacity(ofLeg: "air", to: 3)
    var desk = try DeskTests.desk(store)
    var generator = SeededGenerator(seed: 1)
    let orders = (0..<8).map { BookingOrder(key: "k\($0)", quote: saved.id, tier: .standard) }
    let outcomes = try await desk.book(
      orders, now: DeskTests.now, milliseconds: 1, using: &generator)
    let dates = try outcomes.map { try #require($0.promise).deliverBy.description }
    #expect(
      dates == [
        "2026-11-28", "2026-11-28", "2026-11-28", "2026-11-30", "2026-11-30", "2026-11-30",
        "2026-12-02", "2026-12-02",
      ])
    #expect(outcomes.map { $0.promise?.isRolled } == dates.map { $0 != "2026-11-28" })
    #expect(outcomes.allSatisfy { $0.promise?.quotedBy == "2026-11-28" })
    #expect(outcomes.allSatisfy { $0.promise?.price.minorUnits == 673 })
    guard case .booked(_, let past) = outcomes[7] else {
      Issue.record("\(outcomes[7])")
      return
    }
    #expect(past.map(\.leg) == ["air", "air"])
    #expect(past.map { $0.departs.rfc3339() } == ["2026-11-24T15:00:00Z", "2026-11-25T15:00:00Z"])
    #expect(
      try await store.departures(ofLeg: "air", from: DeskTests.now).map(\.reserved) == [3, 3, 2])
    // The same orders again, after the quote has ended: the same answers.
    let later = DeskTests.now.advanced(byMinutes: 500)
    let repeated = try await desk.book(orders, now: later, milliseconds: 2, using: &generator)
    #expect(repeated.map(\.promise) == outcomes.map(\.promise))
    // By sea there is room; a tier of its own.
    let sea = try await desk.book(
      [BookingOrder(key: "sea", quote: saved.id, tier: .economy)], now: DeskTests.now,
      milliseconds: 3, using: &generator)
    #expect(sea[0].promise?.deliverBy == "2027-01-07")
    let promise = try #require(sea[0].promise)
    let record = try #require(try await store.shipment(promise.id))
    #expect(
      record.log.shipment.legs.map(\.name) == [
        "pickup", "truck-ngb", "sea", "clear-rtm", "truck-rtm-mad", "lm-28",
      ])
    #expect(record.log.shipment.legs.map(\.role)[3] == .clearance)
    #expect(record.log.shipment.legs[2].departs == "2026-11-26T10:00Z")
  }

  @Test("what does not hold any more is refused with its code")
  func refusals() async throws {
    let (store, _) = try await StoreServer.store()
    let saved = try DeskTests.saved(try DeskTests.request())
    try await store.save([saved])
    var generator = SeededGenerator(seed: 1)
    func code(
      _ desk: inout BookingDesk, _ order: BookingOrder, at now: Instant = DeskTests.now
    ) async throws -> String? {
      let outcome = try await desk.book([order], now: now, milliseconds: 1, using: &generator)[0]
      guard case .refused(let error) = outcome else { return nil }
      return (error as? BookingFault)?.code.rawValue ?? (error as? ShipmentFault)?.code
    }
    var desk = try DeskTests.desk(store)
    #expect(try await code(&desk, BookingOrder(key: "a", quote: "q-none")) == "TW-BKG-001")
    #expect(
      try await code(
        &desk, BookingOrder(key: "b", quote: saved.id),
        at: saved.expires.advanced(byMinutes: 1)) == "TW-BKG-002")
    let planner = try LoadedNetworks.demo.get()
    let known = saved.receipt.versions
    let versions = QuoteVersions(
      bundle: known.bundle, network: known.network &+ 1, rules: known.rules &+ 1,
      calendars: known.calendars)
    #expect(saved.receipt.changes(to: versions) == ["rules", "network"])
    var changed = BookingDesk(planner, versions: versions, archive: store, ledger: store)
    #expect(try await code(&changed, BookingOrder(key: "c", quote: saved.id)) == "TW-BKG-003")
    let battery = try DeskTests.saved(
      try DeskTests.request(lines: ["850760:1:40EUR:CN:in_equipment"]))
    try await store.save([battery])
    #expect(
      try await code(&desk, BookingOrder(key: "d", quote: battery.id, tier: .economy))
        == "TW-BKG-004")
    #expect(
      try await code(
        &desk,
        BookingOrder(
          key: "e", quote: saved.id, lines: [StockLine(node: "W", sku: "s", quantity: 1)]))
        == "TW-BKG-006")
    // Batteries go by air only, and no flight has a place.
    try await store.setCapacity(ofLeg: "air", to: 0)
    #expect(try await code(&desk, BookingOrder(key: "f", quote: battery.id)) == "TW-BKG-007")
    #expect(try await code(&desk, BookingOrder(key: "", quote: saved.id)) == "TW-SHP-004")
    #expect(try await store.shipments(limit: 10).isEmpty)
    // What was refused when it was quoted is counted.
    let unserved = try await store.unservedDemand(since: DeskTests.now)
    #expect(unserved.map(\.code) == ["class_not_accepted"])
    #expect(unserved.map(\.tier) == ["economy"])
    #expect(unserved[0].country == "ES" && unserved[0].refusals == 1)
  }

  @Test("promised against actual, by lane, week and merchant")
  func onTime() async throws {
    let (store, _) = try await StoreServer.store()
    let saved = try DeskTests.saved(try DeskTests.request())
    try await store.save([saved])
    var desk = try DeskTests.desk(store)
    var generator = SeededGenerator(seed: 1)
    let orders = (0..<4).map {
      BookingOrder(
        key: "k\($0)", quote: saved.id, tier: .standard, merchant: $0 < 3 ? "a" : "b")
    }
    let outcomes = try await desk.book(
      orders, now: DeskTests.now, milliseconds: 1, using: &generator)
    // The first on the promised Saturday at 23:30 in Madrid, the second half an hour into Sunday, the others not at all.
    for (outcome, time) in zip(outcomes, ["2026-11-28T22:30Z", "2026-11-28T23:30Z"]) {
      let id = try #require(outcome.promise).id
      for index in 0..<6 {
        let status: TransportStatus =
          index == 0 ? .collected : index == 3 ? .cleared : index == 5 ? .outForDelivery : .departed
        _ = try await store.record(
          ShipmentEvent(
            key: "s\(index)", status: status, leg: status == .departed || index == 3 ? index : nil,
            occurred: DeskTests.now), of: id)
        guard index != 3, index != 5 else { continue }
        _ = try await store.record(
          ShipmentEvent(key: "e\(index)", status: .arrived, leg: index, occurred: DeskTests.now),
          of: id)
      }
      let delivered = ShipmentEvent(
        key: "d", status: .delivered, occurred: try RequestText.instant(time))
      #expect(try await store.record(delivered, of: id) == .applied(released: 0))
    }
    func report(_ now: Instant) async throws -> [[Int64]] {
      try await store.onTime(from: "2026-11-01", through: "2026-12-31", asOf: now).map {
        [$0.sample, $0.onTime, $0.notDue, $0.arrived, $0.promisedDays, $0.actualDays]
      }
    }
    // On Saturday the other two are not due; on Sunday they are late. 20 to 28 November are 8 days, to the 29th 9.
    #expect(
      try await report("2026-11-28T22:00Z") == [[2, 1, 1, 2, 16, 17], [0, 0, 1, 0, 0, 0]])
    #expect(
      try await report("2026-11-29T12:00Z") == [[3, 1, 0, 2, 24, 17], [1, 0, 0, 0, 8, 0]])
    let lines = try await store.onTime(
      from: "2026-11-01", through: "2026-12-31", asOf: DeskTests.now)
    #expect(lines.map(\.merchant) == ["a", "b"])
    #expect(lines.map(\.lane) == ["O-YIWU > ES", "O-YIWU > ES"])
    #expect(lines.map(\.week) == ["2026-11-23", "2026-11-23"])
    // The same as a history, on Madrid's clock: promised on the 20th at 02:00, delivered at 23:30 and 00:30.
    let kept = try await store.promiseOutcomes(asOf: "2026-11-29T12:00Z").map(\.order)
    #expect(kept.map(\.placed.description) == Array(repeating: "2026-11-20T02:00", count: 4))
    #expect(
      kept.compactMap { $0.delivered?.description }.sorted() == [
        "2026-11-28T23:30", "2026-11-29T00:30",
      ])
    #expect(kept.compactMap(\.days).sorted() == [8, 9])
    #expect(kept.allSatisfy { $0.promised == "2026-11-28" && $0.traits.destination == "ES" })
    #expect(kept.count { $0.handedOver != nil } == 2)
    #expect(kept.compactMap(\.traits.seller).sorted() == ["a", "a", "a", "b"])
    #expect(try await store.promiseOutcomes(asOf: "2026-11-19T12:00Z").isEmpty)
  }
}
