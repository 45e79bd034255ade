import Fulfilment
import LogisticsModel

/// An event as JSON.
struct EventDocument: Encodable {
  let key: String
  let code: Int16
  let status: String
  let leg: Int?
  let occurred: String
  let expected: String?
  let note: String?
  let parked: Bool

  init(_ event: ShipmentEvent, parked: Bool) {
    key = event.key
    code = event.status.rawValue
    status = event.status.word
    leg = event.leg
    occurred = event.occurred.rfc3339()
    expected = event.expected?.rfc3339()
    note = event.note.isEmpty ? nil : event.note
    self.parked = parked
  }
}

/// A shipment as JSON: stable keys, more may be added.
struct ShipmentDocument: Encodable {
  struct Times: Encodable {
    let departure: String?
    let arrival: String?

    init(_ times: LegTimes) {
      departure = times.departure?.rfc3339()
      arrival = times.arrival?.rfc3339()
    }
  }

  struct Leg: Encodable {
    let number: Int
    let leg: String
    let from: String
    let to: String
    let role: String
    let state: String
    let departs: String?
    let planned: Times
    let estimated: Times
    let actual: Times
  }

  struct Estimate: Encodable {
    let event: String
    let occurred: String
    let expected: String
    /// Whose word it is: reported by the event, or planned after it.
    let source: String
    /// Of a planned one: the share of such parcels that is there by then.
    let service_level: Double?
  }

  struct Line: Encodable {
    let node: String
    let sku: String
    let quantity: Int32
  }

  let shipment: String
  let state: String
  let merchant: String
  let channel: String
  let from: String
  let to: String
  let promise: PromiseRecordDocument
  let expected: String?
  let delivered: String?
  let legs: [Leg]
  let events: [EventDocument]
  let estimates: [Estimate]
  let lines: [Line]

  init(_ record: ShipmentRecord) {
    let body = record.log.shipment
    shipment = record.id.description
    state = body.state.rawValue
    merchant = record.merchant
    channel = record.channel
    from = record.origin
    to = record.destination
    promise = PromiseRecordDocument(record.promise)
    expected = body.expected?.rfc3339()
    delivered = body.delivered?.rfc3339()
    legs = body.legs.enumerated().map { number, leg in
      Leg(
        number: number, leg: leg.name, from: leg.from, to: leg.to, role: leg.role.rawValue,
        state: leg.state.rawValue, departs: leg.departs?.rfc3339(), planned: Times(leg.planned),
        estimated: Times(leg.estimated), actual: Times(leg.actual))
    }
    let waiting = Set(record.log.parked.map(\.key))
    events = record.log.events.map { EventDocument($0, parked: waiting.contains($0.key)) }
    estimates = record.estimates.map {
      Estimate(
        event: $0.event, occurred: $0.occurred.rfc3339(), expected: $0.expected.rfc3339(),
        source: $0.source.rawValue,
        service_level: $0.source == .planned
          ? Double((Int(record.promise.level.q1024) * 1000 + 512) / 1024) / 1000 : nil)
    }
    lines = record.lines.map { Line(node: $0.node, sku: $0.sku, quantity: $0.quantity) }
  }
}

/// What a buyer may see, as JSON: nothing that tells how the goods travel or what that costs.
struct TrackDocument: Encodable {
  struct Happening: Encodable {
    let code: Int16
    let status: String
    let occurred: String
  }

  let shipment: String
  let state: String
  let deliver_by: String
  let zone: String
  let expected: String?
  let delivered: String?
  let events: [Happening]

  init(_ record: ShipmentRecord) {
    let body = record.log.shipment
    shipment = record.id.description
    state = body.state.rawValue
    deliver_by = record.promise.deliverBy.description
    zone = record.promise.zone
    expected = body.expected?.rfc3339()
    delivered = body.delivered?.rfc3339()
    events = record.log.happenings.map {
      Happening(code: $0.status.rawValue, status: $0.status.word, occurred: $0.occurred.rfc3339())
    }
  }
}

extension ShipmentLog {
  /// What happened, in the order in which it happened; what waits for something else is left out.
  var happenings: [ShipmentEvent] {
    let waiting = Set(parked.map(\.key))
    return events.filter { !waiting.contains($0.key) }
      .sorted { ($0.occurred, $0.key) < ($1.occurred, $1.key) }
  }
}
