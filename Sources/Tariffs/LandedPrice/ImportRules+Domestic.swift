public import LogisticsModel

extension ImportRules {
  /// What an order costs at hand where no border of customs is crossed: the goods and the freight.
  ///
  /// Nothing is due on import, and a domestic price contains its country's tax.
  /// - Complexity: O(lines)
  public static func domesticPrice(
    lines: [OrderLine], freight: Money, rates: ExchangeRates, tender: CivilDate,
    in currency: Currency
  ) -> Result<LandedPrice, Refusal> {
    var total: Int64 = 0
    var used: [ExchangeRate] = []
    var parts: [ImportAssessment.Line] = []
    let goods = lines.map { (ImportAssessment.Line.Kind.goods, $0.total) }
    for (kind, own) in goods + [(.freight, freight)] {
      switch rates.rate(from: own.currency, to: currency, on: tender) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let rate):
        guard let amount = rate.convert(minorUnits: own.minorUnits),
          case let (sum, overflow) = total.addingReportingOverflow(amount), !overflow
        else { return .failure(Refusal(.amountOverflow, rule: "\(own.currency)/\(currency)")) }
        total = sum
        if !rate.rows.isEmpty, !used.contains(rate) { used.append(rate) }
        let money = Money(minorUnits: amount, currency)
        parts.append(
          .init(
            kind: kind, rule: nil, rate: nil, base: money, own: own, amount: money,
            collection: .seller))
      }
    }
    let assessment = ImportAssessment(
      lines: parts, total: Money(minorUnits: total, currency), clearance: tender,
      ratesDate: tender, rates: used, doubts: [], withheld: [])
    return .success(LandedPrice([LandedPrice.Regime(days: tender...tender, assessment: assessment)]))
  }
}
