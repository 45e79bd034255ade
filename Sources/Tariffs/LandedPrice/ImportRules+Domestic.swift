public import LogisticsModel

extension ImportRules {
  /// What an order costs at hand where no border of customs is crossed: the goods and the freight.
  ///
  /// Nothing is due on import, and a domestic price contains its country's tax. Lines of one currency are added before
  /// they are converted, as on import.
  /// - Complexity: O(lines x currencies)
  public static func domesticPrice(
    lines: [OrderLine], freight: Money, rates: ExchangeRates, tender: CivilDate,
    in currency: Currency
  ) -> Result<LandedPrice, Refusal> {
    var exchange = AssessmentExchange(rates: rates, tender: tender, quote: currency)
    var goods: Int64 = 0
    var carriage: Int64 = 0
    do throws(Refusal) {
      for own in Set(lines.map(\.total.currency)).sorted() {
        let sum = lines.filter { $0.total.currency == own }.reduce(Int64(0)) {
          $0 + $1.total.minorUnits
        }
        goods += try exchange.convert(sum, from: own, to: currency)
      }
      carriage = try exchange.convert(freight.minorUnits, from: freight.currency, to: currency)
      guard goods <= ImportAssessor.greatestAmount, carriage <= ImportAssessor.greatestAmount else {
        throw Refusal(.amountOverflow, rule: "landed price")
      }
    } catch {
      return .failure(error)
    }
    func line(_ kind: ImportAssessment.Line.Kind, _ units: Int64) -> ImportAssessment.Line {
      let money = Money(minorUnits: units, currency)
      return ImportAssessment.Line(
        kind: kind, rule: nil, rate: nil, base: money, own: money, amount: money,
        collection: .seller)
    }
    let assessment = ImportAssessment(
      lines: [line(.goods, goods), line(.freight, carriage)],
      total: Money(minorUnits: goods + carriage, currency), clearance: tender, ratesDate: tender,
      rates: exchange.used, doubts: [], withheld: [])
    let regime = LandedPrice.Regime(days: tender...tender, assessment: assessment)
    return .success(LandedPrice([regime]))
  }
}
