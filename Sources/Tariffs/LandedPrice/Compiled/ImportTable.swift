import LogisticsModel

/// The rule book compiled for the hot path: for each destination and stretch of days, the few rules that can apply.
///
/// A stretch begins wherever a rule of the destination begins or has ended, so that within it no date is compared.
struct ImportTable: Sendable {
  /// Days from `first` until the next span of the destination.
  struct Span: Sendable {
    var first: Int32
    var duties: Range<Int>
    var fees: Range<Int>
    var taxes: Range<Int>
  }

  /// What every scope comes to.
  struct Scope: Sendable {
    var channels: UInt8
    var registered: UInt64
    var unregistered: UInt64
    /// Position of the bits of a country set; nil: every country.
    var entries: Int32
    var origins: Int32
    var over: Int64
    var upto: Int64
    var band: Band
  }

  /// A value band.
  struct Band: Sendable {
    enum Form: UInt8, Sendable {
      case any
      case zero
      case positive
      case converted
    }
    var form: Form
    var includesFreight: Bool
    var slot: Int32
    var least: Int64
    var greatest: Int64
  }

  struct Duty: Sendable {
    var scope: Scope
    var kind: DutyKind
    var isOnFreight: Bool
    var isTaxed: Bool
    var isVerified: Bool
    /// Slot of its own currency; negative: the quote's.
    var slot: Int32
    var percent: UInt64
    /// Amount in millionths of a minor unit.
    var amount: UInt64
    var excessOver: Int64
  }

  struct Fee: Sendable {
    var scope: Scope
    var unit: FeeUnit
    var isVerified: Bool
    var slot: Int32
    /// Amount in millionths of a minor unit.
    var amount: UInt64
  }

  struct Tax: Sendable {
    var kind: ImportTaxKind
    var subdivision: UInt32
    var rate: UInt64
    var isInclusive: Bool
    var base: TaxBase
    var isVerified: Bool
    var band: Band
  }

  /// A rate of the normal tariff under one prefix.
  struct Rate: Sendable {
    /// Length and digits of the prefix in one number, for searching.
    var key: UInt64
    var origins: Int32
    var from: Int32
    var to: Int32
    var percent: UInt64
    var isVerified: Bool
  }

  private(set) var spans: [Span] = []
  /// First span of each destination by ``CountrySet/position(of:)``, and one more.
  private(set) var spanStarts: [Int32] = []
  private(set) var taxesBySubdivision: [Bool] = []
  private(set) var duties: [Duty] = []
  private(set) var fees: [Fee] = []
  private(set) var taxes: [Tax] = []
  /// Positions of rules, span after span.
  private(set) var dutyList: [Int32] = []
  private(set) var feeList: [Int32] = []
  private(set) var taxList: [Int32] = []
  /// Tariff rates by destination, ascending by key.
  private(set) var rates: [Rate] = []
  private(set) var rateStarts: [Int32] = []
  /// Which lengths of prefix a destination has, one bit each.
  private(set) var rateLengths: [UInt16] = []
  /// Bits of country sets, ``CountrySet/wordCount`` words each.
  private(set) var countryBits: [UInt64] = []
  /// Currencies of bands, duties and fees; a slot is a position here.
  private(set) var currencies: [Currency] = []
  private(set) var programmes: [String] = []

  private var setPositions: [CountrySet: Int32] = [:]
  private var slots: [Currency: Int32] = [:]

  /// Compiles a rule book.
  ///
  /// - Complexity: O(destinations x rules)
  init(_ rules: ImportRules) {
    programmes = rules.programmes
    duties = rules.duties.map { duty($0) }
    fees = rules.fees.map { fee($0) }
    taxes = rules.taxes.map { tax($0) }
    for position in 0..<CountrySet.pairCount {
      spanStarts.append(Int32(spans.count))
      rateStarts.append(Int32(rates.count))
      addDestination(position, rules)
    }
    spanStarts.append(Int32(spans.count))
    rateStarts.append(Int32(rates.count))
  }

  /// Bytes held by the tables.
  var memory: Int {
    func size<Element>(_ array: [Element]) -> Int { array.count * MemoryLayout<Element>.stride }
    return size(spans) + size(spanStarts) + size(taxesBySubdivision) + size(duties) + size(fees)
      + size(taxes) + size(dutyList) + size(feeList) + size(taxList) + size(rates)
      + size(rateStarts) + size(rateLengths) + size(countryBits)
  }

