public import Fulfilment
public import LogisticsModel
import PostgresClient

/// Bookings.
///
/// First all orders are written as if every place were free, in one round trip: the statements between two syncs are one
/// transaction, and the database refuses what does not fit (a key that is there, a departure without room, missing stock). Only
/// then are the rows locked, the orders granted one by one, and what is granted written.
///
/// A connection that ends on the way leaves open whether the transaction was committed. It is not guessed at: the same orders are
/// sent again under their keys and with their ids. A key that is there by then is answered with what is stored; a transaction
/// still under way is waited for by the unique index.
extension ShipmentStore: BookingLedger {
  /// What was booked before under these orders' keys, in one round trip.
  ///
  /// - Throws: `PostgresError`.
  public func answers(to orders: [BookingOrder]) async throws -> [BookingAnswer?] {
    var answers = [BookingAnswer?](repeating: nil, count: orders.count)
    guard !orders.isEmpty else { return answers }
    let rows = try await pool.withConnection { connection in
      try await connection.query(
        queries[.bookedBefore], tenant, orders.map(\.key), orders.map(\.body))
    }
    for row in rows {
      let (position, isSame) = try row.decode(Int32.self, Bool.self)
      answers[Int(position) - 1] = isSame ? .repeated(try row.promise(from: 2)) : .keyReused
    }
    return answers
  }

  /// Books plans, each whole or not at all.
  ///
  /// - Throws: `PostgresError` where the server cannot be reached any more; then ask again with the same keys.
  public func book(_ plans: [BookingPlan]) async throws -> [BookingAnswer] {
    var answers = [BookingAnswer?](repeating: nil, count: plans.count)
    // Two orders of one key in one batch: the first is booked, the second is answered.
    var seen: Set<String> = []
    var open = plans.indices.filter { seen.insert(plans[$0].order.key).inserted }
    if !open.isEmpty { try await settle(&open, plans, &answers) }
    let rest = plans.indices.filter { answers[$0] == nil }
    if !rest.isEmpty {
      let before = try await self.answers(to: rest.map { plans[$0].order })
      for (index, answer) in zip(rest, before) {
        // The first order of the key was refused: so is this one.
        answers[index] =
          answer
          ?? plans.indices.first { plans[$0].order.key == plans[index].order.key }.flatMap {
            answers[$0]
          }
      }
    }
    return answers.map { $0 ?? .keyReused }
  }

  /// Departures from a moment on that have no place left, in one round trip.
  ///
  /// - Throws: `PostgresError`.
  public func fullDepartures(from: Instant) async throws -> [DepartureKey] {
    let rows = try await pool.withConnection { connection in
      try await connection.query(queries[.fullDepartures], tenant, Timestamp(from))
    }
    return try rows.map { row in
      let (leg, departs) = try row.decode(String.self, Timestamp.self)
      return DepartureKey(leg: leg, departs: try departs.instant())
    }
  }

