public import LogisticsModel

/// Why an assessed price is not one to stand for.
public struct ImportDoubt: Hashable, Sendable {
  /// What is in doubt.
  public enum Kind: String, CaseIterable, Sendable {
    /// A line without HS code: distinct headings were counted as if each such line were one heading of its own.
    case headingsUnknown = "headings_unknown"
    /// A rule taken from an undated list or from memory.
    case ruleUnverified = "rule_unverified"
    /// Nothing is known for the day of clearance; the last rule known before it was used.
    case rulePastItsEnd = "rule_past_its_end"
    /// The normal tariff applies and its rate is not known: left out of the price.
    case tariffRateUnknown = "tariff_rate_unknown"
    /// No tax rule is known: left out of the price.
    case taxRuleMissing = "tax_rule_missing"
    /// State or province not known: its tax is left out of the price.
    case subdivisionUnknown = "subdivision_unknown"
  }

  /// What is in doubt.
  public let kind: Kind
  /// The rule concerned; empty where there is none.
  public let rule: String
  /// One sentence for people.
  public let text: String
}

/// What an order costs at hand when it clears on one day, line by line.
///
/// The lines add up to ``total`` exactly, in the quote's currency. Order of lines: goods, freight, duties (in the order
/// of the order lines that caused them), fees in file order, country-wide tax, tax of the state or province.
public struct ImportAssessment: Hashable, Sendable {
  /// One line.
  public struct Line: Hashable, Sendable {
    /// What a line is for.
    public enum Kind: String, CaseIterable, Sendable {
      /// The goods as sold.
      case goods
      /// The freight.
      case freight
      /// Customs duty, or a flat charge that stands for it.
      case duty
      /// A national fee on parcels.
      case fee
      /// VAT or GST, or what stands in its place (ICMS).
      case vat
      /// Tax of a state or province.
      case salesTax = "sales_tax"
    }

    /// Who asks the buyer for it when the seller delivers at place (DAP).
    public enum Collection: String, Sendable {
      /// Part of the price of the shop: goods and freight.
      case seller
      /// Tax the shop or marketplace must collect at sale.
      case sale
      /// Asked of the consignee when the goods clear.
      case clearance
    }

    /// What it is for.
    public let kind: Kind
    /// Id of the rule behind it; nil for goods and freight.
    public let rule: String?
    /// The rate as words: `0.21`, `3.00 EUR per heading, 2 headings`; nil for goods and freight.
    public let rate: String?
    /// The amount it was applied to, in the quote's currency: of a duty the goods, with freight where the rule counts it;
    /// of a tax what it is taken of; of goods, freight and fees, which are taken of nothing, their own amount.
    public let base: Money
    /// The amount in the rule's own currency, rounded half up once.
    public let own: Money
    /// The amount in the quote's currency: ``own`` converted and rounded half up once.
    public let amount: Money
    /// Who asks for it under DAP.
    public let collection: Collection
  }

  /// The lines.
  public let lines: [Line]
  /// Their sum.
  public let total: Money
  /// Day of clearance it holds for.
  public let clearance: CivilDate
  /// The day whose exchange rates were used: the tender date.
  public let ratesDate: CivilDate
  /// Exchange rates used, each once, with their rows: triangulation shows as two rows.
  public let rates: [ExchangeRate]
  /// Why it cannot be guaranteed; empty when it can.
  public let doubts: [ImportDoubt]
  /// Rules that would match but are not applied, because they are only proposed or known to be out of date.
  public let withheld: [String]

  /// Whether the price is one to stand for.
  public var isGuaranteed: Bool { doubts.isEmpty }

  /// What the consignee is asked for at the door under DAP, in the quote's currency.
  public var askedAtClearance: Money {
    Money(
      minorUnits: lines.filter { $0.collection == .clearance }.reduce(0) {
        $0 + $1.amount.minorUnits
      }, total.currency)
  }
}
