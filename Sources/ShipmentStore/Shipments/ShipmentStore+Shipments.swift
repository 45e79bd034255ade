public import Fulfilment
public import LogisticsModel
import PostgresClient

extension ShipmentStore: ShipmentRecords {
  /// Records an event and whatever follows from it, in one transaction on the locked shipment.
  ///
  /// - Returns: what became of it.
  /// - Throws: `ShipmentFault` where there is no such shipment, or the event cannot be; `PostgresError`.
  public func record(
    _ event: ShipmentEvent, of shipment: RecordID
  ) async throws -> EventStanding {
    try StoredText.checkName(event.key, "event key", limit: ShipmentEvent.greatestKey)
    try StoredText.check(event.note, "note", limit: StoredText.greatestNote)
    let id = UniqueID(shipment)
    return try await pool.transaction(attempts: ShipmentStore.attempts) { connection in
      let (state, legs, events) = try await connection.pipeline { pipeline in
        let state = try await pipeline.send(queries[.lockShipment], tenant, id)
        let legs = try await pipeline.send(queries[.shipmentLegs], tenant, id)
        let events = try await pipeline.send(queries[.shipmentEvents], tenant, id)
        return (try await state.rows, try await legs.rows, try await events.rows)
      }
      guard !state.isEmpty else { throw ShipmentStore.unknown(shipment) }
      let before = try ShipmentStore.log(legs, events)
      var after = before
      let standing = try after.record(event)
      guard standing != .repeated else { return standing }
      try await connection.pipeline { pipeline in
        try await write(event, from: before, to: after, of: id, on: pipeline)
      }
      return standing
    }
  }

  /// Keeps an estimate that was planned after an event.
  ///
  /// - Returns: whether it was kept; not where the event is unknown, or has an estimate.
  /// - Throws: `PostgresError`.
  public func estimate(
    _ expected: Instant, after event: String, of shipment: RecordID
  ) async throws -> Bool {
    let rows = try await pool.withConnection { connection in
      try await connection.query(
        queries[.planEstimate], tenant, UniqueID(shipment), event, Timestamp(expected))
    }
    return !rows.isEmpty
  }

  /// A shipment with everything that is kept of it, as of one moment.
  ///
  /// - Throws: `PostgresError`; `StoreFault` where it cannot be read.
  public func shipment(_ shipment: RecordID) async throws -> ShipmentRecord? {
    let id = UniqueID(shipment)
    return try await pool.transaction(
      TransactionOptions(.repeatableRead, isReadOnly: true)
    ) { connection in
      let rows = try await connection.pipeline { pipeline in
        let head = try await pipeline.send(queries[.shipmentByID], tenant, id)
        let legs = try await pipeline.send(queries[.shipmentLegs], tenant, id)
        let events = try await pipeline.send(queries[.shipmentEvents], tenant, id)
        let estimates = try await pipeline.send(queries[.shipmentEstimates], tenant, id)
        let lines = try await pipeline.send(queries[.shipmentLines], tenant, id)
        return (
          head: try await head.rows, legs: try await legs.rows, events: try await events.rows,
          estimates: try await estimates.rows, lines: try await lines.rows
        )
      }
      guard let head = rows.head.first else { return nil }
      let (merchant, channel, origin, destination) = try head.decode(
        String.self, String.self, String.self, String.self)
      return ShipmentRecord(
        id: shipment, promise: try head.promise(from: 4), merchant: merchant, channel: channel,
        origin: origin, destination: destination,
        log: try ShipmentStore.log(rows.legs, rows.events),
        estimates: try rows.estimates.map { row in
          let (key, occurred, expected, isPlanned) = try row.decode(
            String.self, Timestamp.self, Timestamp.self, Bool.self)
          return ArrivalEstimate(
            event: key, occurred: try occurred.instant(), expected: try expected.instant(),
            source: isPlanned ? .planned : .reported)
        },
        lines: try rows.lines.map { row in
          let (node, sku, quantity) = try row.decode(String.self, String.self, Int32.self)
          return StockLine(node: node, sku: sku, quantity: quantity)
        })
    }
  }

  /// Shipments that have not ended and have one of these legs under way or before them, ascending by id.
  ///
  /// - Throws: `PostgresError`.
  public func shipments(
    bound legs: [String], after last: RecordID?, limit: Int
  ) async throws -> [RecordID] {
    let rows = try await pool.withConnection { connection in
      try await connection.query(
        queries[.shipmentsBound], tenant, legs, last.map { UniqueID($0) }, Int32(clamping: limit))
    }
    return try rows.decode(UniqueID.self).map(\.recordID)
  }

  private static func unknown(_ id: RecordID) -> ShipmentFault {
    ShipmentFault(
      code: ShipmentFault.unknownShipment, message: "there is no shipment \(id)",
      advice: "tradewind shipment list shows them")
  }

