import LogisticsModel

/// The exchange rates of one assessment, and which of them were used.
struct AssessmentExchange {
  let rates: ExchangeRates
  let tender: CivilDate
  let quote: Currency
  /// Rates used, in the order of first use, each once.
  private(set) var used: [ExchangeRate] = []

  init(rates: ExchangeRates, tender: CivilDate, quote: Currency) {
    self.rates = rates
    self.tender = tender
    self.quote = quote
  }

  /// Minor units of another currency, rounded half up; zero is zero in every currency.
  mutating func convert(
    _ minorUnits: Int64, from: Currency, to: Currency
  ) throws(Refusal) -> Int64 {
    guard from != to, minorUnits != 0 else { return minorUnits }
    let rate: ExchangeRate
    if let known = used.first(where: { $0.from == from && $0.to == to }) {
      rate = known
    } else {
      rate = try rates.rate(from: from, to: to, on: tender).get()
      used.append(rate)
    }
    guard let units = rate.convert(minorUnits: minorUnits) else {
      throw Refusal(.amountOverflow, rule: "\(from)/\(to)")
    }
    return units
  }
}
