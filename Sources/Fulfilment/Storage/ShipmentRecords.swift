public import LogisticsModel

/// Where shipments and their events are kept.
public protocol ShipmentRecords: Sendable {
  /// Records an event, and whatever follows from it.
  ///
  /// - Throws: a ``ShipmentFault`` where there is no such shipment, or the event cannot be.
  func record(_ event: ShipmentEvent, of shipment: RecordID) async throws -> EventStanding

  /// Keeps an estimate beside a promise: when what an event was about is expected to arrive, planned anew. The promise stays.
  ///
  /// - Parameters:
  ///   - expected: when the consignee is expected to have the goods.
  ///   - event: key of a recorded event that named no time itself; an estimate it has already stands.
  ///   - shipment: whose.
  /// - Returns: whether it was kept.
  /// - Throws: what the store throws.
  func estimate(_ expected: Instant, after event: String, of shipment: RecordID) async throws
    -> Bool

  /// A shipment with its promise and events; nil: there is none.
  func shipment(_ id: RecordID) async throws -> ShipmentRecord?

  /// Shipments that have not ended and have one of these legs under way or before them.
  ///
  /// - Parameters:
  ///   - legs: names of legs.
  ///   - last: the page begins behind this one; nil: at the first.
  ///   - limit: most of a page.
  /// - Returns: ids, ascending.
  /// - Throws: what the store throws.
  func shipments(bound legs: [String], after last: RecordID?, limit: Int) async throws -> [RecordID]
}

/// A shipment with everything that is kept of it.
public struct ShipmentRecord: Sendable {
  /// Its id, and that of its promise.
  public let id: RecordID
  /// The promise.
  public let promise: Promise
  /// Whose it is.
  public let merchant: String
  /// Where it was sold.
  public let channel: String
  /// Node the goods leave from.
  public let origin: String
  /// Node they go to.
  public let destination: String
  /// Legs, state, events and what waits.
  public let log: ShipmentLog
  /// What was said of its arrival after the promise, in the order it was recorded.
  public let estimates: [ArrivalEstimate]
  /// Pieces taken from stock.
  public let lines: [StockLine]

  /// A record as read.
  public init(
    id: RecordID, promise: Promise, merchant: String, channel: String, origin: String,
    destination: String, log: ShipmentLog, estimates: [ArrivalEstimate], lines: [StockLine]
  ) {
    self.id = id
    self.promise = promise
    self.merchant = merchant
    self.channel = channel
    self.origin = origin
    self.destination = destination
    self.log = log
    self.estimates = estimates
    self.lines = lines
  }
}
