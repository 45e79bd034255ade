public import LogisticsModel

/// The prices of one request: every price class is evaluated at most once, on first touch.
///
/// A search owns one and asks ``price(leg:)`` for each leg it touches: an array read after the first time. Totals
/// equal ``Tariff/outcome(for:parcel:on:in:)``, which is written independently of this file (a test compares
/// both on random tariffs).
public struct PriceList: Sendable {
  /// What a class says.
  public enum Entry: Hashable, Sendable {
    /// Price in minor units of the request's currency; 0 where another leg pays.
    case sold(Int64)
    /// Not taken.
    case refused(Refusal)
  }

  private static let unasked = Int64.min
  private static let notSold = Int64.min + 1

  private let tariff: Tariff
  private let classes: PriceClassTable
  private let parcel: Parcel
  private let date: CivilDate
  private let currency: Currency
  /// Surcharges and restrictions whose conditions hold for this request, by position.
  private let surchargeApplies: [Bool]
  private let restrictionRefuses: [Bool]
  private var prices: [Int64]
  private var refusals: [Int32: Refusal] = [:]
  private var bases: [Int32: Result<CardCharge, Refusal>] = [:]
  private var rates: [(from: Currency, rate: Result<ExchangeRate, Refusal>)] = []
  /// The declared value in each currency that value bands are written in.
  private let declared: [(currency: Currency, value: Result<Int64, Refusal>)]

  /// Prepares a request; `date` is the civil date of the ready time at the origin.
  ///
  /// - Complexity: O(classes + surcharges + restrictions)
  public init(
    _ tariff: Tariff, _ classes: PriceClassTable, parcel: Parcel, on date: CivilDate,
    in currency: Currency
  ) {
    self.tariff = tariff
    self.classes = classes
    self.parcel = parcel
    self.date = date
    self.currency = currency
    surchargeApplies = tariff.surcharges.map { $0.applies(to: parcel, on: date) }
    restrictionRefuses = tariff.restrictions.map { $0.refuses(parcel, on: date) }
    declared = tariff.cards.valueCurrencies.compactMap { currency in
      parcel.declaredValue.map {
        let value = tariff.rates.convert($0, to: currency, on: date)
        return (currency, value.map(\.minorUnits))
      }
    }
    prices = [Int64](repeating: PriceList.unasked, count: classes.count)
  }

  /// Price of a leg in minor units, never negative; nil: not sold to this parcel.
  @inline(__always)
  public mutating func price(leg: LegID) -> Int64? {
    let position = classes.classOfLeg[leg.position]
    let price = prices[Int(position)]
    if price >= 0 { return price }
    return price == PriceList.notSold ? nil : evaluate(position)
  }

  /// Price or refusal of a leg, with its reason.
  public mutating func entry(leg: LegID) -> Entry {
    if let price = price(leg: leg) { return .sold(price) }
    let position = classes.classOfLeg[leg.position]
    return .refused(refusals[position] ?? Refusal(.cardUnknown, rule: ""))
  }

  /// Evaluates every class now and gives each leg's price, -1 where it is not sold: for planners that want a
  /// plain column.
  ///
  /// - Complexity: O(legs + classes)
  public mutating func column() -> [Int64] {
    for position in prices.indices where prices[position] == PriceList.unasked {
      _ = evaluate(Int32(position))
    }
    return classes.classOfLeg.map { max(prices[Int($0)], -1) }
  }

  private mutating func evaluate(_ position: Int32) -> Int64? {
    switch total(classes.entries[Int(position)]) {
    case .success(let price):
      prices[Int(position)] = price
      return price
    case .failure(let refusal):
      prices[Int(position)] = PriceList.notSold
      refusals[position] = refusal
      return nil
    }
  }

  private mutating func total(_ entry: PriceClassTable.Entry) -> Result<Int64, Refusal> {
    for rule in entry.restrictions where restrictionRefuses[Int(rule)] {
      return .failure(Refusal(.restricted, rule: tariff.restrictions[Int(rule)].id))
    }
    guard let family = entry.family else {
      if let unknown = entry.unknownCard {
        return .failure(Refusal(.cardUnknown, rule: unknown))
      }
      return .success(0)
    }
    let base: CardCharge
    switch self.base(family, isShared: entry.sharesFamily) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let charge): base = charge
    }
    guard var own = ExactAmount(micros: base.micros) else {
      return .failure(Refusal(.amountOverflow, rule: base.variant))
    }
    var foreign: [(currency: Currency, sum: ExactAmount)] = []
    for position in entry.surcharges where surchargeApplies[Int(position)] {
      let rule = tariff.surcharges[Int(position)]
      guard let exact = rule.exact(on: base) else {
        return .failure(Refusal(.amountOverflow, rule: rule.id))
      }
      var fits = true
      if let other = rule.currency, other != base.currency {
        if let at = foreign.firstIndex(where: { $0.currency == other }) {
          fits = foreign[at].sum.add(exact)
        } else {
          foreign.append((other, exact))
        }
      } else {
        fits = own.add(exact)
      }
      guard fits else { return .failure(Refusal(.amountOverflow, rule: rule.id)) }
    }
    var total: Int64 = 0
    for (from, sum) in [(base.currency, own)] + foreign.map({ ($0.currency, $0.sum) }) {
      switch rate(from) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let rate):
        guard let minor = sum.minorUnits(in: from), let units = rate.convert(minorUnits: minor)
        else { return .failure(Refusal(.amountOverflow, rule: base.variant)) }
        let (next, overflow) = total.addingReportingOverflow(units)
        guard !overflow, next <= Tariff.greatestCharge else {
          return .failure(Refusal(.amountOverflow, rule: base.variant))
        }
        total = next
      }
    }
    return .success(total)
  }

  private mutating func base(_ family: Int32, isShared: Bool) -> Result<CardCharge, Refusal> {
    if isShared, let known = bases[family] { return known }
    let charge = tariff.cards.charge(CardID(family), parcel, on: date) { asked in
      declared.first { $0.currency == asked }?.value
    }
    if isShared { bases[family] = charge }
    return charge
  }

  private mutating func rate(_ from: Currency) -> Result<ExchangeRate, Refusal> {
    if let known = rates.first(where: { $0.from == from }) { return known.rate }
    let rate = tariff.rates.rate(from: from, to: currency, on: date)
    rates.append((from, rate))
    return rate
  }
}
