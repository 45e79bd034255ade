public import Fulfilment
public import LogisticsModel
import PostgresClient

extension ShipmentStore {
  /// What somebody is to be told of a shipment: that it was booked, or took a step.
  public struct Message: Hashable, Sendable {
    /// Of which.
    public let shipment: RecordID
    /// 0: the booking; else the number of the step.
    ///
    /// With the shipment it is what a receiver recognises a repetition by, and what orders messages that overtook each other.
    public let number: Int32
    /// `shipment.booked`, or `shipment.` and the state it came to.
    public let topic: String
    /// What there is to say, as JSON.
    public let payload: String
    /// When it became true.
    public let made: Instant
  }

  /// Messages that have not been told yet, in the order of bookings, a shipment's together.
  ///
  /// - Throws: `PostgresError`; `StoreFault` where one cannot be read.
  public func messages(limit: Int32) async throws -> [Message] {
    try await pool.withConnection { connection in
      try await connection.query(queries[.listMessages], tenant, limit).map(Self.message)
    }
  }

  /// Hands messages to a body and forgets them when it returns; where it throws, or the process ends, they stay.
  ///
  /// So each is told at least once. Who takes at the same time gets the messages after these.
  ///
  /// - Parameters:
  ///   - limit: At most so many.
  ///   - body: Tells them; they are locked meanwhile. It is not called without messages.
  /// - Returns: How many were told.
  /// - Throws: What the body throws; `PostgresError`, where a lost commit may mean that they are told again.
  public func takeMessages(
    limit: Int32, _ body: ([Message]) async throws -> Void
  ) async throws -> Int {
    try await pool.transaction { connection in
      let messages = try await connection.query(queries[.takeMessages], tenant, limit).map(
        Self.message)
      guard !messages.isEmpty else { return 0 }
      try await body(messages)
      try await connection.query(
        queries[.dropMessages], tenant, messages.map { UniqueID($0.shipment) },
        messages.map(\.number))
      return messages.count
    }
  }

  private static func message(_ row: Row) throws -> Message {
    let (shipment, number, topic, payload, made) = try row.decode(
      UniqueID.self, Int32.self, String.self, JSONB.self, Timestamp.self)
    return Message(
      shipment: shipment.recordID, number: number, topic: topic, payload: payload.text,
      made: try made.instant())
  }
}