  /// Books until every order has an answer.
  private func settle(
    _ open: inout [Int], _ plans: [BookingPlan], _ answers: inout [BookingAnswer?]
  ) async throws {
    var mustLook = false
    var attempt = 0
    while !open.isEmpty {
      let wanted = open.map { plans[$0] }
      do {
        let given = mustLook ? try await bookOneByOne(wanted) : try await bookAll(wanted)
        for (index, answer) in zip(open, given) { answers[index] = answer }
        open = []
      } catch let error as PostgresError {
        switch BookingObstacle(error) {
        case .doesNotFit where !mustLook: mustLook = true
        case .doesNotFit, .again, .keyIsThere:
          attempt += 1
          guard attempt < ShipmentStore.attempts else { throw error }
          if attempt > 1 {
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...(8 << attempt))))
          }
          try await answerKnown(&open, plans, &answers)
        case .other: throw error
        }
      }
    }
  }

  /// Takes out the orders whose key is there by now.
  ///
  /// One that has the id of its plan was booked by this very call, whose answer
  /// was lost.
  private func answerKnown(
    _ open: inout [Int], _ plans: [BookingPlan], _ answers: inout [BookingAnswer?]
  ) async throws {
    guard let known = try? await self.answers(to: open.map { plans[$0].order }) else { return }
    for (index, answer) in zip(open, known) {
      if case .repeated(let promise) = answer, promise.id == plans[index].promise.id {
        answers[index] = .booked(promise)
      } else {
        answers[index] = answer
      }
    }
    open.removeAll { answers[$0] != nil }
  }

  /// Writes all orders, in one round trip; the database throws out the whole of it where one does not fit.
  private func bookAll(_ plans: [BookingPlan]) async throws -> [BookingAnswer] {
    let columns = BookingColumns(plans, tenant: tenant)
    try await pool.withConnection { connection in
      try await connection.pipeline { try await write(columns, isGranted: false, on: $0) }
    }
    return plans.map { .booked($0.promise) }
  }

  /// Locks what the orders want, grants them one by one, and writes those that are granted.
  private func bookOneByOne(_ plans: [BookingPlan]) async throws -> [BookingAnswer] {
    let wanted = BookingColumns(plans, tenant: tenant)
    return try await pool.transaction { connection in
      let (stock, departures) = try await connection.pipeline { pipeline in
        var stock: PendingResult?
        var departures: PendingResult?
        if let keys = wanted.stockKeys {
          stock = try await pipeline.send(queries[.lockStock], parameters: keys)
        }
        if let keys = wanted.departureKeys {
          try await pipeline.send(queries[.openDepartures], parameters: keys)
          departures = try await pipeline.send(queries[.lockDepartures], parameters: keys)
        }
        return (try await stock?.rows, try await departures?.rows)
      }
      var allocation = PlaceAllocation(
        departures: try ShipmentStore.places(departures), stock: try ShipmentStore.levels(stock))
      let answers = plans.map { allocation.grant($0) ?? .booked($0.promise) }
      let granted = zip(plans, answers).compactMap { plan, answer in
        if case .booked = answer { plan } else { nil }
      }
      if !granted.isEmpty {
        let columns = BookingColumns(granted, tenant: tenant)
        try await connection.pipeline { try await write(columns, isGranted: true, on: $0) }
      }
      return answers
    }
  }

  /// Sends the statements that book; departures last, so that a hot one is locked for the shortest time.
  private func write(
    _ columns: BookingColumns, isGranted: Bool, on pipeline: Pipeline
  ) async throws {
    try await pipeline.send(queries[.bookShipments], parameters: columns.shipments)
    try await pipeline.send(queries[.bookLegs], parameters: columns.legs)
    if let lines = columns.lines {
      try await pipeline.send(queries[.bookLines], parameters: lines)
    }
    if let stock = columns.stock(isGranted: isGranted) {
      try await pipeline.send(queries[.takeStock], parameters: stock)
    }
    if let places = columns.places {
      try await pipeline.send(queries[.takePlaces], parameters: places)
    }
  }

  private static func places(
    _ rows: ResultSet?
  ) throws -> [DepartureKey: PlaceAllocation.Places] {
    var places: [DepartureKey: PlaceAllocation.Places] = [:]
    for row in rows.map(Array.init) ?? [] {
      let (leg, departs, capacity, reserved) = try row.decode(
        String.self, Timestamp.self, Int32?.self, Int32.self)
      places[DepartureKey(leg: leg, departs: try departs.instant())] = .init(
        capacity: capacity, reserved: reserved)
    }
    return places
  }

  static func levels(_ rows: ResultSet?) throws -> [PlaceAllocation.StockKey: StockLevel] {
    var levels: [PlaceAllocation.StockKey: StockLevel] = [:]
    for row in rows.map(Array.init) ?? [] {
      let (node, sku, onHand, reserved, channels, pieces) = try row.decode(
        String.self, String.self, Int32.self, Int32.self, [String].self, [Int32].self)
      levels[.init(node: node, sku: sku)] = StockLevel(
        onHand: onHand, reserved: reserved,
        safetyStock: Dictionary(zip(channels, pieces)) { first, _ in first })
    }
    return levels
  }
}

/// What an error of a booking asks for.
enum BookingObstacle {
  /// A key is there: answer it, book the rest.
  case keyIsThere
  /// A departure or a stock figure has less than all orders together want.
  case doesNotFit
  /// The transaction lost, or the connection did: the keys tell what came of it.
  case again
  /// Nothing that another attempt would change.
  case other

  init(_ error: PostgresError) {
    switch (error.sqlState, error.report?.constraint) {
    case ("23505", "shipment_booking_key"): self = .keyIsThere
    case ("23514", "departure_never_oversold"), ("23514", "stock_never_oversold"), ("TW002", _):
      self = .doesNotFit
    default:
      switch error.errorClass {
      case .retryTransaction, .reconnect, .unknownOutcome: self = .again
      default: self = .other
      }
    }
  }
}
