import Fulfilment
import LogisticsModel

/// A promise as JSON.
struct PromiseRecordDocument: Encodable {
  let shipment: String
  let quote: String
  let tier: String
  let deliver_by: String
  let promise_minute: String
  let zone: String
  let service_level: Double
  let price: QuoteDocument.Amount
  let quoted_by: String
  let rolled: Bool
  let made_at: String

  init(_ promise: Promise) {
    shipment = promise.id.description
    quote = promise.quote
    tier = promise.tier.word
    deliver_by = promise.deliverBy.description
    promise_minute = promise.minute.rfc3339()
    zone = promise.zone
    service_level = QuoteWords.fraction(promise.level)
    price = QuoteDocument.Amount(promise.price)
    quoted_by = promise.quotedBy.description
    rolled = promise.isRolled
    made_at = promise.made.rfc3339()
  }
}

/// What an order got, as JSON or for people.
struct BookingDocument: Encodable {
  struct Departure: Encodable {
    let leg: String
    let departs: String
  }

  let key: String
  let outcome: String
  let promise: PromiseRecordDocument?
  /// Departures that were full.
  let past: [Departure]?
  let error: String?
  private let found: Promise?

  private enum CodingKeys: CodingKey { case key, outcome, promise, past, error }

  init(_ order: BookingOrder, _ outcome: BookingDesk.Outcome) {
    key = order.key
    found = outcome.promise
    promise = outcome.promise.map { PromiseRecordDocument($0) }
    switch outcome {
    case .booked(_, let departures):
      self.outcome = "booked"
      past =
        departures.isEmpty
        ? nil : departures.map { Departure(leg: $0.leg, departs: $0.departs.rfc3339()) }
      error = nil
    case .repeated:
      self.outcome = "repeated"
      past = nil
      error = nil
    case .refused(let fault):
      self.outcome = "refused"
      past = nil
      error = fault.description
    }
  }

  /// For people; nil where there is nothing to show.
  var text: String? {
    guard let found else { return nil }
    var text =
      "\(outcome) \(found.id)\n\(found.tier.word), \(found.price), promised for "
      + "\(found.deliverBy.spoken(zone: found.zone))\n"
    if let past {
      let names = past.map { "\($0.leg) at \($0.departs)" }.joined(separator: ", ")
      text += "full: \(names)\n"
    }
    if found.isRolled {
      text += "rolled on from \(found.quotedBy.spoken(zone: found.zone)), as was quoted\n"
    }
    return text
  }
}
