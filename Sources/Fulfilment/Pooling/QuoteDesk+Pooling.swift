public import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

extension QuoteDesk {
  /// Prices orders to one address as separate parcels and as one consignment; see ``PoolPlan`` for the model.
  ///
  /// Of the ways of the consignment that keep every promised date the cheapest is taken, landed where that was asked for;
  /// where none does, the winner of the fastest tier any order is sold in.
  /// - Throws: a ``RequestFault`` where an order is at fault, or the orders do not belong together.
  /// - Complexity: a search for each order and each place of joining, and some twenty for the latest safe wait.
  public mutating func poolPlan(
    _ orders: [PoolOrder], now: Instant
  ) throws(RequestFault) -> PoolPlan {
    try check(orders)
    var separate: [PoolPlan.Separate] = []
    for order in orders {
      do throws(RequestFault) {
        let quote = try quote(order.request, now: now)
        let option = quote.options.first { $0.tiers.contains(order.tier) }
        separate.append(PoolPlan.Separate(order: order, quote: quote, option: option))
      } catch {
        throw RequestFault(
          code: error.code, message: "order \(order.id): \(error.message)", advice: error.advice)
      }
    }
    let currency = separate[0].quote.question.currency
    var plan = PoolPlan(
      asOf: now, bundle: network.bundle.manifest.label, currency: currency, separate: separate,
      consignment: nil, obstacle: nil, latestSafeWait: nil, lastChance: nil)
    guard let promised = plan.earliestPromised, let apart = plan.separatePrice else { return plan }
    switch try choices(separate, promised: promised) {
    case .failure(let obstacle): plan.obstacle = obstacle.refusal
    case .success(let choices):
      guard let best = choices.min(by: { $0.isBetter(than: $1) })?.consignment else { return plan }
      plan.consignment = best
      plan.latestSafeWait = latestSafeWait(choices, cheaperThan: apart, keeping: promised)
      var first = best.question
      let arrivals = best.firstMiles.map(\.arrivesBy)
      first.ready =
        (arrivals.isEmpty ? separate.map(\.quote.question.ready) : arrivals).min() ?? now
      plan.lastChance = try lastChance(first, promised)
    }
    return plan
  }

  /// The last minute at which the consignment may be complete on one of the ways that keep every date for less than the
  /// separate prices; nil where there is none.
  private func latestSafeWait(
    _ choices: [PoolChoice], cheaperThan apart: Money, keeping promised: CivilDate
  ) -> DeadlinePlan.Way? {
    var best: DeadlinePlan.Way?
    for choice in choices
    where choice.isOnTime && choice.consignment.price.minorUnits < apart.minorUnits {
      let question = choice.consignment.question
      let legs = choice.consignment.option.legs.map(\.leg)
      let window = network.readyWindow(legs, question, keeping: promised)
      let member = PlannedItinerary(vector: choice.consignment.option.vector, legs: legs)
      guard let way = way(member, at: window.latestReady, question) else { continue }
      if best.map({ $0.readyBy < way.readyBy }) ?? true { best = way }
    }
    return best
  }

  private func check(_ orders: [PoolOrder]) throws(RequestFault) {
    guard (2...PoolParcel.greatestCount).contains(orders.count) else {
      throw RequestFault(
        code: RequestFault.poolMalformed,
        message: "\(orders.count) orders to pool, not within 2...\(PoolParcel.greatestCount)",
        advice: "name the order files after --pool: a.json b.json")
    }
    var ids: Set<String> = []
    for order in orders {
      guard ids.insert(order.id).inserted else {
        throw RequestFault(
          code: RequestFault.poolMalformed, message: "two orders are called \(order.id)",
          advice: "give each order file its own \"id\"")
      }
      guard order.request.to.form == orders[0].request.to.form else {
        throw RequestFault(
          code: RequestFault.poolAddresses,
          message:
            "order \(orders[0].id) goes to \(orders[0].request.to), order \(order.id) to \(order.request.to)",
          advice: "only orders to one address travel together")
      }
      guard
        order.request.order.asksForLandedPrice == orders[0].request.order.asksForLandedPrice
      else {
        throw RequestFault(
          code: RequestFault.poolMalformed,
          message: "of orders \(orders[0].id) and \(order.id) only one has lines or a value",
          advice: "give every order its lines, or none")
      }
    }
  }

  /// The ways on from every place of joining that come into question, each with its price.
  private mutating func choices(
    _ separate: [PoolPlan.Separate], promised: CivilDate
  ) throws(RequestFault) -> Result<[PoolChoice], PoolObstacle> {
    let parcels = separate.map(\.quote.question.parcel)
    guard let goods = PoolParcel.goods(parcels.map(\.goods)) else {
      return .failure(
        PoolObstacle(
          "goods_conflict", "goods:battery+liquid", "no parcel holds batteries and liquids together"
        ))
    }
    guard let size = PoolParcel.dimensions(parcels.map(\.dimensions)) else {
      return .failure(
        PoolObstacle("size_over_limit", "dims", "the parcels stacked are higher than any vehicle"))
    }
    let terms = pooledTerms(separate)
    let weight = parcels.reduce(Int64(0)) { $0 + $1.weight.value }
    let places = try joiningPlaces(separate)
    guard !places.isEmpty else {
      let names = separate.map { network.bundle.nodes.name(of: $0.quote.question.origin) }
      return .failure(
        PoolObstacle(
          "no_common_hub", "stage:pickup",
          "no hub is reached by one pickup from each of \(names.joined(separator: ", "))"))
    }
    var found: [PoolChoice] = []
    var obstacle: PoolObstacle?
    for place in places {
      var question = separate[0].quote.question
      question.origin = place.node
      question.ready = place.complete
      question.parcel = Parcel(
        weight: Grams(weight), dimensions: size, goods: goods,
        declaredValue: separate.allSatisfy { $0.quote.question.parcel.declaredValue == nil }
          ? nil : declared(separate, question),
        battery: BatteryKind.strictest(parcels.compactMap(\.battery)))
      guard
        question.ready.minutes + SearchRequest.usualHorizon < network.bundle.timetable.window.end
      else { continue }
      switch try choices(place, question, terms, separate, promised: promised) {
      case .failure(let first): obstacle = obstacle ?? first
      case .success(let choices): found += choices
      }
    }
    if !found.isEmpty { return .success(found) }
    return .failure(
      obstacle
        ?? PoolObstacle("time_outside_window", "ready", "the last order is ready too far ahead"))
  }

