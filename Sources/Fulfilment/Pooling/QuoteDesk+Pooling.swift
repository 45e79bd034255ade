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
      consignment: nil, obstacle: nil, latestSafeWait: nil)
    guard let promised = plan.earliestPromised else { return plan }
    switch try consignment(separate, promised: promised, now: now) {
    case .failure(let obstacle): plan.obstacle = obstacle.refusal
    case .success(let consignment): plan.consignment = consignment
    }
    if let consignment = plan.consignment {
      var first = consignment.question
      let arrivals = consignment.firstMiles.map(\.arrivesBy)
      first.ready = (arrivals.isEmpty ? separate.map(\.quote.question.ready) : arrivals).min() ?? now
      plan.latestSafeWait = try lastChance(first, promised)
    }
    return plan
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

  /// Every place of joining with the best way on from it, and the best of those.
  private mutating func consignment(
    _ separate: [PoolPlan.Separate], promised: CivilDate, now: Instant
  ) throws(RequestFault) -> Result<PoolPlan.Consignment, PoolObstacle> {
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
    var best: PoolChoice?
    var obstacle: PoolObstacle?
    for place in places {
      var question = separate[0].quote.question
      question.origin = place.node
      question.ready = place.complete
      question.parcel = Parcel(
        weight: Grams(weight), dimensions: size, goods: goods,
        declaredValue: separate.allSatisfy { $0.quote.question.parcel.declaredValue == nil }
          ? nil : declared(separate, question))
      guard
        question.ready.minutes + SearchRequest.usualHorizon < network.bundle.timetable.window.end
      else { continue }
      switch try choice(place, question, terms, separate, promised: promised) {
      case .failure(let found): obstacle = obstacle ?? found
      case .success(let choice):
        if best.map({ choice.isBetter(than: $0) }) ?? true { best = choice }
      }
    }
    if let best { return .success(best.consignment) }
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

  /// The best way on from one place.
  private mutating func choice(
    _ place: JoiningPlace, _ question: NetworkPlanner.Question, _ terms: OrderTerms,
    _ separate: [PoolPlan.Separate], promised: CivilDate
  ) throws(RequestFault) -> Result<PoolChoice, PoolObstacle> {
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
    var best: PoolChoice?
    var refusal: Refusal?
    for position in onTime.isEmpty ? [usual] : onTime {
      switch priced(front[position], place, question, terms) {
      case .failure(let found): refusal = refusal ?? found
      case .success(let consignment):
        let choice = PoolChoice(consignment: consignment, isOnTime: !onTime.isEmpty)
        if best.map({ choice.isBetter(than: $0) }) ?? true { best = choice }
      }
    }
    if let best { return .success(best) }
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
