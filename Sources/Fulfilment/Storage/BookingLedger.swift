public import LogisticsModel

/// Where promises, shipments and the places they hold are kept.
///
/// Implemented by the store, and by tests in memory. Whatever is booked is booked whole: promise, shipment, places,
/// pieces and the message to others, or nothing of it.
public protocol BookingLedger: Sendable {
  /// What was booked before under these orders' keys: in their order, nil where the key is new.
  func answers(to orders: [BookingOrder]) async throws -> [BookingAnswer?]

  /// Books plans, each whole or not at all; a key that is there already is answered, not booked again.
  ///
  /// - Returns: an answer for each plan, in their order.
  func book(_ plans: [BookingPlan]) async throws -> [BookingAnswer]

  /// Departures from a moment on that have no place left.
  func fullDepartures(from: Instant) async throws -> [DepartureKey]
}
