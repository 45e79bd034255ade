public import LogisticsModel

/// Landed totals for the hot path: the same as ``ImportRules/assessment(of:freight:clearingOn:rates:tender:in:allowsEstimate:)``
/// without estimates, at a fraction of its cost and without its words.
///
/// Made once for a bundle, a tender date and a quote currency; an order is prepared once
/// (``prepare(_:)``) and then priced for each option (``total(_:freight:clearing:)``). Pricing allocates nothing. A
/// class, like ``PreparedImport``, because a struct of so many arrays costs more to hand around than a price does.
public final class ImportPricer: Sendable {
  /// The price of one option, or why it has none.
  public struct Total: BitwiseCopyable, Hashable, Sendable {
    /// What the option costs at hand, in minor units of the quote's currency; nothing where it is refused.
    public let minorUnits: Int64
    /// Why there is no price; nil where there is one.
    public let refusal: Refusal.Code?
    /// Whether every rule used has been checked and every heading is known.
    public let isGuaranteed: Bool

    init(minorUnits: Int64, refusal: Refusal.Code?, isGuaranteed: Bool) {
      self.minorUnits = minorUnits
      self.refusal = refusal
      self.isGuaranteed = isGuaranteed
    }

    /// No price.
    public init(refused code: Refusal.Code) {
      self.init(minorUnits: 0, refusal: code, isGuaranteed: false)
    }
  }

  /// Why pricing stops.
  enum Stop: UInt8, Error {
    case noRate
    case amountOverflow
    case ruleMissing
    case rateUnknown
    case ambiguous
    case taxMissing
    case subdivisionUnknown

    var code: Refusal.Code {
      switch self {
      case .noRate: .noRate
      case .amountOverflow: .amountOverflow
      case .ruleMissing: .dutyRuleMissing
      case .rateUnknown: .dutyRateUnknown
      case .ambiguous: .importRulesAmbiguous
      case .taxMissing: .taxRuleMissing
      case .subdivisionUnknown: .subdivisionUnknown
      }
    }
  }

  let table: ImportTable
  let quote: Currency
  let tender: CivilDate
  private let rates: ExchangeRates
  /// From the quote's currency into each slot, and back.
  let intoSlot: [Conversion]
  let fromSlot: [Conversion]
  /// The slot of the quote's own currency; negative: no rule is written in it.
  let quoteSlot: Int
  /// From each currency that shops price in into every slot and the quote's currency, currency after currency.
  private let shopCurrencies: [Currency]
  private let fromShop: [Conversion]

  /// Compiles rules and rates.
  ///
  /// - Parameters:
  ///   - rules: the rule book.
  ///   - rates: exchange rates.
  ///   - tender: the day whose rates count.
  ///   - quote: the currency of all prices.
  ///   - shopCurrencies: currencies that orders are expected in, beside the quote's: their rates are looked up now and not
  ///     for each order.
  /// - Complexity: O(destinations x rules + currencies²)
  public convenience init(
    _ rules: ImportRules, rates: ExchangeRates, tender: CivilDate, in quote: Currency,
    shopCurrencies: [Currency] = [.eur, .usd, .cny]
  ) {
    self.init(
      ImportTable(rules), rates, tender, quote,
      [quote] + shopCurrencies.filter { $0 != quote })
  }

  /// The same rules with the exchange rates of another day; both serve one ``ImportScratch``.
  ///
  /// - Complexity: O(currencies²)
  public convenience init(_ other: ImportPricer, tender: CivilDate) {
    self.init(other.table, other.rates, tender, other.quote, other.shopCurrencies)
  }

  private init(
    _ table: ImportTable, _ rates: ExchangeRates, _ tender: CivilDate, _ quote: Currency,
    _ shops: [Currency]
  ) {
    self.table = table
    self.quote = quote
    self.tender = tender
    self.rates = rates
    func conversion(_ from: Currency, _ to: Currency) -> Conversion {
      Conversion(from: from, to: to, rates, on: tender)
    }
    intoSlot = table.currencies.map { conversion(quote, $0) }
    fromSlot = table.currencies.map { conversion($0, quote) }
    quoteSlot = table.currencies.firstIndex(of: quote) ?? -1
    shopCurrencies = shops
    fromShop = shops.flatMap { shop in
      (table.currencies + [quote]).map { conversion(shop, $0) }
    }
  }

  /// Bytes held by the compiled tables.
  public var memory: Int {
    table.memory
      + (intoSlot.count + fromSlot.count + fromShop.count)
      * MemoryLayout<Conversion>.stride
  }

