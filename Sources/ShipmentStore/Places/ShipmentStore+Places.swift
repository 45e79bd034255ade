public import Fulfilment
public import LogisticsModel
import PostgresClient

extension ShipmentStore {
  /// A departure as it stands.
  public struct DepartureState: Hashable, Sendable {
    /// When it leaves.
    public let departs: Instant
    /// Most parcels; nil: no limit is set.
    public let capacity: Int32?
    /// Parcels that have a place.
    public let reserved: Int32
  }

  /// Sets how many parcels departures of a leg take that nobody has booked yet.
  ///
  /// - Throws: `ShipmentFault` for a name that cannot be stored; `PostgresError`.
  public func setCapacity(ofLeg leg: String, to capacity: Int32) async throws {
    try StoredText.checkName(leg, "leg", limit: BookingOrder.greatestText)
    _ = try await pool.withConnection { connection in
      try await connection.query(queries[.setLegCapacity], tenant, leg, capacity)
    }
  }

  /// Sets how many parcels a departure takes.
  ///
  /// - Throws: ``StoreFault`` (`TW-STO-003`) below what is reserved; `ShipmentFault`; `PostgresError`.
  public func setCapacity(of departure: DepartureKey, to capacity: Int32) async throws {
    try StoredText.checkName(departure.leg, "leg", limit: BookingOrder.greatestText)
    try await refusing("departure_never_oversold", "departure \(departure.leg)", capacity) {
      try await pool.withConnection { connection in
        _ = try await connection.query(
          queries[.setDepartureCapacity], tenant, departure.leg, Timestamp(departure.departs),
          capacity)
      }
    }
  }

  /// Departures of a leg that were booked or given a limit, from a moment on.
  ///
  /// - Throws: `PostgresError`.
  public func departures(
    ofLeg leg: String, from: Instant, limit: Int32 = 100
  ) async throws -> [DepartureState] {
    let rows = try await pool.withConnection { connection in
      try await connection.query(queries[.departuresOfLeg], tenant, leg, Timestamp(from), limit)
    }
    return try rows.map { row in
      let (departs, capacity, reserved) = try row.decode(Timestamp.self, Int32?.self, Int32.self)
      return DepartureState(
        departs: try departs.instant(), capacity: capacity, reserved: reserved)
    }
  }

  /// Sets how many pieces of an SKU lie at a node.
  ///
  /// - Throws: ``StoreFault`` (`TW-STO-003`) below what is reserved; `ShipmentFault`; `PostgresError`.
  public func setStock(node: String, sku: String, onHand: Int32) async throws {
    try StoredText.checkName(node, "stock node", limit: BookingOrder.greatestText)
    try StoredText.checkName(sku, "SKU", limit: BookingOrder.greatestText)
    try await refusing("stock_never_oversold", "stock of \(sku) at \(node)", onHand) {
      try await pool.withConnection { connection in
        _ = try await connection.query(queries[.setStock], tenant, node, sku, onHand)
      }
    }
  }

  /// Sets how many pieces of a stock figure are kept back from a channel.
  ///
  /// - Throws: `ShipmentFault`; `PostgresError`, also where there is no such stock.
  public func setSafetyStock(
    node: String, sku: String, channel: String, pieces: Int32
  ) async throws {
    try StoredText.checkName(channel, "channel", limit: BookingOrder.greatestText)
    _ = try await pool.withConnection { connection in
      try await connection.query(queries[.setSafetyStock], tenant, node, sku, channel, pieces)
    }
  }

  /// The stock of a node, by SKU.
  ///
  /// - Throws: `PostgresError`.
  public func stock(
    ofNode node: String
  ) async throws -> [PlaceAllocation.StockKey: StockLevel] {
    try await pool.withConnection { connection in
      try ShipmentStore.levels(try await connection.query(queries[.stockOfNode], tenant, node))
    }
  }

  private func refusing(
    _ constraint: String, _ what: String, _ figure: Int32, _ body: () async throws -> Void
  ) async throws {
    do {
      try await body()
    } catch let error as PostgresError where error.report?.constraint == constraint {
      throw StoreFault(
        code: StoreFault.belowReserved,
        message: "\(what) cannot be set to \(figure): more is reserved already",
        advice: "set at least what is reserved, or cancel shipments first")
    }
  }
}
