import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

extension QuoteDesk {
  /// Why tiers, or the whole request, have no option; every fix named has been tried.
  mutating func refusals(
    _ question: NetworkPlanner.Question, _ order: OrderTerms, front: [PlannedItinerary],
    tiers: TierRules, now: Instant
  ) throws(RequestFault) -> [QuoteRefusal] {
    guard front.isEmpty else { return refusals(of: tiers, question) }
    let analysis = RefusalAnalysis(question, on: network)
    var fixes = try fixes(question, order, analysis, now: now)
    if fixes.isEmpty, order.asksForLandedPrice, !order.allowsEstimate {
      // Perhaps it takes both: another request, and a price that cannot be guaranteed.
      var flagged = order
      flagged.allowsEstimate = true
      fixes = try self.fixes(question, flagged, analysis, now: now).map {
        QuoteRefusal.Fix(change: $0.change + "+allow_estimate", to: $0.to + "+true")
      }
    }
    return [
      QuoteRefusal(
        tier: nil, code: analysis.code, rule: analysis.rule, message: analysis.message,
        fixes: fixes)
    ]
  }

  /// Tiers that do not take the goods class, where others do.
  func refusals(of tiers: TierRules, _ question: NetworkPlanner.Question) -> [QuoteRefusal] {
    tiers.refused.map { tier in
      QuoteRefusal(
        tier: tier, code: "class_not_accepted",
        rule: "acceptance:\(tier.word):\(question.parcel.goods.word)",
        message: "\(tier.word) does not take \(question.parcel.goods.word) goods",
        fixes: tiers.accepted.map { .init(change: "tier", to: $0.tier.word) })
    }
  }

  /// Single changes that make the question feasible.
  ///
  /// Weights are the nearest that work, lighter and heavier; a size cap, a lower value and an earlier ready time
  /// are found by bisection and are sharp: one unit less of a change fails. A value for a card that asks for one
  /// and a later ready time are the first that work of a fixed ladder.
  private mutating func fixes(
    _ question: NetworkPlanner.Question, _ order: OrderTerms, _ analysis: RefusalAnalysis,
    now: Instant
  ) throws(RequestFault) -> [QuoteRefusal.Fix] {
    var fixes: [QuoteRefusal.Fix] = []
    if analysis.asksForValue, question.parcel.declaredValue == nil, !order.isItemised {
      for units: Int64 in [1, 10, 100, 1000] {
        var changed = question
        let value = Money(
          minorUnits: units * question.currency.minorPerUnit, question.currency)
        changed.parcel = question.parcel.with(value: value)
        if try works(changed, order) {
          fixes.append(.init(change: "value", to: "\(value)"))
          break
        }
      }
    }
    if let usual = Currency(code: network.bundle.manifest.currency), usual != question.currency {
      var changed = question
      changed.currency = usual
      if try works(changed, order) { fixes.append(.init(change: "currency", to: usual.code)) }
    }
    for goods in GoodsClass.allCases
    where goods != question.parcel.goods && OrderGoods.permits(goods, order.lines) {
      var changed = question
      changed.parcel = question.parcel.with(goods: goods)
      if try works(changed, order) {
        fixes.append(.init(change: "goods", to: goods.word))
        break
      }
    }
    if let value = question.parcel.declaredValue, !order.isItemised {
      let lower = try greatest(below: value.minorUnits, order) { units in
        question.with(question.parcel.with(value: Money(minorUnits: units, value.currency)))
      }
      if let lower {
        fixes.append(.init(change: "value", to: "\(Money(minorUnits: lower, value.currency))"))
      }
    }
    let steps = WeightSteps(question, on: network)
    let weight = question.parcel.weight.value
    for side in [steps.lighter(than: weight), steps.heavier(than: weight)] {
      if let grams = try nearest(of: side, question, order) {
        fixes.append(.init(change: "weight", to: "\(grams)g"))
      }
    }
    if let size = question.parcel.dimensions {
      let edge = try greatest(below: Int64(size.longest), order) { edge in
        question.with(question.parcel.with(dimensions: size.capped(at: Int32(edge))))
      }
      if let edge {
        fixes.append(.init(change: "dims", to: size.capped(at: Int32(edge)).words))
      }
    }
    if let ready = try latestReady(before: question, order, notBefore: now) {
      let zone = network.bundle.zone(of: question.origin)
      fixes.append(.init(change: "ready", to: ready.rfc3339(in: zone)))
      return fixes
    }
    for days: Int64 in [1, 2, 3, 4, 5, 7, 10, 14, 21] {
      var changed = question
      changed.ready = question.ready.advanced(byMinutes: days * 1440)
      guard changed.ready.minutes + SearchRequest.usualHorizon < network.bundle.timetable.window.end
      else { break }
      if try works(changed, order) {
        let zone = network.bundle.zone(of: question.origin)
        fixes.append(.init(change: "ready", to: changed.ready.rfc3339(in: zone)))
        break
      }
    }
    if fixes.isEmpty, let legs = try fewestLegs(question, order) {
      fixes.append(.init(change: "max_legs", to: "\(legs)"))
    }
    if fixes.isEmpty, let place = try servedNeighbour(question, order) {
      fixes.append(.init(change: "to", to: network.bundle.nodes.name(of: place)))
    }
    if fixes.isEmpty, let fix = try jointFix(question, order, now: now) { fixes.append(fix) }
    return fixes
  }

