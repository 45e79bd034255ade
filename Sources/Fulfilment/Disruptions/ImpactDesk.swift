public import LogisticsModel
import RouteGraph
public import RoutePlanning

/// Says which promises disruptions break, and what to offer instead.
///
/// Pure but for its search scratch, like ``QuoteDesk``; one desk per thread. Freight, dates and legs only: duties and
/// taxes of a replacement are for a new quote to say.
public struct ImpactDesk {
  /// The network as planned and as it runs.
  public let network: DisruptedNetwork
  private var planned: QuoteDesk
  private var disrupted: QuoteDesk

  /// A desk over a network and an overlay.
  public init(_ network: DisruptedNetwork) {
    self.network = network
    planned = QuoteDesk(network.planned)
    disrupted = QuoteDesk(network.planner)
  }

  /// What becomes of the options a request gets on the network as planned.
  ///
  /// - Throws: a ``RequestFault`` where the request itself is at fault.
  public mutating func impact(
    of request: QuoteRequest, id: String, now: Instant
  ) throws(RequestFault) -> QuoteImpact {
    let question = try planned.question(request, now: now)
    let booked = try ImpactDesk.best(question, at: &planned)
    return try impact(on: booked, of: request, question, id)
  }

  /// What becomes of the options of a quote made before.
  ///
  /// - Throws: a ``RequestFault`` where its request cannot be resolved, or a leg of it is not in the network.
  public mutating func impact(
    on stored: StoredQuote, now: Instant
  ) throws(RequestFault) -> QuoteImpact {
    let question = try planned.question(stored.request, now: now)
    var booked: [BookedOption] = []
    for option in stored.options {
      booked.append(try option.booked(on: network.planned.bundle, quote: stored.id))
    }
    return try impact(on: booked, of: stored.request, question, stored.id)
  }

  private mutating func impact(
    on booked: [BookedOption], of request: QuoteRequest, _ question: NetworkPlanner.Question,
    _ id: String
  ) throws(RequestFault) -> QuoteImpact {
    var best: [BookedOption]?
    var options: [OptionImpact] = []
    for option in booked {
      let (outcome, promise) = outcome(of: option, question)
      var instead: [OptionImpact.Replacement] = []
      switch outcome {
      case .unaffected, .absorbed: break
      case .late, .lost:
        // One search answers for all tiers of the quote.
        let found: [BookedOption]
        if let best { found = best } else { found = try ImpactDesk.best(question, at: &disrupted) }
        best = found
        instead = ImpactDesk.replacements(of: option.tiers, found)
      }
      options.append(
        OptionImpact(
          booked: option, outcome: outcome, promise: promise,
          deliverBy: promise.map { date($0, question) }, instead: instead))
    }
    return QuoteImpact(
      id: id, from: request.from.text, to: request.to.text, destination: question.destination,
      options: options)
  }

  /// The winners of every tier that takes the parcel's class.
  private static func best(
    _ question: NetworkPlanner.Question, at desk: inout QuoteDesk
  ) throws(RequestFault) -> [BookedOption] {
    let network = desk.network
    let front = try desk.front(question)
    let tiers = TierRules(
      network, goods: question.parcel.goods, currency: question.currency,
      on: network.tenderDate(question))
    return tiers.winners(front.map(\.vector), ready: question.ready.minutes).map {
      BookedOption(front[$0.0], $0.1, question, on: network)
    }
  }

  private static func replacements(
    of tiers: [Tier], _ best: [BookedOption]
  ) -> [OptionImpact.Replacement] {
    var replacements: [OptionImpact.Replacement] = []
    var without: [Tier] = []
    for option in best {
      let won = tiers.filter { option.tiers.contains($0) }
      if !won.isEmpty { replacements.append(.init(tiers: won, option: option)) }
    }
    for tier in tiers where !best.contains(where: { $0.tiers.contains(tier) }) {
      without.append(tier)
    }
    if !without.isEmpty { replacements.append(.init(tiers: without, option: nil)) }
    return replacements
  }

  private func date(_ minute: Instant, _ question: NetworkPlanner.Question) -> CivilDate {
    network.planner.bundle.zone(of: question.destination).date(minute)
  }

  /// What becomes of an itinerary if nobody does anything, and its promise then.
  private func outcome(
    of option: BookedOption, _ question: NetworkPlanner.Question
  ) -> (OptionImpact.Outcome, Instant?) {
    guard network.touches(option.legs, question) else { return (.unaffected, option.promise) }
    guard network.takes(option.legs, question) else { return (.lost(.refused), nil) }
    guard let timing = network.planner.timing(option.legs, question) else {
      return (.lost(.notBookable), nil)
    }
    let vector = PlanVector(price: option.freight.minorUnits, promise: timing.promise, emission: 0)
    let member = PlannedItinerary(vector: vector, legs: option.legs)
    guard !BundleValidity(network.planner).committable([member], question).isEmpty else {
      return (.lost(.beyondValidity), nil)
    }
    let promise = Instant(minutes: timing.promise)
    let minutes = promise.minutes(since: option.promise)
    let days = date(promise, question).days(since: option.deliverBy)
    return (days > 0 ? .late(days: days, minutes: minutes) : .absorbed(minutes: minutes), promise)
  }
}
