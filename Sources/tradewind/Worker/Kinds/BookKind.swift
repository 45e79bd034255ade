import Fulfilment
import JobQueue
import LogisticsModel
import PostgresClient
import ShipmentStore

/// `book`: orders of saved quotes, each booked whole or not at all; what became of each is the result.
///
/// Booking has a transaction of its own, with an idempotency key for each order: a job that is done twice books once and answers the
/// same.
enum BookKind {
  static let name = "book"

  /// Version 1 of the payload: see `config/jobs/FORMAT.md`.
  struct Payload: Decodable {
    struct Order: Decodable {
      let key: String
      let quote: String
      let tier: String?
      let merchant: String?
      let channel: String?
      let stock: [String]?
    }

    let orders: [Order]
  }

  struct Answers: Encodable {
    let orders: [BookingDocument]
  }

  static func register(_ kinds: inout JobKinds, _ desk: Workplace) {
    kinds.registerEach(name, timeout: .seconds(120)) { job, _ in
      try await Workplace.settling {
        let orders = try orders(try JobText.read(job, as: Payload.self))
        let edition = desk.network.edition
        let store = desk.store(of: job)
        var booking = BookingDesk(
          edition.network, versions: edition.versions, archive: store, ledger: store)
        var generator = SystemRandomNumberGenerator()
        let outcomes = try await booking.book(
          orders, now: try desk.now(), milliseconds: try desk.milliseconds(), using: &generator)
        let answers = Answers(orders: zip(orders, outcomes).map { BookingDocument($0, $1) })
        return .done(result: JSONB(try JSONText.line(answers)))
      }
    }
  }

  private static func orders(_ payload: Payload) throws(RequestFault) -> [BookingOrder] {
    var orders: [BookingOrder] = []
    for order in payload.orders {
      orders.append(
        BookingOrder(
          key: order.key, quote: order.quote,
          tier: try order.tier.map { (text) throws(RequestFault) in try RequestText.tier(text) },
          merchant: order.merchant ?? "", channel: order.channel ?? "",
          lines: try OrderTexts.lines(order.stock ?? [])))
    }
    return orders
  }
}
