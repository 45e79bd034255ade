import Fulfilment
import JobQueue
import LogisticsModel
import PostgresClient
import ShipmentStore

/// `quote`: a list of requests; prices and dates of all tiers are the result, and with `save` the quotes are kept to be booked.
enum QuoteKind {
  static let name = "quote"
  /// Jobs to a handler: their quotes share a desk and a transaction.
  static let batch = 64
  /// Requests between two looks whether to go on: some milliseconds where each is searched.
  private static let stretch = 16

  /// Version 1 of the payload: see `config/jobs/FORMAT.md`.
  struct Payload: Decodable {
    let requests: [Request]
    let service_level: String?
    let currency: String?
    let max_legs: Int?
    let save: Bool?
    let merchant: String?
  }

  /// One request, with the words of a line of `quote --batch`.
  struct Request: Decodable {
    let id: String?
    let from: String
    let to: String
    let weight: String
    let dims: String?
    let goods: String?
    let value: String?
    let lines: [String]?
    let ready: String?
  }

  static func register(_ kinds: inout JobKinds, _ desk: Workplace) {
    kinds.register(name, batch: batch, timeout: .seconds(120)) { jobs, control in
      // One edition and one clock for all: no batch mixes versions.
      let edition = desk.network.edition
      let now = try desk.now()
      var kept: [[SavedQuote]] = []
      var quoting = edition.desk()
      var outcomes: [Outcome] = []
      for job in jobs {
        var saved: [SavedQuote] = []
        outcomes.append(
          try await Workplace.settling {
            try await QuoteKind.outcome(job, control, &quoting, edition, desk, now, &saved)
          })
        kept.append(saved)
      }
      let quotes = kept
      guard quotes.contains(where: { !$0.isEmpty }) else { return BatchOutcome(outcomes) }
      let stores = jobs.map { desk.store(of: $0) }
      return BatchOutcome(outcomes) { done in
        done.filter { !quotes[$0].isEmpty }.map { position in
          .work { try await stores[position].save(quotes[position], on: $0) }
        }
      }
    }
  }

  private static func outcome(
    _ job: Job, _ control: JobControl, _ quoting: inout QuoteDesk,
    _ edition: NetworkInForce.Edition, _ desk: Workplace, _ now: Instant,
    _ saved: inout [SavedQuote]
  ) async throws -> Outcome {
    let payload = try JobText.read(job, as: Payload.self)
    let level = try RequestText.level(payload.service_level ?? desk.settings.serviceLevel.value)
    let currency = try payload.currency.map { (text) throws(RequestFault) in
      try RequestText.currency(text)
    }
    let legs = payload.max_legs ?? desk.settings.greatestLegs.value
    guard (1...50).contains(legs) else {
      throw JobFault(code: "bad_payload", message: "max_legs \(legs) is not within 1...50")
    }
    let merchant = payload.merchant ?? ""
    guard merchant.utf8.count <= BookingOrder.greatestText, !merchant.contains("\0") else {
      throw JobFault(code: "bad_payload", message: "merchant is too long or holds a NUL")
    }
    var quotes: [Quote] = []
    var answers: [Answer] = []
    answers.reserveCapacity(payload.requests.count)
    for (number, asked) in payload.requests.enumerated() {
      // Where a drain runs out of grace, another worker does it.
      if number % stretch == 0, let outcome = await control.pause(in: job) { return outcome }
      let id = asked.id ?? "\(number + 1)"
      do throws(RequestFault) {
        var request = try QuoteKind.request(asked)
        request.level = level
        request.currency = currency
        request.greatestLegs = legs
        if payload.save == true {
          let quote = try quoting.quote(request, now: now)
          answers.append(Answer(id, quote, saved: true))
          quotes.append(quote)
        } else {
          answers.append(Answer(id, try quoting.tiers(request, now: now)))
        }
      } catch {
        answers.append(Answer(id, error))
      }
    }
    for quote in quotes {
      saved.append(
        SavedQuote(
          quote, on: quoting.network, versions: edition.versions, validity: quoting.validity,
          merchant: merchant, document: try QuoteKeeping.text(quote, quoting.network)))
    }
    let result = Answers(
      network: edition.versions.bundle, edition: edition.number, quotes: answers)
    return .done(result: JSONB(try JSONText.line(result)))
  }

  private static func request(_ asked: Request) throws(RequestFault) -> QuoteRequest {
    let lines = try RequestText.lines(asked.lines ?? [], value: asked.value)
    var request = QuoteRequest(
      from: try RequestText.place(asked.from), to: try RequestText.place(asked.to),
      parcel: try RequestText.parcel(
        weight: asked.weight, dims: asked.dims, goods: asked.goods, value: asked.value,
        lines: lines))
    request.order.lines = lines
    if let ready = asked.ready { request.ready = try RequestText.ready(ready) }
    return request
  }
}
