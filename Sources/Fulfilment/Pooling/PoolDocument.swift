import LogisticsModel
import RouteGraph
public import RoutePlanning

/// A pool plan as JSON: for those who move the goods, so with every cost.
public struct PoolDocument: Encodable, Sendable {
  /// One order by itself.
  public struct Separate: Encodable, Sendable {
    let id: String
    let tier: String
    let from: String
    let ready: String
    let weight_g: Int64
    let promised: String?
    let freight: QuoteDocument.Amount?
    let price: QuoteDocument.Amount?
    let landed: LandedDocument?
    let deliver_by: String?
    let days_late_if_pooled: Int?
    let refused: [QuoteDocument.RefusalDocument]
  }

  /// The pickup of one order.
  public struct FirstMile: Encodable, Sendable {
    let id: String
    let leg: String
    let charge: QuoteDocument.Amount
    let arrives_by: String
  }

  /// All orders as one parcel.
  public struct Consignment: Encodable, Sendable {
    let place: String
    let complete: String
    let weight_g: Int64
    let goods_class: String
    let first_miles: [FirstMile]
    let freight: QuoteDocument.Amount
    let price: QuoteDocument.Amount
    let landed: LandedDocument?
    let deliver_by: String
    let promise_minute: String
    let legs: [String]
  }

  /// Until when the consignment may wait for its last order, and the way from there.
  public struct SafeWait: Encodable, Sendable {
    let complete_by: String
    let legs: [String]
    let freight: QuoteDocument.Amount
  }

  let bundle: String
  let as_of: String
  let price_scope: String
  let advice: String
  let why: String
  let orders: [Separate]
  let separate_freight: QuoteDocument.Amount?
  let separate_price: QuoteDocument.Amount?
  let promised: String?
  let consignment: Consignment?
  let saving: QuoteDocument.Amount?
  let keeps_dates: Bool
  let unsized: [String]
  let latest_safe_wait: SafeWait?
  let last_chance: SafeWait?
  let obstacle: QuoteDocument.RefusalDocument?

  /// Writes out a plan.
  public init(_ plan: PoolPlan, network: NetworkPlanner) {
    let bundle = network.bundle
    let words = PoolWords(plan, network)
    self.bundle = plan.bundle
    as_of = plan.asOf.rfc3339()
    price_scope = plan.separate[0].order.request.order.asksForLandedPrice ? "landed" : "freight"
    advice = plan.advice == .pool ? "pool" : "separate"
    why = plan.advice.rawValue
    orders = plan.separate.map { one in
      let zone = bundle.zone(of: one.quote.question.origin)
      return Separate(
        id: one.order.id, tier: one.order.tier.word,
        from: bundle.nodes.name(of: one.quote.question.origin),
        ready: one.quote.question.ready.rfc3339(in: zone),
        weight_g: one.quote.question.parcel.weight.value, promised: one.promised?.description,
        freight: one.option.map { .init($0.freight) }, price: one.price.map { .init($0) },
        landed: one.option?.landing.map {
          LandedDocument($0, one.order.request.order, network: network, view: .ops)
        }, deliver_by: one.option?.deliverBy.description,
        days_late_if_pooled: words.daysLate(one),
        refused: one.option == nil ? words.refusals(one).map { .init($0) } : [])
    }
    separate_freight = plan.separateFreight.map { .init($0) }
    separate_price = plan.separatePrice.map { .init($0) }
    promised = plan.earliestPromised?.description
    consignment = plan.consignment.map { Consignment($0, plan, network) }
    saving = plan.saving.map { .init($0) }
    keeps_dates = plan.keepsDates
    unsized = plan.unsized
    func wait(_ way: DeadlinePlan.Way) -> SafeWait {
      SafeWait(
        complete_by: way.readyBy.rfc3339(in: words.joiningZone),
        legs: way.option.legs.map { bundle.legs.name(of: $0.leg) },
        freight: .init(way.option.freight))
    }
    latest_safe_wait = plan.latestSafeWait.map(wait)
    last_chance = plan.lastChance.map(wait)
    obstacle = plan.obstacle.map { .init($0) }
  }
}

extension PoolDocument.Consignment {
  fileprivate init(
    _ consignment: PoolPlan.Consignment, _ plan: PoolPlan, _ network: NetworkPlanner
  ) {
    let bundle = network.bundle
    let question = consignment.question
    let zone = bundle.zone(of: question.origin)
    let miles = zip(plan.separate, consignment.firstMiles).map { one, mile in
      PoolDocument.FirstMile(
        id: one.order.id, leg: bundle.legs.name(of: mile.leg.leg), charge: .init(mile.leg.charge),
        arrives_by: mile.arrivesBy.rfc3339(in: zone))
    }
    self.init(
      place: bundle.nodes.name(of: question.origin), complete: question.ready.rfc3339(in: zone),
      weight_g: question.parcel.weight.value, goods_class: question.parcel.goods.word,
      first_miles: miles, freight: .init(consignment.freight), price: .init(consignment.price),
      landed: consignment.landing.map {
        LandedDocument($0, plan.separate[0].order.request.order, network: network, view: .ops)
      }, deliver_by: consignment.option.deliverBy.description,
      promise_minute: Instant(minutes: consignment.option.vector.promise)
        .rfc3339(in: bundle.zone(of: question.destination)),
      legs: consignment.option.legs.map { bundle.legs.name(of: $0.leg) })
  }
}

extension QuoteDocument.RefusalDocument {
  init(_ refusal: QuoteRefusal) {
    self.init(
      tier: refusal.tier?.word, code: refusal.code, rule: refusal.rule, message: refusal.message,
      fix: refusal.fixes.map { QuoteDocument.FixDocument(change: $0.change, to: $0.to) })
  }
}
