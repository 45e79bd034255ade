import LogisticsModel

/// Which duty rule each order line falls under, and what it comes to.
extension ImportAssessor {
  /// Order lines by duty rule and tariff rate, in the order of their first lines.
  mutating func groups(_ carriage: Int64) throws(Refusal) -> [Group] {
    var groups: [Group] = []
    for (position, line) in order.lines.enumerated() {
      let origin = line.origin ?? order.dispatch
      let rule = try dutyRule(origin, carriage)
      var rate: Int?
      if rules.duties[rule].kind == .tariff { rate = try tariffRate(line, origin, rule) }
      if let at = groups.firstIndex(where: { $0.rule == rule && $0.rate == rate }) {
        groups[at].lines.append(position)
      } else {
        groups.append(Group(rule: rule, rate: rate, lines: [position]))
      }
    }
    return groups
  }

  /// The one rule for goods of an origin.
  private mutating func dutyRule(_ origin: Country, _ carriage: Int64) throws(Refusal) -> Int {
    let date = self.date
    let matching = try dutyRules(origin, carriage) { $0.contains(date) }
    guard matching.count <= 1 else {
      throw Refusal(
        .importRulesAmbiguous,
        rule: matching.map { rules.duties[$0].id }.joined(separator: "+"))
    }
    if let rule = matching.first, rules.duties[rule].kind != .unknown { return rule }
    let missing = matching.first.map { rules.duties[$0].id } ?? nothing(origin, carriage)
    guard allowsEstimate else { throw Refusal(.dutyRuleMissing, rule: missing) }
    let earlier = try dutyRules(origin, carriage) { $0.to < date }
      .filter { rules.duties[$0].kind != .unknown }
    // The one that ended last; of several, the first in the file.
    guard
      let last = earlier.max(by: {
        (rules.duties[$0].scope.validity.to, -$0) < (rules.duties[$1].scope.validity.to, -$1)
      })
    else { throw Refusal(.dutyRuleMissing, rule: missing) }
    doubt(
      .rulePastItsEnd, rules.duties[last].id,
      "nothing is known for \(date) (\(missing)); \(rules.duties[last].id), which ended on "
        + "\(rules.duties[last].scope.validity.to), was used")
    return last
  }

  /// What there is no rule for, and which rules are known but not applied.
  private mutating func nothing(_ origin: Country, _ carriage: Int64) -> String {
    var withheld: [String] = []
    for rule in rules.duties
    where !rule.terms.isApplied && rule.scope.concerns(order) && rule.scope.origins.contains(origin)
      && rule.scope.validity.contains(date)
    {
      if (try? isInside(rule.scope.band, carriage)) ?? true { withheld.append(rule.id) }
    }
    let text = "\(order.destination) \(order.channel.word) from \(origin) on \(date)"
    return withheld.isEmpty
      ? text : text + "; not applied: " + withheld.joined(separator: "+")
  }

  private mutating func dutyRules(
    _ origin: Country, _ carriage: Int64, _ isMeant: (Validity) -> Bool
  ) throws(Refusal) -> [Int] {
    var matching: [Int] = []
    for (position, rule) in rules.duties.enumerated()
    where rule.terms.isApplied && isMeant(rule.scope.validity) && rule.scope.concerns(order)
      && rule.scope.origins.contains(origin)
    {
      if try isInside(rule.scope.band, carriage) { matching.append(position) }
    }
    return matching
  }

  /// The rate of the normal tariff: the longest prefix counts.
  private mutating func tariffRate(
    _ line: OrderLine, _ origin: Country, _ rule: Int
  ) throws(Refusal) -> Int? {
    let matching = rules.tariffRates.indices.filter {
      rules.tariffRates[$0].applies(line.code, from: origin, to: order.destination, on: date)
    }
    if let longest = matching.map({ rules.tariffRates[$0].prefix.count }).max() {
      let best = matching.filter { rules.tariffRates[$0].prefix.count == longest }
      guard best.count == 1 else {
        throw Refusal(
          .importRulesAmbiguous,
          rule: best.map { rules.tariffRates[$0].terms.id }.joined(separator: "+"))
      }
      return best[0]
    }
    let goods = line.code.map(\.description) ?? "goods without HS code"
    guard allowsEstimate else {
      throw Refusal(.dutyRateUnknown, rule: "\(rules.duties[rule].id): \(goods) from \(origin)")
    }
    doubt(
      .tariffRateUnknown, rules.duties[rule].id,
      "the normal tariff applies to \(goods) from \(origin) and its rate is not known: "
        + "no duty is in the price")
    return nil
  }

