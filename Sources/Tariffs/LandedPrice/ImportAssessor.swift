import LogisticsModel

/// Works out one assessment from the rules as they stand in the files: the explained, slow twin of ``ImportPricer``.
///
/// Written for reading, not for speed, and without anything of the compiled tables.
struct ImportAssessor {
  let rules: ImportRules
  let order: ImportOrder
  let date: CivilDate
  let allowsEstimate: Bool
  var exchange: AssessmentExchange
  var doubts: [ImportDoubt] = []

  /// The greatest amount of a line or a total, in minor units.
  static let greatestAmount: Int64 = 1 << 56

  /// Goods that share a duty rule and a tariff rate.
  struct Group {
    var rule: Int
    var rate: Int?
    /// Positions of the order lines.
    var lines: [Int]
    /// Goods in the quote's currency.
    var goods: Int64 = 0
    /// Freight in the quote's currency.
    var freight: Int64 = 0
    /// Weight in grams.
    var grams: Int64 = 0
    /// Duty in the quote's currency, once worked out.
    var duty: Int64 = 0
  }

  init(
    rules: ImportRules, order: ImportOrder, date: CivilDate, allowsEstimate: Bool,
    exchange: AssessmentExchange
  ) {
    self.rules = rules
    self.order = order
    self.date = date
    self.allowsEstimate = allowsEstimate
    self.exchange = exchange
  }

  /// The assessment, or the first thing that is missing.
  mutating func assess(freight: Money) throws(Refusal) -> ImportAssessment {
    let quote = exchange.quote
    let worth = try lineValues()
    let goods = try sum(worth)
    let carriage = try exchange.convert(freight.minorUnits, from: freight.currency, to: quote)
    var lines = [
      line(.goods, own: Money(minorUnits: goods, quote), amount: goods, .seller),
      line(.freight, own: Money(minorUnits: carriage, quote), amount: carriage, .seller),
    ]
    var groups = try groups(carriage)
    share(&groups, worth: worth, goods: goods, carriage: carriage)
    for position in groups.indices {
      guard let duty = try duty(of: groups[position], carriage: carriage) else { continue }
      groups[position].duty = duty.amount.minorUnits
      lines.append(duty)
    }
    let fees = try feeLines(carriage)
    lines += fees
    lines += try taxLines(groups, fees: try sum(fees.map(\.amount.minorUnits)), carriage)
    let total = try sum(lines.map(\.amount.minorUnits))
    return ImportAssessment(
      lines: lines, total: Money(minorUnits: total, quote), clearance: date,
      ratesDate: exchange.tender, rates: exchange.used, doubts: doubts,
      withheld: try withheld(carriage))
  }

  // MARK: Values

  /// The worth of each order line in the quote's currency.
  ///
  /// Lines of one currency are added before they are converted: each is worth the difference of two rounded running sums,
  /// so that together they are worth what their sum is.
  private mutating func lineValues() throws(Refusal) -> [Int64] {
    var running: [Currency: (own: Int64, quote: Int64)] = [:]
    var worth: [Int64] = []
    for line in order.lines {
      let currency = line.total.currency
      let before = running[currency] ?? (0, 0)
      let own = try add(before.own, line.total.minorUnits)
      let converted = try exchange.convert(own, from: currency, to: exchange.quote)
      worth.append(converted - before.quote)
      running[currency] = (own, converted)
    }
    return worth
  }

  /// The goods of some lines in a currency: added by their own currencies in the order of first appearance, each sum
  /// converted once.
  mutating func goods(of positions: [Int], in currency: Currency) throws(Refusal) -> Int64 {
    var sums: [(currency: Currency, units: Int64)] = []
    for position in positions {
      let total = order.lines[position].total
      if let at = sums.firstIndex(where: { $0.currency == total.currency }) {
        sums[at].units = try add(sums[at].units, total.minorUnits)
      } else {
        sums.append((total.currency, total.minorUnits))
      }
    }
    var value: Int64 = 0
    for sum in sums {
      value = try add(value, try exchange.convert(sum.units, from: sum.currency, to: currency))
    }
    return value
  }

