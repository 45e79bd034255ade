/// Why a leg cannot be sold to a parcel, or an order has no landed price: a result, never an error, and never a price
/// of zero.
///
/// Refusals of one card are ranked by how near the parcel came: `fit` is greatest for the variant that accepted
/// everything but the last thing asked. The nearest one is reported.
public struct Refusal: Error, Hashable, Sendable {
  /// The reasons, in the order in which they are checked.
  public enum Code: Int, BitwiseCopyable, CaseIterable, Sendable {
    /// The leg names a card that does not exist.
    case cardUnknown = 0
    /// No variant is valid on the ready date.
    case cardNotValid
    /// No variant valid on that date takes the goods class.
    case classNotAccepted
    /// The card asks for a declared value and the request names none.
    case valueUnknown
    /// No exchange rate on that date.
    case noRate
    /// The declared value lies outside every band.
    case valueOutsideBands
    /// The sum of the edges is over the limit.
    case sizeOverLimit
    /// An edge is over the limit.
    case edgeOverLimit
    /// Length and girth are over the limit.
    case girthOverLimit
    /// The chargeable weight is over the card's greatest.
    case weightOverLimit
    /// No band prices the chargeable weight (a hole, or beyond the ends).
    case weightNotPriced
    /// More than one variant applies: a fault of the data, so no price at all.
    case variantsAmbiguous
    /// A sum that does not fit 64 bits.
    case amountOverflow
    /// A rule of restrictions.csv.
    case restricted
    /// No duty rule for this import on the day of clearance: none was ever known, or none after the last known one.
    case dutyRuleMissing
    /// The normal tariff applies and the bundle has no rate for these goods.
    case dutyRateUnknown
    /// More than one duty or tax rule applies: a fault of the data, so no price at all.
    case importRulesAmbiguous
    /// No VAT, GST or sales tax rule for the destination on the day of clearance.
    case taxRuleMissing
    /// The destination taxes by state or province, and the order names none.
    case subdivisionUnknown

    /// The word in the quote object.
    public var word: String {
      switch self {
      case .cardUnknown: "card_unknown"
      case .cardNotValid: "card_not_valid"
      case .classNotAccepted: "class_not_accepted"
      case .valueUnknown: "value_unknown"
      case .noRate: "no_rate"
      case .valueOutsideBands: "value_outside_bands"
      case .sizeOverLimit: "size_over_limit"
      case .edgeOverLimit: "edge_over_limit"
      case .girthOverLimit: "girth_over_limit"
      case .weightOverLimit: "weight_over_limit"
      case .weightNotPriced: "weight_not_priced"
      case .variantsAmbiguous: "variants_ambiguous"
      case .amountOverflow: "amount_overflow"
      case .restricted: "restricted"
      case .dutyRuleMissing: "duty_rule_missing"
      case .dutyRateUnknown: "duty_rate_unknown"
      case .importRulesAmbiguous: "import_rules_ambiguous"
      case .taxRuleMissing: "tax_rule_missing"
      case .subdivisionUnknown: "subdivision_unknown"
      }
    }
  }

  /// The reason.
  public let code: Code
  /// The rule behind it: a variant, a restriction, a currency pair.
  public let rule: String
  /// The figure that missed, in grams, millimetres or minor units; 0 where none applies.
  public let value: Int64
  /// The limit it missed, in the same unit; 0 where none applies.
  public let limit: Int64

  /// Makes a refusal.
  public init(_ code: Code, rule: String, value: Int64 = 0, limit: Int64 = 0) {
    self.code = code
    self.rule = rule
    self.value = value
    self.limit = limit
  }

  /// How near the parcel came to being accepted: the position of the check it failed.
  var fit: Int { code.rawValue }
}

extension Refusal: CustomStringConvertible {
  /// Code, rule and figures: `size_over_limit (cel-small: 1600 > 1500 mm)`.
  public var description: String {
    switch code {
    case .sizeOverLimit, .edgeOverLimit, .girthOverLimit:
      "\(code.word) (\(rule): \(value) > \(limit) mm)"
    case .weightOverLimit: "\(code.word) (\(rule): \(value) > \(limit) g)"
    case .weightNotPriced: "\(code.word) (\(rule): \(value) g)"
    default: "\(code.word) (\(rule))"
    }
  }
}