  /// Position of a currency among those whose conversions are at hand.
  func shopPosition(of currency: Currency) -> Int? {
    shopCurrencies.firstIndex(of: currency)
  }

  func conversion(_ from: Currency, _ to: Currency) -> Conversion {
    Conversion(from: from, to: to, rates, on: tender)
  }

  /// Converts an amount in a currency of an order into a slot, or, past the last one, into the quote's.
  @inline(__always)
  func convert(
    _ units: Int64, _ sum: PreparedOrder.CurrencySum, _ rare: UnsafePointer<Conversion>?, slot: Int
  ) throws(Stop) -> Int64 {
    if sum.conversions >= 0 { return try fromShop[sum.conversions + slot].convert(units) }
    guard let rare else { throw .noRate }
    return try rare[-1 - sum.conversions + slot].convert(units)
  }

  // MARK: Parts

  @inline(__always)
  static func added(_ one: Int64, _ other: Int64) throws(Stop) -> Int64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    guard !overflow, sum <= ImportAssessor.greatestAmount else { throw .amountOverflow }
    return sum
  }

  /// The goods of the whole order in a slot's currency, each currency of the order converted once.
  @inline(__always)
  func goods(_ order: PreparedOrder, slot: Int) throws(Stop) -> Int64 {
    var value: Int64 = 0
    for sum in order.sums {
      value = try ImportPricer.added(
        value, try convert(sum.own, sum, order.rareConversions, slot: slot))
    }
    return value
  }

  /// Whether everything but the origin and the value fits.
  @inline(__always)
  func concerns(_ scope: ImportTable.Scope, _ order: PreparedOrder) -> Bool {
    scope.channels & order.channel != 0 && scope.registered & ~order.programmes == 0
      && scope.unregistered & order.programmes == 0 && scope.over < order.grams
      && order.grams <= scope.upto && table.contains(scope.entries, order.entry)
  }

  /// Whether the value of the consignment fits.
  @inline(__always)
  func holds(
    _ band: ImportTable.Band, _ order: PreparedOrder, freight: Int64
  ) throws(Stop) -> Bool {
    let carriage = band.includesFreight ? freight : 0
    switch band.form {
    case .any: return true
    case .zero: return order.isWorthless && carriage == 0
    case .positive: return !(order.isWorthless && carriage == 0)
    case .converted:
      let goods = try goods(order, slot: Int(band.slot))
      let value = try ImportPricer.added(goods, try intoSlot[Int(band.slot)].convert(carriage))
      return band.least <= value && value <= band.greatest
    }
  }

  /// The one duty rule for an origin.
  @inline(__always)
  func dutyRule(
    _ span: ImportTable.Span, _ order: PreparedOrder, origin: Int, freight: Int64
  ) throws(Stop) -> Int {
    var found = -1
    var isAmbiguous = false
    for place in span.duties {
      let position = Int(table.dutyList[place])
      let scope = table.duties[position].scope
      guard concerns(scope, order), table.contains(scope.origins, origin),
        try holds(scope.band, order, freight: freight)
      else { continue }
      if found >= 0 { isAmbiguous = true }
      found = position
    }
    if isAmbiguous { throw .ambiguous }
    guard found >= 0, table.duties[found].kind != .unknown else { throw .ruleMissing }
    return found
  }

  /// The tariff's rate for a line: the longest prefix counts.
  func tariffRate(
    _ line: PreparedOrder.Line, origin: Int, _ order: PreparedOrder, day: Int32
  ) throws(Stop) -> Int {
    let lengths = table.rateLengths[order.destination]
    let start = Int(table.rateStarts[order.destination])
    let end = Int(table.rateStarts[order.destination + 1])
    var length = Int(line.digitCount)
    var digits = line.digits
    for _ in length..<10 { digits /= 10 }
    while length >= 0 {
      if (lengths >> UInt16(length)) & 1 == 1 {
        let key = ImportTable.key(length == 0 ? 0 : digits, length: length)
        var low = start
        var high = end
        while low < high {
          let middle = (low + high) / 2
          if table.rates[middle].key < key { low = middle + 1 } else { high = middle }
        }
        var found = -1
        while low < end, table.rates[low].key == key {
          let rate = table.rates[low]
          if rate.from <= day, day <= rate.to, table.contains(rate.origins, origin) {
            if found >= 0 { throw .ambiguous }
            found = low
          }
          low += 1
        }
        if found >= 0 { return found }
      }
      length -= 1
      digits /= 10
    }
    throw .rateUnknown
  }
}
