public import Fulfilment
public import LogisticsModel
import PostgresClient

extension ShipmentStore: PromiseOutcomes {
  /// Every promise made up to a moment, by time of booking.
  ///
  /// - Throws: `PostgresError`, or a `StoreFault` where a row cannot be read.
  public func promiseOutcomes(asOf now: Instant) async throws -> [PromiseOutcome] {
    let rows = try await pool.withConnection { connection in
      try await connection.query(queries[.promiseOutcomes], tenant, Timestamp(now))
    }
    return try rows.map { row in
      let (id, merchant, origin, destination, country, deliverBy) = try row.decode(
        UniqueID.self, String.self, String.self, String.self, String.self, CalendarDay.self)
      func time(_ column: Int) throws -> LocalTime? {
        guard let text = try row.value(column, as: String?.self) else { return nil }
        guard let time = LocalTime(text: text) else { throw StoreFault.unreadable("a time") }
        return time
      }
      guard let made = try time(6), let planned = try time(11),
        let state = ShipmentState(rawValue: try row.value(9, as: String.self))
      else { throw StoreFault.unreadable("a promise") }
      return PromiseOutcome(
        shipment: id.recordID.description, merchant: merchant, origin: origin,
        destination: destination, country: country, deliverBy: deliverBy.civilDate, made: made,
        handedOver: try time(7), delivered: try time(8), state: state, ended: try time(10),
        planned: planned)
    }
  }
}