  /// The shipment that the events add up to; what the rows of its legs say besides the plan is the same, written down.
  private static func log(_ legs: ResultSet, _ events: ResultSet) throws -> ShipmentLog {
    guard !legs.isEmpty else { throw StoreFault.unreadable("a shipment without legs") }
    var log = ShipmentLog(
      Shipment(
        legs: try legs.map { row in
          let (name, from, to, role, departs, begins, ends) = try row.decode(
            String.self, String.self, String.self, String.self, Timestamp?.self, Timestamp.self,
            Timestamp.self)
          guard let role = LegRole(rawValue: role) else { throw StoreFault.unreadable("a leg") }
          return ShipmentLeg(
            name: name, from: from, to: to, role: role, departs: try departs?.instant(),
            planned: LegTimes(departure: try begins.instant(), arrival: try ends.instant()))
        }))
    for row in events {
      let (key, code, leg, occurred, expected, note) = try row.decode(
        String.self, Int16.self, Int16?.self, Timestamp.self, Timestamp?.self, String.self)
      guard let status = TransportStatus(rawValue: code) else {
        throw StoreFault.unreadable("an event with code \(code)")
      }
      try log.record(
        ShipmentEvent(
          key: key, status: status, leg: leg.map { Int($0) }, occurred: try occurred.instant(),
          expected: try expected?.instant(), note: note))
    }
    return log
  }

  /// Sends the statements that write what an event changed.
  private func write(
    _ event: ShipmentEvent, from before: ShipmentLog, to after: ShipmentLog, of id: UniqueID,
    on pipeline: Pipeline
  ) async throws {
    try await pipeline.send(
      queries[.recordEvent], tenant, id, event.key, Int32(after.events.count),
      event.status.rawValue, event.leg.map { Int16(truncatingIfNeeded: $0) },
      Timestamp(event.occurred), event.expected.map { Timestamp($0) }, event.note)
    if let expected = event.expected {
      try await pipeline.send(
        queries[.recordEstimate], tenant, id, event.key, Timestamp(event.occurred),
        Timestamp(expected))
    }
    let waiting = Set(after.parked.map(\.key))
    let released = before.parked.map(\.key).filter { !waiting.contains($0) }
    if waiting.contains(event.key) {
      try await pipeline.send(queries[.parkEvent], tenant, id, event.key)
    }
    if !released.isEmpty {
      try await pipeline.send(queries[.unparkEvents], tenant, id, released)
    }
    try await writeSteps(
      Array(after.steps[before.steps.count...]), after: before.steps.count, of: id, on: pipeline)
    try await writeShipment(before.shipment, after.shipment, of: id, on: pipeline)
  }

  private func writeSteps(
    _ steps: [ShipmentStep], after count: Int, of id: UniqueID, on pipeline: Pipeline
  ) async throws {
    guard !steps.isEmpty else { return }
    let numbers = steps.indices.map { Int32(count + $0 + 1) }
    var parameters = Parameters(
      tenant, id, numbers, steps.map(\.key), steps.map(\.status.rawValue),
      steps.map { $0.leg.map { Int16(truncatingIfNeeded: $0) } })
    parameters.append(steps.map { $0.legChange?.role.rawValue })
    parameters.append(steps.map { $0.legChange?.from.rawValue })
    parameters.append(steps.map { $0.legChange?.to.rawValue })
    parameters.append(steps.map(\.from.rawValue))
    parameters.append(steps.map(\.to.rawValue))
    try await pipeline.send(queries[.recordSteps], parameters: parameters)
    try await pipeline.send(
      queries[.tellSteps], tenant, id, numbers, steps.map(\.key), steps.map(\.status.rawValue),
      steps.map(\.from.rawValue), steps.map(\.to.rawValue))
  }

  private func writeShipment(
    _ before: Shipment, _ after: Shipment, of id: UniqueID, on pipeline: Pipeline
  ) async throws {
    let changed = after.legs.indices.filter { after.legs[$0] != before.legs[$0] }
    if !changed.isEmpty {
      let legs = changed.map { after.legs[$0] }
      try await pipeline.send(
        queries[.updateLegs], tenant, id, changed.map { Int16($0) }, legs.map(\.state.rawValue),
        legs.map { $0.estimated.arrival.map { Timestamp($0) } },
        legs.map { $0.actual.departure.map { Timestamp($0) } },
        legs.map { $0.actual.arrival.map { Timestamp($0) } })
    }
    try await pipeline.send(
      queries[.updateShipment], tenant, id, after.state.rawValue,
      after.delivered.map { Timestamp($0) })
    // Stock before departures: the order in which everybody locks.
    if before.state == .booked, after.state == .cancelled {
      try await pipeline.send(queries[.giveBackStock], tenant, id)
    } else if before.state == .booked, after.state != .booked {
      try await pipeline.send(queries[.pickStock], tenant, id)
    }
    let released = changed.filter {
      after.legs[$0].state == .released && before.legs[$0].state != .released
    }
    if !released.isEmpty {
      try await pipeline.send(queries[.giveBackPlaces], tenant, id, released.map { Int16($0) })
    }
  }
}
