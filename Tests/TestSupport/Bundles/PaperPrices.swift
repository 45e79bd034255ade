import LogisticsModel
import RoutePlanning

/// What legs of a bundle cost, read off its tables with integer fractions.
///
/// Written from `config/networks/FORMAT.md` and sharing nothing with the product's tariff. Knows what
/// ``RandomBundle`` writes, no more.
struct PaperPrices {
  private let text: BundleText

  init(_ text: BundleText) { self.text = text }

  /// An exact number: digits over a power of ten.
  private struct Exact {
    var digits: Int128
    var power: Int128

    init(_ text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      digits = Int128(parts.joined()) ?? 0
      power = 1
      if parts.count > 1 { for _ in parts[1] { power *= 10 } }
    }
  }

  /// Everything is added in units of 10^-14 of a currency.
  private static let fine: Int128 = 100_000_000_000_000

  private static func minor(_ currency: String) -> Int128 { currency == "JPY" ? 1 : 100 }

  /// Nearest whole number, halves up; all amounts are positive.
  private static func rounded(_ top: Int128, _ bottom: Int128) -> Int128 {
    (2 * top + bottom) / (2 * bottom)
  }

  /// The charge of a leg's row in minor units of a currency; nil: not taken.
  func charge(_ leg: Int, _ parcel: Parcel, date: String, in quote: String) -> Int64? {
    let legs = text["legs.csv"]
    let classes = legs.text(leg, "goods").split(separator: "+")
    guard classes.contains(where: { $0 == parcel.goods.word }),
      parcel.weight.value <= Int64(legs.text(leg, "max_weight_g")) ?? 0
    else { return nil }
    let rules = text["restrictions.csv"]
    for row in rules.rows.indices
    where concerns(rules, row, leg) && refuses(rules, row, parcel, date) {
      return nil
    }
    let card = legs.text(leg, "card")
    guard !card.isEmpty else { return 0 }
    guard let base = base(card, parcel, date) else { return nil }
    var sums = [(base.currency, base.fine)]
    let extras = text["surcharges.csv"]
    for row in extras.rows.indices
    where concerns(extras, row, leg) && applies(extras, row, parcel, date) {
      let amount = Exact(extras.text(row, "amount"))
      var currency = extras.text(row, "currency")
      var fine = PaperPrices.fine / amount.power * amount.digits
      switch extras.text(row, "unit") {
      case "percent":
        currency = base.currency
        fine = base.fine * amount.digits / amount.power / 100
      case "kg": fine = fine * Int128(base.chargeable) / 1000
      default: break
      }
      if let known = sums.firstIndex(where: { $0.0 == currency }) {
        sums[known].1 += fine
      } else {
        sums.append((currency, fine))
      }
    }
    var total: Int128 = 0
    for (currency, fine) in sums {
      let minor = PaperPrices.rounded(fine, PaperPrices.fine / PaperPrices.minor(currency))
      guard let rate = rate(currency, quote, date) else { return nil }
      total += PaperPrices.rounded(
        minor * rate.top * PaperPrices.minor(quote), rate.bottom * PaperPrices.minor(currency))
    }
    return Int64(total)
  }

  private func concerns(_ rules: BundleText.Table, _ row: Int, _ leg: Int) -> Bool {
    let legs = text["legs.csv"]
    let key = rules.text(row, "key")
    switch rules.text(row, "scope") {
    case "all": return true
    case "node": return legs.text(leg, "to") == key
    case let column: return legs.text(leg, column) == key
    }
  }

  private func isDated(_ from: String, _ to: String, _ date: String) -> Bool {
    (from.isEmpty || from <= date) && (to.isEmpty || date <= to)
  }

  private func names(_ classes: String, _ parcel: Parcel) -> Bool {
    classes.isEmpty || classes.split(separator: "+").contains { $0 == parcel.goods.word }
  }

  private func refuses(_ rules: BundleText.Table, _ row: Int, _ parcel: Parcel, _ date: String)
    -> Bool
  {
    guard names(rules.text(row, "goods"), parcel),
      isDated(rules.text(row, "from"), rules.text(row, "to"), date)
    else { return false }
    if rules.header.contains("battery"), !rules.text(row, "battery").isEmpty {
      let kinds = rules.text(row, "battery").split(separator: "+")
      guard kinds.contains(where: { $0 == parcel.battery?.word ?? "unknown" }) else { return false }
    }
    if let limit = Int64(rules.text(row, "max_weight_g")), parcel.weight.value <= limit {
      return false
    }
    if let limit = Int64(rules.text(row, "max_edge_cm")) {
      guard let size = parcel.dimensions, Int64(size.longest) > limit * 10 else { return false }
    }
    return true
  }