  /// The joint value: of the orders' own sums where they share a currency, else converted at the tender date.
  private func declared(
    _ separate: [PoolPlan.Separate], _ question: NetworkPlanner.Question
  ) -> Money? {
    let values = separate.compactMap(\.quote.question.parcel.declaredValue)
    guard values.count == separate.count, let first = values.first else { return nil }
    let currency =
      values.allSatisfy { $0.currency == first.currency } ? first.currency : question.currency
    var units: Int64 = 0
    for value in values {
      guard
        case .success(let money) = network.tariff.rates.convert(
          value, to: currency, on: network.tenderDate(question)),
        case let (next, overflow) = units.addingReportingOverflow(money.minorUnits), !overflow
      else { return nil }
      units = next
    }
    return Money(minorUnits: units, currency)
  }

  private func pooledTerms(_ separate: [PoolPlan.Separate]) -> OrderTerms {
    var terms = separate[0].order.request.order
    terms.lines = PoolParcel.lines(
      separate.map { one in
        let country = network.bundle.nodes.country(of: one.quote.question.origin)
        return (one.order.request.order.lines, Country(code: country))
      })
    return terms
  }

  /// The ways on from one place: all that keep every date, or the winner of the tier where none does.
  private mutating func choices(
    _ place: JoiningPlace, _ question: NetworkPlanner.Question, _ terms: OrderTerms,
    _ separate: [PoolPlan.Separate], promised: CivilDate
  ) throws(RequestFault) -> Result<[PoolChoice], PoolObstacle> {
    let front = try front(question)
    guard !front.isEmpty else {
      let analysis = RefusalAnalysis(question, on: network)
      return .failure(PoolObstacle(analysis.code, analysis.rule, analysis.message))
    }
    let tiers = TierRules(
      network, goods: question.parcel.goods, currency: question.currency,
      on: network.tenderDate(question))
    let winners = tiers.winners(front.map(\.vector), ready: question.ready.minutes)
    let wanted = separate.map(\.order.tier).max() ?? .standard
    let usual = winners.first { $0.1.contains(wanted) }?.0 ?? winners.first?.0 ?? 0
    let zone = network.bundle.zone(of: question.destination)
    let onTime = front.indices.filter {
      zone.date(Instant(minutes: front[$0].vector.promise)) <= promised
    }
    var found: [PoolChoice] = []
    var refusal: Refusal?
    for position in onTime.isEmpty ? [usual] : onTime {
      switch priced(front[position], place, question, terms) {
      case .failure(let first): refusal = refusal ?? first
      case .success(let consignment):
        found.append(PoolChoice(consignment: consignment, isOnTime: !onTime.isEmpty))
      }
    }
    if !found.isEmpty { return .success(found) }
    return .failure(
      PoolObstacle(
        refusal?.code.word ?? "not_priced", refusal?.rule ?? "",
        "the consignment has no landed price that can be guaranteed"
          + (refusal.map { ": \($0)" } ?? "")))
  }

  private func priced(
    _ member: PlannedItinerary, _ place: JoiningPlace, _ question: NetworkPlanner.Question,
    _ terms: OrderTerms
  ) -> Result<PoolPlan.Consignment, Refusal> {
    guard let option = option(member, [], question) else {
      return .failure(Refusal(.cardNotValid, rule: "timetable"))
    }
    let first = place.firstMiles.reduce(Int64(0)) { $0 + $1.leg.charge.minorUnits }
    let freight = Money(minorUnits: option.freight.minorUnits + first, question.currency)
    func consignment(_ landing: Landing?) -> PoolPlan.Consignment {
      PoolPlan.Consignment(
        question: question, firstMiles: place.firstMiles, option: option, freight: freight,
        landing: landing)
    }
    guard terms.asksForLandedPrice else { return .success(consignment(nil)) }
    return landing(member.legs, timing: option.timing, freight: freight, question, terms)
      .map(consignment)
  }
}

/// A consignment that might be taken.
private struct PoolChoice {
  let consignment: PoolPlan.Consignment
  let isOnTime: Bool

  /// On time before late, then cheaper, then earlier.
  func isBetter(than other: PoolChoice) -> Bool {
    if isOnTime != other.isOnTime { return isOnTime }
    let (mine, its) = (consignment.price.minorUnits, other.consignment.price.minorUnits)
    if mine != its { return mine < its }
    return consignment.option.vector.promise < other.consignment.option.vector.promise
  }
}