  /// The span of a destination on a day; nil where the destination has no rules or none so early.
  @inline(__always)
  func span(destination: Int, day: Int32) -> Int? {
    var low = Int(spanStarts[destination])
    var high = Int(spanStarts[destination + 1])
    let start = low
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].first <= day { low = middle + 1 } else { high = middle }
    }
    return low > start ? low - 1 : nil
  }

  /// Whether a country is in a compiled set.
  @inline(__always)
  func contains(_ set: Int32, _ country: Int) -> Bool {
    set < 0
      || (countryBits[Int(set) * CountrySet.wordCount + country / 64] >> UInt64(country % 64)) & 1
        == 1
  }

  // MARK: Compiling

  private mutating func addDestination(_ position: Int, _ rules: ImportRules) {
    let letters = [UInt8(65 + position / 26), UInt8(65 + position % 26)]
    guard let country = Country(code: String(decoding: letters, as: UTF8.self)) else { return }
    let duties = rules.duties.indices.filter {
      rules.duties[$0].terms.isApplied && rules.duties[$0].scope.destinations.contains(country)
    }
    let fees = rules.fees.indices.filter {
      rules.fees[$0].terms.isApplied && rules.fees[$0].scope.destinations.contains(country)
    }
    let taxes = rules.taxes.indices.filter { rules.taxes[$0].destinations.contains(country) }
    taxesBySubdivision.append(taxes.contains { rules.taxes[$0].kind == .salesTax })
    addRates(country, rules)
    guard !duties.isEmpty else { return }
    for first in rules.changes(for: country, within: .first ... .last) {
      let span = Span(
        first: first.days,
        duties: append(duties, to: \.dutyList) { rules.duties[$0].scope.validity.contains(first) },
        fees: append(fees, to: \.feeList) { rules.fees[$0].scope.validity.contains(first) },
        taxes: append(taxes, to: \.taxList) { rules.taxes[$0].terms.validity.contains(first) })
      spans.append(span)
    }
  }

  private mutating func append(
    _ positions: [Int], to list: WritableKeyPath<ImportTable, [Int32]>, _ isValid: (Int) -> Bool
  ) -> Range<Int> {
    let start = self[keyPath: list].count
    for position in positions where isValid(position) {
      self[keyPath: list].append(Int32(position))
    }
    return start..<self[keyPath: list].count
  }

  private mutating func addRates(_ country: Country, _ rules: ImportRules) {
    var lengths: UInt16 = 0
    var own: [Rate] = []
    for rate in rules.tariffRates where rate.destinations.contains(country) {
      lengths |= 1 << UInt16(rate.prefix.utf8.count)
      own.append(
        Rate(
          key: ImportTable.key(UInt64(rate.prefix) ?? 0, length: rate.prefix.utf8.count),
          origins: set(rate.origins), from: rate.terms.validity.from.days,
          to: rate.terms.validity.to.days, percent: UInt64(rate.percent.micros),
          isVerified: rate.terms.verification == .verified))
    }
    rates += own.sorted { $0.key < $1.key }
    rateLengths.append(lengths)
  }

  /// Prefixes of one length lie together, ascending.
  @inline(__always)
  static func key(_ digits: UInt64, length: Int) -> UInt64 { UInt64(length) << 40 | digits }

  /// A subdivision's letters in one number; zero: none.
  static func key(_ subdivision: String) -> UInt32 {
    subdivision.utf8.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  private mutating func set(_ countries: CountrySet) -> Int32 {
    if countries == .all { return -1 }
    if let known = setPositions[countries] { return known }
    let position = Int32(countryBits.count / CountrySet.wordCount)
    countryBits += countries.words
    setPositions[countries] = position
    return position
  }

  private mutating func slot(_ currency: Currency) -> Int32 {
    if let known = slots[currency] { return known }
    let slot = Int32(currencies.count)
    currencies.append(currency)
    slots[currency] = slot
    return slot
  }

  private func bit(_ programme: String) -> UInt64 {
    programmes.firstIndex(of: programme).map { 1 << UInt64($0) } ?? 0
  }

  private mutating func scope(_ scope: ImportScope) -> Scope {
    var registered: UInt64 = 0
    var unregistered: UInt64 = 0
    switch scope.programme {
    case .any: break
    case .registered(let word): registered = bit(word)
    case .unregistered(let word): unregistered = bit(word)
    }
    return Scope(
      channels: scope.channels, registered: registered, unregistered: unregistered,
      entries: set(scope.entries), origins: set(scope.origins), over: scope.overGrams,
      upto: scope.uptoGrams, band: band(scope.band))
  }

  private mutating func band(_ band: ConsignmentBand) -> Band {
    let form: Band.Form
    switch (band.holds(isZero: true), band.holds(isZero: false)) {
    case (true?, true?): form = .any
    case (true?, false?): form = .zero
    case (false?, true?): form = .positive
    default: form = .converted
    }
    var slot: Int32 = -1
    if form == .converted, let currency = band.currency { slot = self.slot(currency) }
    return Band(
      form: form, includesFreight: band.basis.includesFreight, slot: slot,
      least: band.least ?? 0, greatest: band.greatest ?? .max)
  }

  private static func millionths(_ amount: Decimal6, _ currency: Currency?) -> UInt64 {
    UInt64(amount.micros) * UInt64(currency?.minorPerUnit ?? 1)
  }

  private mutating func duty(_ rule: DutyRule) -> Duty {
    let minor = Int128(rule.currency?.minorPerUnit ?? 1)
    let threshold = Rounding.halfUp(
      Int128(rule.excessOver.micros) * minor, over: Int128(Decimal6.scale))
    return Duty(
      scope: scope(rule.scope), kind: rule.kind, isOnFreight: rule.isOnFreight,
      isTaxed: rule.tax == .due, isVerified: rule.terms.verification == .verified,
      slot: rule.currency.map { slot($0) } ?? -1, percent: UInt64(rule.percent.micros),
      amount: ImportTable.millionths(rule.amount, rule.currency),
      excessOver: Int64(clamping: threshold))
  }

  private mutating func fee(_ fee: ImportFee) -> Fee {
    Fee(
      scope: scope(fee.scope), unit: fee.unit, isVerified: fee.terms.verification == .verified,
      slot: slot(fee.currency), amount: ImportTable.millionths(fee.amount, fee.currency))
  }

  private mutating func tax(_ tax: ImportTax) -> Tax {
    Tax(
      kind: tax.kind, subdivision: ImportTable.key(tax.subdivision), rate: UInt64(tax.rate.micros),
      isInclusive: tax.isInclusive, base: tax.base,
      isVerified: tax.terms.verification == .verified, band: band(tax.band))
  }
}
