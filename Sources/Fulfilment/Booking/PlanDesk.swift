import LogisticsModel
import RouteGraph
import RoutePlanning

/// Works out what an order of a saved quote would be promised: as it was quoted, or past departures that are full.
///
/// Pure but for its search scratch; one desk per thread. Drafts are kept, since many orders take up one quote.
struct PlanDesk {
  /// A promise and its legs, for whoever orders.
  struct Draft {
    let tier: Tier
    let legs: [ShipmentLeg]
    let deliverBy: CivilDate
    let minute: Instant
    let zone: String
    let level: ServiceLevel
    let price: Money
    let quotedBy: CivilDate
  }

  private struct Key: Hashable {
    let quote: String
    let tier: Tier?
    let full: Set<DepartureKey>
    /// The minute from which a rolled plan may start; nil where the quoted one stands.
    let now: Instant?
  }

  private let network: NetworkPlanner
  private var desk: QuoteDesk
  private var detour: (full: Set<DepartureKey>, desk: QuoteDesk)?
  private var drafts: [Key: Draft] = [:]
  /// Drafts kept at most, so that a long batch does not fill the memory.
  private static let greatestDrafts = 4096

  init(_ network: NetworkPlanner) {
    self.network = network
    desk = QuoteDesk(network)
  }

  /// What an order of a quote would be promised.
  ///
  /// - Parameters:
  ///   - quote: the quote.
  ///   - tier: the tier; nil: the first option.
  ///   - full: departures that take nobody; none: the quoted plan.
  ///   - now: a rolled plan does not start before.
  /// - Returns: the promise and its legs.
  /// - Throws: ``BookingFault`` where the tier was not offered or no departure is left; ``RequestFault`` where what is
  ///   stored cannot be read.
  mutating func draft(
    of quote: SavedQuote, tier: Tier?, avoiding full: Set<DepartureKey>, now: Instant
  ) throws -> Draft {
    let key = Key(quote: quote.id, tier: tier, full: full, now: full.isEmpty ? nil : now)
    if let known = drafts[key] { return known }
    let draft = try makeDraft(of: quote, tier: tier, avoiding: full, now: now)
    if drafts.count >= PlanDesk.greatestDrafts { drafts.removeAll() }
    drafts[key] = draft
    return draft
  }

  private mutating func makeDraft(
    of quote: SavedQuote, tier: Tier?, avoiding full: Set<DepartureKey>, now: Instant
  ) throws -> Draft {
    let document: JSONValue
    do throws(JSONValue.Fault) {
      document = try JSONValue.parse(Array(quote.document.utf8))
    } catch {
      throw QuoteReceipt.fault("its document is no JSON (\(error.message))")
    }
    let stored = try StoredQuote(document, greatestLegs: quote.receipt.request.greatestLegs)
    guard
      let option = tier.map({ tier in stored.options.first { $0.tiers.contains(tier) } })
        ?? stored.options.first, let chosen = tier ?? option.tiers.first
    else {
      throw BookingFault(
        .tierNotOffered, "quote \(quote.id) has no \(tier?.word ?? "option")",
        advice: "it has \(stored.options.flatMap(\.tiers).map(\.word).joined(separator: ", "))")
    }
    var question = try desk.question(quote.receipt.request, now: quote.receipt.asOf)
    let zone = network.bundle.zone(of: question.destination)
    if full.isEmpty {
      let booked = try option.booked(on: network.bundle, quote: quote.id)
      guard let timing = network.timing(booked.legs, question) else {
        throw BookingFault(
          .noDepartureLeft, "the itinerary of quote \(quote.id) cannot be booked any more",
          advice: "quote it again")
      }
      return Draft(
        tier: chosen, legs: legs(timing, of: booked.legs), deliverBy: booked.deliverBy,
        minute: booked.promise, zone: zone.name, level: question.level, price: option.price,
        quotedBy: booked.deliverBy)
    }
    question.ready = max(question.ready, now)
    guard let best = try rolled(question, tier: chosen, past: full),
      let timing = detour?.desk.network.timing(best.legs, question)
    else {
      throw BookingFault(
        .noDepartureLeft,
        "quote \(quote.id): \(chosen.word) has no departure with a place left",
        advice: "choose another tier, or raise the capacity of a departure")
    }
    return Draft(
      tier: chosen, legs: legs(timing, of: best.legs), deliverBy: best.deliverBy,
      minute: best.promise, zone: zone.name, level: question.level, price: option.price,
      quotedBy: option.deliverBy)
  }

  /// The winner of a tier when some departures take nobody.
  private mutating func rolled(
    _ question: NetworkPlanner.Question, tier: Tier, past full: Set<DepartureKey>
  ) throws(RequestFault) -> BookedOption? {
    if detour?.full != full {
      let closed = DisruptedNetwork(network, under: DisruptionOverlay(disruptions(full)))
      detour = (full, QuoteDesk(closed.planner))
    }
    guard let front = try detour?.desk.front(question), let network = detour?.desk.network else {
      return nil
    }
    let rules = TierRules(
      network, goods: question.parcel.goods, currency: question.currency,
      on: network.tenderDate(question))
    return rules.winners(front.map(\.vector), ready: question.ready.minutes)
      .first { $0.1.contains(tier) }
      .map { BookedOption(front[$0.0], $0.1, question, on: network) }
  }

  /// Full departures as the events that the planner knows.
  private func disruptions(_ full: Set<DepartureKey>) -> [Disruption] {
    full.sorted().compactMap { departure in
      guard let leg = network.bundle.legID(named: departure.leg) else { return nil }
      let tail = NodeID(network.bundle.topology.tail[leg.position])
      let local = network.bundle.zone(of: tail).local(departure.departs)
      return .full(leg: departure.leg, .init(local.date, local.clock))
    }
  }

  /// The legs as planned: a place is wanted on the departure that the median parcel takes.
  private func legs(_ timing: ItineraryTiming, of ids: [LegID]) -> [ShipmentLeg] {
    let bundle = network.bundle
    return ids.enumerated().map { index, id in
      let arrival = timing.arrivals[index]
      let departs = Instant(minutes: arrival.departsHalf)
      let role: LegRole =
        if bundle.legs.mode(of: id) != .handling {
          .carriage
        } else if bundle.legs.stage(of: id) == .import || bundle.legs.stage(of: id) == .export {
          .clearance
        } else {
          .handling
        }
      return ShipmentLeg(
        name: bundle.legs.name(of: id),
        from: bundle.nodes.name(of: NodeID(bundle.topology.tail[id.position])),
        to: bundle.nodes.name(of: NodeID(bundle.topology.head[id.position])), role: role,
        departs: bundle.legs.kind(of: id) == .scheduled ? departs : nil,
        planned: LegTimes(departure: departs, arrival: Instant(minutes: arrival.half)))
    }
  }
}
