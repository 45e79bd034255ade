import Fulfilment
import LogisticsModel
import RoutePlanning
import Tariffs

extension QuoteKind {
  /// The result of a job: an answer for each request, in their order.
  struct Answers: Encodable {
    /// Label of the bundle all were made from.
    let network: String
    /// Number of the worker's network.
    let edition: Int
    let quotes: [Answer]
  }

  /// What a request got: tiers, or what is wrong with it.
  struct Answer: Encodable {
    /// What some tiers offer.
    struct Option: Encodable {
      let tiers: [String]
      let freight: String
      let currency: String
      let deliver_by: String
      let promise_minute: String
      let co2e_g: Int64
      let landed: String?
      let guaranteed: Bool?
    }

    /// A tier that is not offered.
    struct Refused: Encodable {
      let tier: String?
      let code: String
    }

    let id: String
    /// Where it was kept: what to book.
    let quote_id: String?
    let options: [Option]?
    let refused: [Refused]?
    let error: String?

    init(_ id: String, _ tiers: TierQuote) {
      self.id = id
      quote_id = nil
      options = tiers.options.map { option in
        Option(
          tiers: option.tiers.map(\.word), freight: option.freight.amountText,
          currency: option.freight.currency.code, deliver_by: option.deliverBy.description,
          promise_minute: option.promise.rfc3339(), co2e_g: QuoteWords.grams(option.emission),
          landed: option.landed?.total.amountText, guaranteed: option.landed?.isGuaranteed)
      }
      refused = tiers.refusals.isEmpty ? nil : tiers.refusals.map { Refused($0) }
      error = nil
    }

    init(_ id: String, _ quote: Quote, saved: Bool) {
      self.id = id
      quote_id = saved ? quote.id : nil
      options = quote.options.map { option in
        Option(
          tiers: option.tiers.map(\.word), freight: option.freight.amountText,
          currency: option.freight.currency.code, deliver_by: option.deliverBy.description,
          promise_minute: Instant(minutes: option.vector.promise).rfc3339(),
          co2e_g: QuoteWords.grams(option.vector.emission),
          landed: option.landing?.price.total.amountText,
          guaranteed: option.landing?.price.isGuaranteed)
      }
      refused = quote.refusals.isEmpty ? nil : quote.refusals.map { Refused($0) }
      error = nil
    }

    init(_ id: String, _ fault: RequestFault) {
      self.id = id
      quote_id = nil
      options = nil
      refused = nil
      error = fault.description
    }
  }
}

extension QuoteKind.Answer.Refused {
  init(_ refusal: QuoteRefusal) {
    self.init(tier: refusal.tier?.word, code: refusal.code)
  }
}
