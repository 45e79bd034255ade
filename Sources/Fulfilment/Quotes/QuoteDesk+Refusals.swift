import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

extension QuoteDesk {
  /// Why tiers, or the whole request, have no option; every fix named has been tried.
  mutating func refusals(
    _ question: NetworkPlanner.Question, _ order: OrderTerms, front: [PlannedItinerary],
    tiers: TierRules
  ) throws(RequestFault) -> [QuoteRefusal] {
    guard front.isEmpty else {
      return tiers.refused.map { tier in
        QuoteRefusal(
          tier: tier, code: "class_not_accepted",
          rule: "acceptance:\(tier.word):\(question.parcel.goods.word)",
          message: "\(tier.word) does not take \(question.parcel.goods.word) goods",
          fixes: tiers.accepted.map { .init(change: "tier", to: $0.tier.word) })
      }
    }
    let analysis = RefusalAnalysis(question, on: network)
    return [
      QuoteRefusal(
        tier: nil, code: analysis.code, rule: analysis.rule, message: analysis.message,
        fixes: try fixes(question, order, analysis))
    ]
  }

  /// Single changes that make the question feasible, smallest of each kind.
  private mutating func fixes(
    _ question: NetworkPlanner.Question, _ order: OrderTerms, _ analysis: RefusalAnalysis
  ) throws(RequestFault) -> [QuoteRefusal.Fix] {
    var fixes: [QuoteRefusal.Fix] = []
    if analysis.asksForValue, question.parcel.declaredValue == nil {
      for units: Int64 in [1, 10, 100, 1000] {
        var changed = question
        let value = Money(
          minorUnits: units * question.currency.minorPerUnit, question.currency)
        changed.parcel = question.parcel.declaring(value)
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
    let weight = try greatest(below: question.parcel.weight.value, order) { grams in
      question.with(question.parcel.with(weight: Grams(grams)))
    }
    if let weight { fixes.append(.init(change: "weight", to: "\(weight)g")) }
    if let size = question.parcel.dimensions {
      let edge = try greatest(below: Int64(size.longest), order) { edge in
        question.with(question.parcel.with(dimensions: size.capped(at: Int32(edge))))
      }
      if let edge {
        let capped = size.capped(at: Int32(edge))
        fixes.append(
          .init(change: "dims", to: "\(capped.longest)x\(capped.second)x\(capped.shortest)mm"))
      }
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
    if fixes.isEmpty {
      var changed = question
      changed.greatestLegs = question.greatestLegs + 4
      if try works(changed, order) {
        fixes.append(.init(change: "max_legs", to: "\(changed.greatestLegs)"))
      }
    }
    if fixes.isEmpty, let place = try servedNeighbour(question, order) {
      fixes.append(.init(change: "to", to: network.bundle.nodes.name(of: place)))
    }
    if fixes.isEmpty, let fix = try jointFix(question, order) { fixes.append(fix) }
    return fixes
  }

  /// Several changes that help only together, none of which can be left out; nil when even an ordinary
  /// parcel (500 g of general goods, no edge above 10 cm, the bundle's currency) cannot be sent.
  private mutating func jointFix(
    _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) throws(RequestFault) -> QuoteRefusal.Fix? {
    typealias Attempt = (question: NetworkPlanner.Question, order: OrderTerms)
    typealias Change = (name: String, to: String, apply: (inout Attempt) -> Void)
    var changes: [Change] = []
    if let usual = Currency(code: network.bundle.manifest.currency), usual != question.currency {
      changes.append(("currency", usual.code, { $0.question.currency = usual }))
    }
    if question.parcel.goods != .general, OrderGoods.permits(.general, order.lines) {
      changes.append(
        ("goods", "general", { $0.question.parcel = $0.question.parcel.with(goods: .general) }))
    }
    if question.parcel.weight.value > 500 {
      changes.append(
        ("weight", "500g", { $0.question.parcel = $0.question.parcel.with(weight: Grams(500)) }))
    }
    if let size = question.parcel.dimensions, size.longest > 100 {
      let small = size.capped(at: 100)
      changes.append(
        (
          "dims", "\(small.longest)x\(small.second)x\(small.shortest)mm",
          { $0.question.parcel = $0.question.parcel.with(dimensions: small) }
        ))
    }
    if order.asksForLandedPrice, !order.allowsEstimate {
      changes.append(("allow_estimate", "true", { $0.order.allowsEstimate = true }))
    }
    func works(_ desk: inout QuoteDesk, _ changes: [Change]) throws(RequestFault) -> Bool {
      let attempt = changes.reduce(into: Attempt(question, order)) { $1.apply(&$0) }
      return try desk.works(attempt.question, attempt.order)
    }
    if try !works(&self, changes) {
      let attempt = changes.reduce(into: Attempt(question, order)) { $1.apply(&$0) }
      if let place = try servedNeighbour(attempt.question, attempt.order) {
        let name = network.bundle.nodes.name(of: place)
        changes.append(("to", name, { $0.question.destination = place }))
      }
    }
    guard changes.count > 1, try works(&self, changes) else { return nil }
    for change in changes {
      let others = changes.filter { $0.name != change.name }
      if try works(&self, others) { changes = others }
    }
    return QuoteRefusal.Fix(
      change: changes.map(\.name).joined(separator: "+"),
      to: changes.map(\.to).joined(separator: "+"))
  }

  /// Whether a question has an option, and where a landed price is asked for, one that has it.
  private mutating func works(
    _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) throws(RequestFault) -> Bool {
    let front = try front(question)
    guard order.asksForLandedPrice else { return !front.isEmpty }
    let tiers = TierRules(
      network, goods: question.parcel.goods, currency: question.currency,
      on: network.tenderDate(question))
    let winners = tiers.winners(front.map(\.vector), ready: question.ready.minutes)
    return winners.contains { position, _ in
      guard let timing = network.timing(front[position].legs, question) else { return false }
      let freight = Money(minorUnits: front[position].vector.price, question.currency)
      let landing = landing(
        front[position].legs, timing: timing, freight: freight, question, order)
      if case .success = landing { return true }
      return false
    }
  }

  /// The greatest smaller figure (a weight in grams, an edge in millimetres) with which the question works;
  /// nil when that figure is not what stops it.
  ///
  /// Bisection is sound for one boundary; where cards have holes the figure found still works, it need not
  /// be the only one.
  private mutating func greatest(
    below figure: Int64, _ order: OrderTerms, _ changed: (Int64) -> NetworkPlanner.Question
  ) throws(RequestFault) -> Int64? {
    var bad = figure
    var good: Int64?
    var trial = bad / 2
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

extension Parcel {
  fileprivate func with(
    weight: Grams? = nil, dimensions: Dimensions? = nil, goods: GoodsClass? = nil
  ) -> Parcel {
    Parcel(
      weight: weight ?? self.weight, dimensions: dimensions ?? self.dimensions,
      goods: goods ?? self.goods, declaredValue: declaredValue)
  }
}

extension NetworkPlanner.Question {
  fileprivate func with(_ parcel: Parcel) -> Self {
    var changed = self
    changed.parcel = parcel
    return changed
  }
}

extension Dimensions {
  /// The same parcel with no edge longer than `edge` millimetres.
  fileprivate func capped(at edge: Int32) -> Dimensions {
    Dimensions(millimetres: min(longest, edge), min(second, edge), min(shortest, edge))
  }
}