  /// Whether the consignment's value lies in a band.
  mutating func isInside(_ band: ConsignmentBand, _ carriage: Int64) throws(Refusal) -> Bool {
    guard let currency = band.currency else { return true }
    let freight = band.basis.includesFreight ? carriage : 0
    let isZero = freight == 0 && order.lines.allSatisfy { $0.total.minorUnits == 0 }
    if let holds = band.holds(isZero: isZero) { return holds }
    let goods = try goods(of: Array(order.lines.indices), in: currency)
    return band.contains(
      try add(goods, try exchange.convert(freight, from: exchange.quote, to: currency)))
  }

  // MARK: Sums

  func add(_ one: Int64, _ other: Int64) throws(Refusal) -> Int64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    guard !overflow, sum <= ImportAssessor.greatestAmount else {
      throw Refusal(.amountOverflow, rule: "landed price")
    }
    return sum
  }

  private func sum(_ amounts: [Int64]) throws(Refusal) -> Int64 {
    var sum: Int64 = 0
    for amount in amounts { sum = try add(sum, amount) }
    return sum
  }

  /// A whole number of minor units, if it is one to be believed.
  func units(_ amount: Int128, _ rule: String) throws(Refusal) -> Int64 {
    guard let units = Int64(exactly: amount), units <= ImportAssessor.greatestAmount else {
      throw Refusal(.amountOverflow, rule: rule)
    }
    return units
  }

  func line(
    _ kind: ImportAssessment.Line.Kind, rule: String? = nil, rate: String? = nil,
    base: Int64? = nil, own: Money, amount: Int64,
    _ collection: ImportAssessment.Line.Collection
  ) -> ImportAssessment.Line {
    ImportAssessment.Line(
      kind: kind, rule: rule, rate: rate,
      base: Money(minorUnits: base ?? amount, exchange.quote), own: own,
      amount: Money(minorUnits: amount, exchange.quote), collection: collection)
  }

  mutating func doubt(_ kind: ImportDoubt.Kind, _ rule: String, _ text: String) {
    let doubt = ImportDoubt(kind: kind, rule: rule, text: text)
    if !doubts.contains(doubt) { doubts.append(doubt) }
  }

  /// Doubts a rule that has not been checked.
  mutating func judge(_ terms: ImportRuleTerms) {
    switch terms.verification {
    case .verified: break
    case .listed: doubt(.ruleUnverified, terms.id, "\(terms.id) is from an undated list")
    case .unverified: doubt(.ruleUnverified, terms.id, "\(terms.id) is from memory, not checked")
    }
  }

  // MARK: Freight, weight and withheld rules

  /// Shares freight and weight among the groups by the worth of their goods, each the difference of two rounded running
  /// shares; worthless goods share by the number of lines.
  private func share(
    _ groups: inout [Group], worth: [Int64], goods: Int64, carriage: Int64
  ) {
    let whole = Int128(goods > 0 ? goods : Int64(order.lines.count))
    var running: Int128 = 0
    var freight: Int64 = 0
    var grams: Int64 = 0
    for position in groups.indices {
      groups[position].goods = groups[position].lines.reduce(0) { $0 + worth[$1] }
      running += Int128(goods > 0 ? groups[position].goods : Int64(groups[position].lines.count))
      // A share of a whole is never greater than it.
      let freightSoFar = Int64(
        truncatingIfNeeded: Rounding.halfUp(Int128(carriage) * running, over: whole))
      let gramsSoFar = Int64(
        truncatingIfNeeded: Rounding.halfUp(Int128(order.weight.value) * running, over: whole))
      groups[position].freight = freightSoFar - freight
      groups[position].grams = gramsSoFar - grams
      (freight, grams) = (freightSoFar, gramsSoFar)
    }
  }

  /// Rules that would concern the order but are kept for explanation only.
  private mutating func withheld(_ carriage: Int64) throws(Refusal) -> [String] {
    var ids: [String] = []
    let scopes =
      rules.duties.filter { !$0.terms.isApplied }.map { ($0.id, $0.scope) }
      + rules.fees.filter { !$0.terms.isApplied }.map { ($0.id, $0.scope) }
    for (id, scope) in scopes where scope.concerns(order) && scope.validity.contains(date) {
      if order.lines.contains(where: { scope.origins.contains($0.origin ?? order.dispatch) }),
        (try? isInside(scope.band, carriage)) ?? true
      {
        ids.append(id)
      }
    }
    return ids
  }
}
