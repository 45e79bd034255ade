import LogisticsModel

/// National fees and the destination's taxes.
extension ImportAssessor {
  /// Every fee that concerns the order, in file order.
  mutating func feeLines(_ carriage: Int64) throws(Refusal) -> [ImportAssessment.Line] {
    var lines: [ImportAssessment.Line] = []
    for fee in rules.fees
    where fee.terms.isApplied && fee.scope.concerns(order) && fee.scope.validity.contains(date) {
      let concerned = order.lines.indices.filter {
        fee.scope.origins.contains(order.lines[$0].origin ?? order.dispatch)
      }
      guard !concerned.isEmpty, try isInside(fee.scope.band, carriage) else { continue }
      judge(fee.terms)
      let count: Int64 =
        switch fee.unit {
        case .parcel: Int64(order.parcels)
        case .consignment: 1
        case .heading: headings(concerned, fee.id)
        }
      let exact = Int128(fee.amount.micros) * Int128(fee.currency.minorPerUnit) * Int128(count)
      let own = try units(Rounding.halfUp(exact, over: Int128(Decimal6.scale)), fee.id)
      let amount = try exchange.convert(own, from: fee.currency, to: exchange.quote)
      lines.append(
        line(
          .fee, rule: fee.id,
          rate: "\(fee.amount) \(fee.currency) per \(fee.unit.rawValue) x \(count)",
          own: Money(minorUnits: own, fee.currency), amount: amount, .clearance))
    }
    return lines
  }

  /// The country's tax, then the subdivision's.
  mutating func taxLines(
    _ groups: [Group], fees: Int64, _ carriage: Int64
  ) throws(Refusal) -> [ImportAssessment.Line] {
    let taxed = groups.filter { rules.duties[$0.rule].tax == .due }
    guard !taxed.isEmpty else { return [] }
    let rows = rules.taxes.filter {
      $0.destinations.contains(order.destination) && $0.terms.validity.contains(date)
    }
    for relief in rows where relief.kind == .relief {
      if try isInside(relief.band, carriage) {
        judge(relief.terms)
        let nothing = Money(minorUnits: 0, exchange.quote)
        return [
          line(
            .vat, rule: relief.id, rate: "0", base: taxed.reduce(0) { $0 + $1.goods },
            own: nothing, amount: 0, .clearance)
        ]
      }
    }
    let isAtSale = taxed.allSatisfy {
      rules.duties[$0.rule].taxCollection.isAtSale(order.programmes)
    }
    var lines: [ImportAssessment.Line] = []
    if let vat = try vatRule(rows) {
      lines.append(try taxLine(vat, taxed, fees: fees, isAtSale: isAtSale))
    }
    if rules.taxes.contains(where: {
      $0.kind == .salesTax && $0.destinations.contains(order.destination)
    }), let tax = try subdivisionRule(rows) {
      lines.append(try taxLine(tax, taxed, fees: fees, isAtSale: isAtSale))
    }
    return lines
  }

  /// The rule of the subdivision, where the country has one of its own; otherwise the country's.
  private mutating func vatRule(_ rows: [ImportTax]) throws(Refusal) -> ImportTax? {
    let vat = rows.filter { $0.kind == .vat }
    let own = vat.filter { !$0.subdivision.isEmpty && $0.subdivision == order.subdivision }
    let counting = own.isEmpty ? vat.filter(\.subdivision.isEmpty) : own
    if let rule = try single(counting) { return rule }
    guard allowsEstimate else {
      throw Refusal(.taxRuleMissing, rule: "\(order.destination) on \(date)")
    }
    doubt(
      .taxRuleMissing, "", "no tax rule for \(order.destination) on \(date): no tax is in the price"
    )
    return nil
  }

  private mutating func subdivisionRule(_ rows: [ImportTax]) throws(Refusal) -> ImportTax? {
    guard let subdivision = order.subdivision else {
      guard allowsEstimate else {
        throw Refusal(.subdivisionUnknown, rule: "\(order.destination)")
      }
      doubt(
        .subdivisionUnknown, "",
        "\(order.destination) taxes by state or province, and none is named: its tax is not in the price"
      )
      return nil
    }
    let own = rows.filter { $0.kind == .salesTax && $0.subdivision == subdivision }
    if let rule = try single(own) { return rule }
    guard allowsEstimate else {
      throw Refusal(.taxRuleMissing, rule: "\(order.destination)-\(subdivision) on \(date)")
    }
    doubt(
      .taxRuleMissing, "",
      "no tax rule for \(order.destination)-\(subdivision) on \(date): its tax is not in the price")
    return nil
  }

  private func single(_ rules: [ImportTax]) throws(Refusal) -> ImportTax? {
    guard rules.count <= 1 else {
      throw Refusal(.importRulesAmbiguous, rule: rules.map(\.id).joined(separator: "+"))
    }
    return rules.first
  }

  private mutating func taxLine(
    _ tax: ImportTax, _ taxed: [Group], fees: Int64, isAtSale: Bool
  ) throws(Refusal) -> ImportAssessment.Line {
    judge(tax.terms)
    var base: Int64 = tax.base.contains(.fee) ? fees : 0
    for group in taxed {
      if tax.base.contains(.goods) { base = try add(base, group.goods) }
      if tax.base.contains(.freight) { base = try add(base, group.freight) }
      if tax.base.contains(.duty) { base = try add(base, group.duty) }
    }
    let amount = try units(tax.amount(on: Int128(base)), tax.id)
    return line(
      tax.kind == .salesTax ? .salesTax : .vat, rule: tax.id,
      rate: tax.isInclusive ? "\(tax.rate) of the price with tax" : "\(tax.rate)", base: base,
      own: Money(minorUnits: amount, exchange.quote), amount: amount,
      isAtSale || tax.isCollectedAtSale ? .sale : .clearance)
  }
}
