public import LogisticsModel

/// All that decides what a leg costs: rate cards, surcharges, restrictions and exchange rates of a bundle.
///
/// ``outcome(for:parcel:on:in:)`` evaluates one leg from scratch and explains it; ``PriceList`` gives the same
/// totals for a whole search at a fraction of the cost. Duty and taxes are not freight: see ``ImportRules``.
public struct Tariff: Sendable {
  /// Rate cards.
  public internal(set) var cards: RateCardBook
  /// Surcharges in file order.
  public internal(set) var surcharges: [Surcharge]
  /// Restrictions in file order.
  public internal(set) var restrictions: [Restriction]
  /// Exchange rates.
  public internal(set) var rates: ExchangeRates
  /// Rules for duty, tax and fees on import.
  public internal(set) var imports = ImportRules.none
  /// Which countries share their customs.
  public internal(set) var unions = CustomsUnions.none
  /// By which channel the goods of a service come in.
  public internal(set) var channels = ImportChannels.none
  /// In which state or province destinations lie.
  public internal(set) var subdivisions = Subdivisions.none

  /// Greatest charge of one leg in minor units: sums over an itinerary then stay far within 64 bits.
  public static let greatestCharge: Int64 = 1 << 50

  init(
    cards: RateCardBook, surcharges: [Surcharge], restrictions: [Restriction], rates: ExchangeRates
  ) {
    self.cards = cards
    self.surcharges = surcharges
    self.restrictions = restrictions
    self.rates = rates
  }

  /// What a leg says to a parcel that is ready on a date at its origin, in the quote's currency.
  ///
  /// The first restriction in file order that refuses is named. Amounts of one currency are added exactly and
  /// rounded half up once; each currency's amount is then converted, rounded again, and the results added.
  /// - Complexity: O(surcharges + restrictions + variants of the card)
  public func outcome(
    for leg: NamedLeg, parcel: Parcel, on date: CivilDate, in currency: Currency
  ) -> LegOutcome {
    for rule in restrictions where rule.scope.concerns(leg) && rule.refuses(parcel, on: date) {
      return .refused(Refusal(.restricted, rule: rule.id))
    }
    guard let card = leg.card else { return .included }
    guard let family = cards.card(named: card) else {
      return .refused(Refusal(.cardUnknown, rule: card))
    }
    switch cards.charge(family, parcel, on: date, rates: rates) {
    case .failure(let refusal): return .refused(refusal)
    case .success(let base):
      let extra = surcharges.filter { $0.scope.concerns(leg) && $0.applies(to: parcel, on: date) }
      return charge(base, extra, on: date, in: currency)
    }
  }

  private func charge(
    _ base: CardCharge, _ extra: [Surcharge], on date: CivilDate, in quote: Currency
  ) -> LegOutcome {
    var items = [("base", base.variant, base.currency, ExactAmount(micros: base.micros))]
    for rule in extra {
      items.append((rule.kind, rule.id, rule.currency ?? base.currency, rule.exact(on: base)))
    }
    var sums: [(currency: Currency, exact: ExactAmount, minor: Int64)] = []
    var lines: [ChargeLine] = []
    for (kind, rule, currency, exact) in items {
      let known = sums.firstIndex { $0.currency == currency }
      if known == nil { sums.append((currency, .zero, 0)) }
      let at = known ?? sums.count - 1
      guard let exact, sums[at].exact.add(exact),
        let minor = sums[at].exact.minorUnits(in: currency)
      else { return .refused(Refusal(.amountOverflow, rule: rule)) }
      lines.append(
        ChargeLine(
          kind: kind, rule: rule, money: Money(minorUnits: minor - sums[at].minor, currency)))
      sums[at].minor = minor
    }
    var total: Int64 = 0
    var rates: [ExchangeRate] = []
    for sum in sums {
      switch self.rates.rate(from: sum.currency, to: quote, on: date) {
      case .failure(let refusal): return .refused(refusal)
      case .success(let rate):
        guard let converted = rate.convert(minorUnits: sum.minor) else {
          return .refused(Refusal(.amountOverflow, rule: "\(sum.currency)/\(quote)"))
        }
        let (next, overflow) = total.addingReportingOverflow(converted)
        guard !overflow, next <= Tariff.greatestCharge else {
          return .refused(Refusal(.amountOverflow, rule: base.variant))
        }
        total = next
        rates.append(rate)
      }
    }
    return .sold(
      LegCharge(
        card: base, lines: lines, amounts: sums.map { Money(minorUnits: $0.minor, $0.currency) },
        rates: rates, total: Money(minorUnits: total, quote)))
  }
}
