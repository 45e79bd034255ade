public import LogisticsModel

/// The rule book of a bundle for imports: duty_rules.csv, tax_rules.csv, fees.csv and duty_rates.csv.
///
/// Immutable once read. ``assessment(of:freight:clearingOn:rates:tender:in:allowsEstimate:)`` explains one day;
/// ``landedPrice(of:freight:clearing:rates:tender:in:allowsEstimate:)`` a window of days.
public struct ImportRules: Sendable {
  /// No rules at all: what a bundle without the files has; everything is refused with `duty_rule_missing`.
  public static let none = ImportRules()

  /// Programmes that some rule asks for, ascending: other words have no effect and are probably slips.
  public var programmes: [String] { [] }

  /// What an order costs at hand if it clears on a day.
  ///
  /// - Parameters:
  ///   - order: the consignment.
  ///   - freight: what the buyer pays for carriage, in any currency with a rate.
  ///   - date: local date at the place of clearance.
  ///   - rates: exchange rates.
  ///   - tender: the day whose exchange rates count, as for freight: the tender date.
  ///   - currency: the quote's currency.
  ///   - allowsEstimate: whether to go on where a rule or rate is not known, with a doubt in the answer.
  /// - Returns: the lines, or the first thing that is missing.
  /// - Complexity: O(rules + lines)
  public func assessment(
    of order: ImportOrder, freight: Money, clearingOn date: CivilDate, rates: ExchangeRates,
    tender: CivilDate, in currency: Currency, allowsEstimate: Bool = false
  ) -> Result<ImportAssessment, Refusal> {
    .failure(Refusal(.dutyRuleMissing, rule: "\(order.destination) on \(date)"))
  }

  /// What an order costs at hand if it clears within a window of days, both ends included.
  ///
  /// Refused when any day of the window is, unless estimates are allowed.
  /// - Complexity: O(regimes x (rules + lines))
  public func landedPrice(
    of order: ImportOrder, freight: Money, clearing days: ClosedRange<CivilDate>,
    rates: ExchangeRates, tender: CivilDate, in currency: Currency, allowsEstimate: Bool = false
  ) -> Result<LandedPrice, Refusal> {
    assessment(
      of: order, freight: freight, clearingOn: days.lowerBound, rates: rates, tender: tender,
      in: currency, allowsEstimate: allowsEstimate
    ).map { LandedPrice([LandedPrice.Regime(days: days, assessment: $0)]) }
  }
}
