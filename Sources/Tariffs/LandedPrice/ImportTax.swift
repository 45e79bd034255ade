public import LogisticsModel

/// What kind of row tax_rules.csv has.
public enum ImportTaxKind: String, CaseIterable, Sendable {
  /// The country's VAT or GST, or what stands in its place.
  case vat
  /// The tax of a state or province, on top.
  case salesTax = "sales_tax"
  /// No tax at all within a value band.
  case relief
}

/// What a tax is taken of.
public struct TaxBase: OptionSet, Hashable, Sendable {
  /// Bits.
  public let rawValue: UInt8

  /// Wraps bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The goods.
  public static let goods = TaxBase(rawValue: 1)
  /// The freight.
  public static let freight = TaxBase(rawValue: 2)
  /// Duties.
  public static let duty = TaxBase(rawValue: 4)
  /// National fees.
  public static let fee = TaxBase(rawValue: 8)

  /// The words of CSV, in the order of the bits.
  static let words: [(word: String, base: TaxBase)] = [
    ("goods", .goods), ("freight", .freight), ("duty", .duty), ("fee", .fee),
  ]
}

/// One rule for tax, as tax_rules.csv has it.
public struct ImportTax: Hashable, Sendable {
  /// Id, dates, source.
  public let terms: ImportRuleTerms
  /// Kind.
  public let kind: ImportTaxKind
  /// Countries of the consignee.
  public let destinations: CountrySet
  /// Second part of the ISO 3166-2 code; empty: the whole country.
  public let subdivision: String
  /// The rate as a fraction: 0.21.
  public let rate: Decimal6
  /// Whether the tax is part of its own base: base x rate / (1 - rate).
  public let isInclusive: Bool
  /// What it is taken of.
  public let base: TaxBase
  /// Whether it is always collected at sale, whatever the duty rule says.
  public let isCollectedAtSale: Bool
  /// Values of a relief.
  public let band: ConsignmentBand

  /// Id.
  public var id: String { terms.id }

  /// The tax on an amount in minor units, not negative, rounded half up.
  func amount(on base: Int128) -> Int128 {
    let rate = Int128(self.rate.micros)
    let whole = Int128(Decimal6.scale)
    return Rounding.halfUp(base * rate, over: isInclusive ? whole - rate : whole)
  }
}

/// What a national fee is counted by.
public enum FeeUnit: String, CaseIterable, Sendable {
  /// Each parcel.
  case parcel
  /// The consignment.
  case consignment
  /// Each distinct HS6 heading.
  case heading
}

/// One national fee, as fees.csv has it.
public struct ImportFee: Hashable, Sendable {
  /// Id, dates, source.
  public let terms: ImportRuleTerms
  /// What the fee is for, in one word: two fees of one kind never add up.
  public let kind: String
  /// Imports concerned.
  public let scope: ImportScope
  /// What it is counted by.
  public let unit: FeeUnit
  /// Amount of one.
  public let amount: Decimal6
  /// Its currency.
  public let currency: Currency

  /// Id.
  public var id: String { terms.id }
}