  /// The duty line of a group; nil where the tariff's rate is not known.
  mutating func duty(
    of group: Group, carriage: Int64
  ) throws(Refusal) -> ImportAssessment.Line? {
    let rule = rules.duties[group.rule]
    judge(rule.terms)
    let currency = rule.currency ?? exchange.quote
    let base: Int64
    if currency == exchange.quote {
      base = group.goods + (rule.isOnFreight ? group.freight : 0)
    } else if [.percent, .percentOfExcess, .percentLess, .percentOrPerKilogram, .tariff]
      .contains(rule.kind)
    {
      let goods = try goods(of: group.lines, in: currency)
      let freight = rule.isOnFreight ? group.freight : 0
      base = try add(goods, try exchange.convert(freight, from: exchange.quote, to: currency))
    } else {
      base = 0
    }
    let count = counted(rule, group)
    var percent = rule.percent
    if let rate = group.rate {
      percent = rules.tariffRates[rate].percent
      judge(rules.tariffRates[rate].terms)
    } else if rule.kind == .tariff {
      return nil
    }
    let own = try units(
      DutyFormula(rule).amount(
        percent: percent, base: base, count: count, grams: group.grams, in: currency), rule.id)
    let amount = try exchange.convert(own, from: currency, to: exchange.quote)
    return line(
      .duty, rule: rule.id, rate: DutyFormula(rule).words(percent: percent, count: count),
      base: group.goods + (rule.isOnFreight ? group.freight : 0),
      own: Money(minorUnits: own, currency), amount: amount, .clearance)
  }

  /// How many times a flat amount is due.
  private mutating func counted(_ rule: DutyRule, _ group: Group) -> Int64 {
    switch rule.kind {
    case .perHeading: headings(group.lines, rule.id)
    case .perParcel: Int64(order.parcels)
    default: 0
    }
  }

  /// Distinct headings; a line without HS code counts as one of its own, with a doubt.
  mutating func headings(_ positions: [Int], _ rule: String) -> Int64 {
    var known: Set<UInt32> = []
    var unknown: Int64 = 0
    for position in positions {
      if let code = order.lines[position].code {
        known.insert(code.headingNumber)
      } else {
        unknown += 1
      }
    }
    if unknown > 0 {
      doubt(
        .headingsUnknown, rule,
        "\(rule) counts distinct HS headings, and \(unknown) lines name none: each was counted as one"
      )
    }
    return Int64(known.count) + unknown
  }
}

/// The arithmetic of a duty, exact until its one rounding.
struct DutyFormula {
  let rule: DutyRule

  init(_ rule: DutyRule) { self.rule = rule }

  /// All terms are brought to this denominator: percent are hundredths of millionths (10^8), kg are thousand grams of
  /// millionths (10^9).
  private static let scale: Int128 = 1_000_000_000

  /// The duty in minor units of its currency, half up, never below nothing.
  ///
  /// - Parameters:
  ///   - percent: percentage that counts: the rule's own or the tariff's.
  ///   - base: value in minor units of the currency.
  ///   - count: headings or parcels.
  ///   - grams: weight.
  ///   - currency: the currency of the duty.
  /// - Returns: minor units, which may be more than 64 bits hold.
  func amount(
    percent: Decimal6, base: Int64, count: Int64, grams: Int64, in currency: Currency
  ) -> Int128 {
    let minor = Int128(currency.minorPerUnit)
    func share(_ value: Int128) -> Int128 { value * Int128(percent.micros) * 10 }
    // Millionths of a unit, as minor units.
    func flat(_ amount: Decimal6) -> Int128 { Int128(amount.micros) * minor * 1000 }
    let byWeight = Int128(rule.amount.micros) * minor * Int128(grams)
    let exact: Int128
    switch rule.kind {
    case .none, .unknown: exact = 0
    case .perHeading, .perParcel: exact = flat(rule.amount) * Int128(count)
    case .percent, .tariff: exact = share(Int128(base))
    case .percentLess: exact = share(Int128(base)) - flat(rule.amount)
    case .percentOrPerKilogram: exact = max(share(Int128(base)), byWeight)
    case .percentOfExcess:
      let threshold = Rounding.halfUp(
        Int128(rule.excessOver.micros) * minor, over: Int128(Decimal6.scale))
      exact = max(share(max(0, Int128(base) - threshold)), byWeight)
    }
    return Rounding.halfUp(max(0, exact), over: DutyFormula.scale)
  }

  /// The rate for people.
  func words(percent: Decimal6, count: Int64) -> String {
    // Millionths of a percent, as a fraction with at most eight places.
    var fraction = DecimalText.text(percent.micros, places: 8)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    if fraction.hasSuffix(".") { fraction.removeLast() }
    let code = rule.currency?.code ?? ""
    switch rule.kind {
    case .none: return "0"
    case .unknown: return "unknown"
    case .perHeading: return "\(rule.amount) \(code) per heading x \(count)"
    case .perParcel: return "\(rule.amount) \(code) per parcel x \(count)"
    case .percent, .tariff: return fraction
    case .percentLess: return "\(fraction) less \(rule.amount) \(code)"
    case .percentOrPerKilogram: return "\(fraction), at least \(rule.amount) \(code) per kg"
    case .percentOfExcess:
      return "\(fraction) of what exceeds \(rule.excessOver) \(code), "
        + "at least \(rule.amount) \(code) per kg"
    }
  }
}