  /// Several changes that help only together, none of which can be left out; nil when even an ordinary
  /// parcel (500 g of general goods, no edge above 10 cm, the bundle's currency) cannot be sent now.
  ///
  /// Weight, size, ready time and legs are then given back as far as the other changes allow, in the order in
  /// which the fix names them.
  private mutating func jointFix(
    _ question: NetworkPlanner.Question, _ order: OrderTerms, now: Instant
  ) throws(RequestFault) -> QuoteRefusal.Fix? {
    var changes: [JointChange] = []
    if let usual = Currency(code: network.bundle.manifest.currency), usual != question.currency {
      changes.append(.currency(usual))
    }
    if question.parcel.goods != .general, OrderGoods.permits(.general, order.lines) {
      changes.append(.goods(.general))
    }
    if question.parcel.weight.value > 500 { changes.append(.weight(Grams(500))) }
    if let size = question.parcel.dimensions, size.longest > 100 {
      changes.append(.size(size.capped(at: 100)))
    }
    if now < question.ready { changes.append(.ready(now)) }
    if question.greatestLegs < NetworkPlanner.usualGreatestLegs {
      changes.append(.greatestLegs(NetworkPlanner.usualGreatestLegs))
    }
    if try !works(question.with(changes), order) {
      let changed = question.with(changes)
      let steps = WeightSteps(changed, on: network).heavier(than: question.parcel.weight.value)
      if let grams = try nearest(of: steps, changed, order) {
        changes.removeAll { $0.name == "weight" }
        changes.append(.weight(Grams(grams)))
      } else if let place = try servedNeighbour(changed, order) {
        changes.append(.destination(place, network.bundle.nodes.name(of: place)))
      }
    }
    guard changes.count > 1, try works(question.with(changes), order) else { return nil }
    for change in changes {
      let others = changes.filter { $0.name != change.name }
      if try works(question.with(others), order) { changes = others }
    }
    for (position, change) in changes.enumerated() {
      changes[position] = try smallest(change, question, order, among: changes)
    }
    return QuoteRefusal.Fix(
      change: changes.map(\.name).joined(separator: "+"),
      to: changes.map(\.to).joined(separator: "+"))
  }

  /// The change of the same kind that alters least and still works with the others.
  private mutating func smallest(
    _ change: JointChange, _ question: NetworkPlanner.Question, _ order: OrderTerms,
    among changes: [JointChange]
  ) throws(RequestFault) -> JointChange {
    let others = question.with(changes.filter { $0.name != change.name })
    switch change {
    case .weight(let found) where found < question.parcel.weight:
      let steps = WeightSteps(others, on: network).lighter(than: question.parcel.weight.value)
      return .weight(Grams(try nearest(of: steps, others, order) ?? found.value))
    case .size(let found):
      guard let size = question.parcel.dimensions else { return change }
      let edge = try greatest(below: Int64(size.longest), from: Int64(found.longest), order) {
        edge in
        others.with(others.parcel.with(dimensions: size.capped(at: Int32(edge))))
      }
      return .size(size.capped(at: Int32(edge ?? Int64(found.longest))))
    case .ready(let found):
      return .ready(try latestReady(before: others, order, notBefore: found) ?? found)
    case .greatestLegs(let found):
      return .greatestLegs(try fewestLegs(others, order) ?? found)
    default: return change
    }
  }