  private func applies(_ rules: BundleText.Table, _ row: Int, _ parcel: Parcel, _ date: String)
    -> Bool
  {
    guard names(rules.text(row, "goods"), parcel),
      isDated(rules.text(row, "valid_from"), rules.text(row, "valid_to"), date)
    else { return false }
    if let least = Int64(rules.text(row, "min_weight_g")), parcel.weight.value < least {
      return false
    }
    if let end = Int64(rules.text(row, "max_weight_g")), parcel.weight.value >= end { return false }
    if let least = Int64(rules.text(row, "min_edge_cm")) {
      guard let size = parcel.dimensions, Int64(size.longest) >= least * 10 else { return false }
    }
    return true
  }

  private func base(
    _ card: String, _ parcel: Parcel, _ date: String
  ) -> (currency: String, fine: Int128, chargeable: Int64)? {
    let cards = text["rate_cards.csv"]
    for row in cards.rows.indices where cards.text(row, "card") == card {
      func value(_ column: String) -> String { cards.text(row, column) }
      guard isDated(value("valid_from"), value("valid_to"), date), names(value("goods"), parcel)
      else { continue }
      if let most = Int64(value("max_value")), let least = Int64(value("min_value")) {
        let currency = value("value_currency")
        guard let declared = parcel.declaredValue,
          let rate = rate(declared.currency.code, currency, date)
        else { continue }
        let minor = PaperPrices.rounded(
          Int128(declared.minorUnits) * rate.top * PaperPrices.minor(currency),
          rate.bottom * PaperPrices.minor(declared.currency.code))
        // A band from 21 takes in everything above the 20 of the band before it.
        guard minor <= Int128(most) * 100, least == 0 || minor > Int128(least - 1) * 100 else {
          continue
        }
      }
      guard let grams = chargeable(value, parcel) else { continue }
      if let limit = Int64(value("max_chargeable_g")), grams > limit { continue }
      guard let fee = fee(value("variant"), grams) else { continue }
      return (value("currency"), fee, grams)
    }
    return nil
  }

  private func chargeable(_ value: (String) -> String, _ parcel: Parcel) -> Int64? {
    var grams = parcel.weight.value
    if let divisor = Int64(value("divisor_cm3_per_kg")), let size = parcel.dimensions {
      let sum = Int64(size.longest + size.second + size.shortest)
      if Int64(value("divisor_sum_over_cm")).map({ sum > $0 * 10 }) ?? true {
        let volume = Int64(size.longest) * Int64(size.second) * Int64(size.shortest)
        grams = max(grams, (volume + divisor - 1) / divisor)
      }
    }
    if let step = Int64(value("round_g")) { grams = (grams + step - 1) / step * step }
    return max(grams, Int64(value("min_chargeable_g")) ?? 0)
  }

  private func fee(_ variant: String, _ grams: Int64) -> Int128? {
    let bands = text["rate_bands.csv"]
    for row in bands.rows.indices where bands.text(row, "variant") == variant {
      func number(_ column: String) -> Int64? { Int64(bands.text(row, column)) }
      guard grams > number("over_g") ?? 0, number("upto_g").map({ grams <= $0 }) ?? true else {
        continue
      }
      let step = number("step_g") ?? 1
      let above = max(0, grams - (number("from_g") ?? 0))
      let (base, each) = (Exact(bands.text(row, "base")), Exact(bands.text(row, "per_step")))
      return PaperPrices.fine / base.power * base.digits
        + PaperPrices.fine / each.power * each.digits * Int128((above + step - 1) / step)
    }
    return nil
  }

  /// Directly, inverted, or over the euro: the random bundles need no more.
  private func rate(_ from: String, _ to: String, _ date: String) -> (top: Int128, bottom: Int128)?
  {
    if from == to { return (1, 1) }
    if let direct = row(from, to, date) { return direct }
    guard let first = row(from, "EUR", date), let second = row("EUR", to, date) else { return nil }
    return (first.top * second.top, first.bottom * second.bottom)
  }

  private func row(_ from: String, _ to: String, _ date: String) -> (top: Int128, bottom: Int128)? {
    func latest(_ base: String, _ quote: String) -> Exact? {
      text["fx.csv"].rows.filter { $0[1] == base && $0[2] == quote && $0[0] <= date }
        .max { $0[0] < $1[0] }.map { Exact($0[3]) }
    }
    if let found = latest(from, to) { return (found.digits, found.power) }
    if let found = latest(to, from) { return (found.power, found.digits) }
    return nil
  }
}
