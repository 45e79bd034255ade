public import LogisticsModel
import RouteGraph
public import RoutePlanning
import Tariffs

/// The tiers of a request in short: what each costs and when it arrives, without the way there.
///
/// What shops ask for by the thousand. Prices, dates and refusals are those of the whole ``Quote`` of the same request.
public struct TierQuote: Sendable {
  /// The price at hand.
  public struct Landed: Hashable, Sendable {
    /// Goods, freight, duty, tax and fees.
    public let total: Money
    /// Whether it can be stood for.
    public let isGuaranteed: Bool
  }

  /// What some tiers offer.
  public struct Option: Hashable, Sendable {
    /// Tiers it wins, in order.
    public let tiers: [Tier]
    /// Freight in the quote's currency.
    public let freight: Money
    /// The promise minute.
    public let promise: Instant
    /// Its civil date at the destination.
    public let deliverBy: CivilDate
    /// CO2e in milligrams.
    public let emission: Int64
    /// The price at hand; nil where only the freight was asked for.
    public let landed: Landed?
  }

  /// The question, with places resolved.
  public let question: NetworkPlanner.Question
  /// Options, in tier order of their first name.
  public let options: [Option]
  /// Tiers without an option, and why.
  public let refusals: [QuoteRefusal]
  /// Which engine answered.
  public let answer: EngineAnswer
}

extension QuoteDesk {
  /// Answers a request in short.
  ///
  /// - Returns: the tiers; they are the whole quote's.
  /// - Throws: a ``RequestFault`` where the request itself is at fault.
  /// - Complexity: one look-up where a block answers and only the freight is asked for; else a whole quote.
  public mutating func tiers(
    _ request: QuoteRequest, now: Instant
  ) throws(RequestFault) -> TierQuote {
    adoptEngine()
    if let reader, !request.order.asksForLandedPrice {
      let question = try question(request, now: now)
      let quick = reader.quote(question)
      lazy?.note(quick, of: question, by: reader.engine)
      if quick.outcome == .answered, reader.engine.version == version {
        return tiers(quick, question)
      }
    }
    let whole = try quote(request, now: now)
    return TierQuote(
      question: whole.question,
      options: whole.options.map { option in
        TierQuote.Option(
          tiers: option.tiers, freight: option.freight,
          promise: Instant(minutes: option.vector.promise), deliverBy: option.deliverBy,
          emission: option.vector.emission,
          landed: option.landing.map {
            TierQuote.Landed(total: $0.price.total, isGuaranteed: $0.price.isGuaranteed)
          })
      }, refusals: whole.refusals, answer: whole.answer)
  }

  /// The tiers that three winners stand for.
  private func tiers(
    _ quick: QuickQuote, _ question: NetworkPlanner.Question
  ) -> TierQuote {
    var front: [PlanVector] = []
    for vector in [quick.economy.vector, quick.standard.vector, quick.premium.vector]
    where !front.contains(vector) {
      front.append(vector)
    }
    front.sort()
    let rules = TierRules(
      network, goods: question.parcel.goods, currency: question.currency,
      on: network.tenderDate(question))
    let zone = network.bundle.zone(of: question.destination)
    let options = rules.winners(front, ready: question.ready.minutes).map { position, tiers in
      let vector = front[position]
      return TierQuote.Option(
        tiers: tiers, freight: Money(minorUnits: vector.price, question.currency),
        promise: Instant(minutes: vector.promise),
        deliverBy: zone.date(Instant(minutes: vector.promise)), emission: vector.emission,
        landed: nil)
    }
    return TierQuote(
      question: question, options: options, refusals: refusals(of: rules, question),
      answer: EngineAnswer(engine: .fast, version: version, outcome: quick.outcome))
  }
}
