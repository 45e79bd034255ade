public import LogisticsModel

/// Dated exchange rates.
///
/// A rate that is not known is "no rate", never 1.0 and never yesterday's guess.
///
/// Preference, fixed: the pair's own rows; its inverse; through EUR; through USD; through the first other
/// currency in code order. On a date the latest row on or before it counts; a standing peg counts as older than
/// any dated row. Conversion is exact and rounded once, half up.
public struct ExchangeRates: Sendable {
  private struct Pair: Hashable {
    let base: Currency
    let quote: Currency
  }

  /// Rows by pair, ascending by date.
  private let rows: [Pair: [ExchangeRow]]
  /// Currencies that share a row with the key, ascending by code.
  private let partners: [Currency: [Currency]]

  /// Sorts rows, given in any order; of two rows of one pair and day the later given counts.
  public init(_ all: [ExchangeRow]) {
    var rows: [Pair: [ExchangeRow]] = [:]
    var partners: [Currency: Set<Currency>] = [:]
    for row in all {
      rows[Pair(base: row.base, quote: row.quote), default: []].append(row)
      partners[row.base, default: []].insert(row.quote)
      partners[row.quote, default: []].insert(row.base)
    }
    self.rows = rows.mapValues { list in
      list.enumerated().sorted {
        ($0.element.date ?? .first, $0.offset) < ($1.element.date ?? .first, $1.offset)
      }.map(\.element)
    }
    self.partners = partners.mapValues { $0.sorted() }
  }

  /// Every currency that has rows, ascending by code.
  var currencies: [Currency] { partners.keys.sorted() }

  /// The rate on a date; a failure is always `no_rate`, naming the pair and the date.
  public func rate(
    from: Currency, to: Currency, on date: CivilDate
  ) -> Result<ExchangeRate, Refusal> {
    if from == to {
      return .success(ExchangeRate(from: from, to: to, numerator: 1, denominator: 1, rows: []))
    }
    if let row = row(from, to, on: date) { return Self.chain(from, to, [row]) }
    let others = (partners[from] ?? []).filter { $0 != .eur && $0 != .usd }
    for middle in [Currency.eur, .usd] + others where middle != from && middle != to {
      if let first = row(from, middle, on: date), let second = row(middle, to, on: date) {
        return Self.chain(from, to, [first, second])
      }
    }
    return .failure(Refusal(.noRate, rule: "\(from)/\(to) on \(date)"))
  }

  /// Converts money at the rate of a date, rounded half up to the minor unit.
  public func convert(
    _ money: Money, to currency: Currency, on date: CivilDate
  ) -> Result<Money, Refusal> {
    rate(from: money.currency, to: currency, on: date).flatMap { rate in
      guard let units = rate.convert(minorUnits: money.minorUnits) else {
        return .failure(Refusal(.amountOverflow, rule: "\(money.currency)/\(currency)"))
      }
      return .success(Money(minorUnits: units, currency))
    }
  }

  /// Whether any rows, of whatever date, join the two.
  public func isReachable(from: Currency, to: Currency) -> Bool {
    if from == to { return true }
    let near = partners[from] ?? []
    return near.contains(to) || near.contains { (partners[$0] ?? []).contains(to) }
  }

  /// The pair's row that counts on a date, or the inverse pair's.
  private func row(_ one: Currency, _ other: Currency, on date: CivilDate) -> ExchangeRow? {
    latest(Pair(base: one, quote: other), on: date)
      ?? latest(Pair(base: other, quote: one), on: date)
  }

  private func latest(_ pair: Pair, on date: CivilDate) -> ExchangeRow? {
    guard let list = rows[pair] else { return nil }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if (list[middle].date ?? .first) <= date { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? list[low - 1] : nil
  }

  /// Multiplies rows (each the right way round) into one fraction in lowest terms.
  private static func chain(
    _ from: Currency, _ to: Currency, _ rows: [ExchangeRow]
  ) -> Result<ExchangeRate, Refusal> {
    var numerator: Int128 = 1
    var denominator: Int128 = 1
    var at = from
    for row in rows {
      var power: Int128 = 1
      for _ in 0..<row.scale { power *= 10 }
      let (top, bottom) = row.base == at ? (Int128(row.digits), power) : (power, Int128(row.digits))
      let first = commonDivisor(numerator, bottom)
      let second = commonDivisor(top, denominator)
      let (newTop, topOverflow) = (numerator / first).multipliedReportingOverflow(by: top / second)
      let (newBottom, bottomOverflow) = (denominator / second)
        .multipliedReportingOverflow(by: bottom / first)
      guard !topOverflow, !bottomOverflow else {
        return .failure(Refusal(.amountOverflow, rule: "\(from)/\(to)"))
      }
      let shared = commonDivisor(newTop, newBottom)
      (numerator, denominator) = (newTop / shared, newBottom / shared)
      at = row.base == at ? row.quote : row.base
    }
    return .success(
      ExchangeRate(from: from, to: to, numerator: numerator, denominator: denominator, rows: rows))
  }

  private static func commonDivisor(_ first: Int128, _ second: Int128) -> Int128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}