  /// Whether a question has an option, and where a landed price is asked for, one that has it.
  private mutating func works(
    _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) throws(RequestFault) -> Bool {
    let front = try front(question)
    guard order.asksForLandedPrice else { return !front.isEmpty }
    let order = try order.declaring(question.parcel.declaredValue)
    let tiers = TierRules(
      network, goods: question.parcel.goods, currency: question.currency,
      on: network.tenderDate(question))
    return tiers.winners(front.map(\.vector), ready: question.ready.minutes).contains { winner in
      let member = front[winner.0]
      guard let timing = network.timing(member.legs, question) else { return false }
      let freight = Money(minorUnits: member.vector.price, question.currency)
      let landing = landing(member.legs, timing: timing, freight: freight, question, order)
      if case .success = landing { return true }
      return false
    }
  }

  /// The first weight of a list, in grams, with which the question works.
  private mutating func nearest(
    of weights: [Int64], _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) throws(RequestFault) -> Int64? {
    for grams in weights {
      if try works(question.with(question.parcel.with(weight: Grams(grams))), order) {
        return grams
      }
    }
    return nil
  }

  /// The last ready minute at which the question works, where it fails only by being too late: for the bundle's
  /// data or for a card.
  ///
  /// The earliest promise never gets later as ready gets earlier, so one boundary parts them.
  private mutating func latestReady(
    before question: NetworkPlanner.Question, _ order: OrderTerms, notBefore now: Instant
  ) throws(RequestFault) -> Instant? {
    guard now < question.ready else { return nil }
    func ready(_ minute: Int64) -> NetworkPlanner.Question {
      var changed = question
      changed.ready = Instant(minutes: minute)
      return changed
    }
    guard try works(ready(now.minutes), order) else { return nil }
    var (good, bad) = (now.minutes, question.ready.minutes)
    while bad - good > 1 {
      let middle = good + (bad - good) / 2
      if try works(ready(middle), order) { good = middle } else { bad = middle }
    }
    return Instant(minutes: good)
  }

  /// The fewest legs above the question's bound with which it works; nil: not with eight more, or with more
  /// than a request may ask for.
  private mutating func fewestLegs(
    _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) throws(RequestFault) -> Int? {
    let bound = min(question.greatestLegs + 8, 50)
    for legs in stride(from: question.greatestLegs + 1, through: bound, by: 1) {
      var changed = question
      changed.greatestLegs = legs
      if try works(changed, order) { return legs }
    }
    return nil
  }

  /// The greatest smaller figure (an edge in millimetres, a value in minor units) with which the question
  /// works, sought from `start` or downwards from half; nil when that figure is not what stops it.
  ///
  /// Bisection is sound for one boundary; where cards have holes the figure found still works, it need not
  /// be the only one.
  private mutating func greatest(
    below figure: Int64, from start: Int64? = nil, _ order: OrderTerms,
    _ changed: (Int64) -> NetworkPlanner.Question
  ) throws(RequestFault) -> Int64? {
    var bad = figure
    var good: Int64?
    var trial = start ?? bad / 2
    while trial >= 1 {
      if try works(changed(trial), order) {
        good = trial
        break
      }
      bad = trial
      trial /= 4
    }
    guard var least = good else { return nil }
    while bad - least > 1 {
      let middle = least + (bad - least) / 2
      if try works(changed(middle), order) { least = middle } else { bad = middle }
    }
    return least
  }

  /// The nearest zone that can be reached: of the twenty nearest of the same country, then of all.
  private mutating func servedNeighbour(
    _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) throws(RequestFault) -> NodeID? {
    let nodes = network.bundle.nodes
    let country = nodes.country(of: question.destination)
    let place = nodes[question.destination]
    // Degrees are near enough to order the zones around a place, and integers.
    func distance(_ node: NodeID) -> Int64 {
      guard let north = place.latitude, let east = place.longitude,
        case let other = nodes[node], let otherNorth = other.latitude,
        let otherEast = other.longitude
      else { return .max }
      let (rows, columns) = (Int64(otherNorth) - Int64(north), Int64(otherEast) - Int64(east))
      return rows * rows + columns * columns
    }
    let zones = nodes.ids.filter { $0 != question.destination && nodes.kind(of: $0) == .zone }
    let nearest = zones.map { ($0, distance($0)) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    let own = nearest.filter { nodes.country(of: $0.0) == country }
    for (node, _) in own.prefix(20) + nearest.prefix(20) {
      var changed = question
      changed.destination = node
      if try works(changed, order) { return node }
    }
    return nil
  }
}
