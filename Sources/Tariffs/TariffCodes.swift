/// Finding codes of this module: what can be wrong in rate_cards, rate_bands, surcharges, restrictions, fx, duty_rules,
/// tax_rules, fees and duty_rates.
public enum TariffCode {
  /// An id that stands twice.
  public static let duplicate = "TW-TRF-001"
  /// A band of a variant that rate_cards.csv lacks.
  public static let variantUnknown = "TW-TRF-002"
  /// A variant without bands: it can sell nothing.
  public static let variantWithoutBands = "TW-TRF-003"
  /// A band that ends where it begins, or before.
  public static let bandReversed = "TW-TRF-004"
  /// A weight that lies in two bands of one variant.
  public static let bandsOverlap = "TW-TRF-005"
  /// Weights between two bands that nobody prices (warning: real cards have such holes).
  public static let bandHole = "TW-TRF-006"
  /// A heavier parcel that costs less than a lighter one (warning).
  public static let heavierIsCheaper = "TW-TRF-007"
  /// Two variants of a family that both apply to some parcel on some date.
  public static let variantsOverlap = "TW-TRF-008"
  /// An amount, rate or percentage that is not an exact decimal.
  public static let moneyMalformed = "TW-TRF-009"
  /// A currency ISO 4217 lacks, or one without a minor unit.
  public static let currencyWithoutExponent = "TW-TRF-010"
  /// A currency with no chain of rates to the bundle's.
  public static let currencyWithoutRate = "TW-TRF-011"
  /// Something whose last day has passed (warning).
  public static let expired = "TW-TRF-012"
  /// A date that is none, or a last day before the first.
  public static let date = "TW-TRF-013"
  /// A declared-value band without currency, or reversed.
  public static let valueBand = "TW-TRF-014"
  /// A word outside its closed set: goods class, basis, scope, unit.
  public static let wordUnknown = "TW-TRF-015"
  /// A fee below zero: the planner needs prices that never fall when a leg is added.
  public static let negative = "TW-TRF-016"
  /// A scope key that is missing, superfluous, or names a card that does not exist.
  public static let scopeKey = "TW-TRF-017"
  /// An exchange rate that is not positive, has too many digits, or stands twice for one day.
  public static let rate = "TW-TRF-018"
  /// A length in centimetres with more than one decimal, or negative.
  public static let length = "TW-TRF-019"
  /// A condition that no parcel can meet.
  public static let conditionEmpty = "TW-TRF-020"
  /// Two rules for duty, tax or one fee that both apply to some import on some day.
  public static let importRulesOverlap = "TW-TRF-021"
  /// Days or values between two rules, or after the last one, of which the file says nothing (warning).
  public static let importRuleGap = "TW-TRF-022"
  /// A rule that lacks what its kind needs, or has what it has no use for.
  public static let importRuleContradicts = "TW-TRF-023"
  /// A country, subdivision or HS prefix that is none.
  public static let importKeyMalformed = "TW-TRF-024"
}
