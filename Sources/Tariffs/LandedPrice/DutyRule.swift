public import LogisticsModel

/// How a duty is worked out.
public enum DutyKind: String, CaseIterable, Sendable {
  /// Nothing is due.
  case none
  /// An amount for each distinct HS6 heading.
  case perHeading = "per_heading"
  /// A percentage of the whole value.
  case percent
  /// A percentage of the value above a threshold, at least an amount for each kg.
  case percentOfExcess = "percent_excess"
  /// A percentage of the whole value less an amount, never below nothing.
  case percentLess = "percent_less"
  /// A percentage of the whole value, at least an amount for each kg.
  case percentOrPerKilogram = "percent_or_per_kg"
  /// An amount for each parcel.
  case perParcel = "per_parcel"
  /// The normal tariff: a rate by HS code and origin, in duty_rates.csv.
  case tariff
  /// Known not to be known: a rule of its own, so that the end of knowledge is no gap.
  case unknown
}

/// What a duty rule says of VAT and its like.
public enum TaxTreatment: String, CaseIterable, Sendable {
  /// The destination's tax is due.
  case due
  /// The duty already contains it.
  case included
  /// None is due.
  case exempt
}

/// Who collects the destination's tax.
public enum TaxCollection: Hashable, Sendable {
  /// The carrier, of the consignee, when the goods clear.
  case clearance
  /// The shop or marketplace, at sale.
  case sale
  /// The shop at sale if it is registered for the programme, otherwise the carrier.
  case saleIfRegistered(String)

  /// Whether the shop collects it.
  func isAtSale(_ programmes: Set<String>) -> Bool {
    switch self {
    case .clearance: false
    case .sale: true
    case .saleIfRegistered(let word): programmes.contains(word)
    }
  }
}

/// One rule for duty, as duty_rules.csv has it.
public struct DutyRule: Hashable, Sendable {
  /// Id, dates, source.
  public internal(set) var terms: ImportRuleTerms
  /// Imports concerned.
  public internal(set) var scope: ImportScope
  /// How it is worked out.
  public internal(set) var kind: DutyKind
  /// Percentage, in percent.
  public internal(set) var percent = Decimal6.zero
  /// Amount for each heading, parcel or kg, or taken off.
  public internal(set) var amount = Decimal6.zero
  /// Currency the duty is worked out and rounded in; nil: the quote's.
  public internal(set) var currency: Currency?
  /// Whether freight is part of the value the percentage is taken of.
  public internal(set) var isOnFreight = false
  /// Threshold of ``DutyKind/percentOfExcess``.
  public internal(set) var excessOver = Decimal6.zero
  /// VAT and its like.
  public internal(set) var tax = TaxTreatment.due
  /// Who collects that tax.
  public internal(set) var taxCollection = TaxCollection.clearance

  init(terms: ImportRuleTerms, scope: ImportScope, kind: DutyKind) {
    self.terms = terms
    self.scope = scope
    self.kind = kind
  }

  /// Id.
  public var id: String { terms.id }
}

/// A rate of the normal tariff, as duty_rates.csv has it.
public struct TariffRate: Hashable, Sendable {
  /// Id, dates, source.
  public let terms: ImportRuleTerms
  /// Countries of the consignee.
  public let destinations: CountrySet
  /// Countries of origin.
  public let origins: CountrySet
  /// First digits of the goods' HS codes; empty: all goods.
  public let prefix: String
  /// The rate, in percent.
  public let percent: Decimal6

  /// Whether the rate is one for these goods on a day.
  func applies(
    _ code: HSCode?, from origin: Country, to destination: Country, on date: CivilDate
  ) -> Bool {
    terms.validity.contains(date) && destinations.contains(destination)
      && origins.contains(origin)
      && (prefix.isEmpty || code.map { $0.begins(with: prefix) } ?? false)
  }
}
