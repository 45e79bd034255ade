public import LogisticsModel

/// The rule book of a bundle for imports: duty_rules.csv, tax_rules.csv, fees.csv and duty_rates.csv.
///
/// Immutable once read. ``assessment(of:freight:clearingOn:rates:tender:in:allowsEstimate:)`` explains one day;
/// ``landedPrice(of:freight:clearing:rates:tender:in:allowsEstimate:)`` a window of days; ``ImportPricer`` gives the same
/// totals in a fraction of a microsecond.
public struct ImportRules: Sendable {
  /// Duty rules in file order, withheld ones included.
  public internal(set) var duties: [DutyRule] = []
  /// Tax rules in file order.
  public internal(set) var taxes: [ImportTax] = []
  /// National fees in file order, withheld ones included.
  public internal(set) var fees: [ImportFee] = []
  /// Rates of the normal tariff in file order.
  public internal(set) var tariffRates: [TariffRate] = []

  /// No rules at all: what a bundle without the files has; everything is refused with `duty_rule_missing`.
  public static let none = ImportRules()

  /// Programmes that some rule asks for, ascending: other words have no effect and are probably slips.
  public var programmes: [String] {
    var words = Set((duties.map(\.scope) + fees.map(\.scope)).compactMap(\.programme.word))
    for case .saleIfRegistered(let word) in duties.map(\.taxCollection) { words.insert(word) }
    return words.sorted()
  }

  /// Dates, state and source of a rule of whatever kind; nil for an id the book lacks.
  ///
  /// - Complexity: O(rules)
  public func terms(of id: String) -> ImportRuleTerms? {
    duties.first { $0.id == id }?.terms ?? taxes.first { $0.id == id }?.terms
      ?? fees.first { $0.id == id }?.terms ?? tariffRates.first { $0.terms.id == id }?.terms
  }

  /// What an order costs at hand if it clears on a day.
  ///
  /// Every amount is rounded half up to the minor unit of its own currency, then converted into the quote's and rounded
  /// once more; the lines add up to the total exactly.
  /// - Parameters:
  ///   - order: the consignment.
  ///   - freight: what the buyer pays for carriage, not negative, in any currency with a rate.
  ///   - date: local date at the place of clearance.
  ///   - rates: exchange rates.
  ///   - tender: the day whose exchange rates count, as for freight: the tender date.
  ///   - currency: the quote's currency.
  ///   - allowsEstimate: whether to go on where a rule or rate is not known, with a doubt in the answer.
  /// - Returns: the lines, or the first thing that is missing.
  /// - Complexity: O(lines x rules)
  public func assessment(
    of order: ImportOrder, freight: Money, clearingOn date: CivilDate, rates: ExchangeRates,
    tender: CivilDate, in currency: Currency, allowsEstimate: Bool = false
  ) -> Result<ImportAssessment, Refusal> {
    var assessor = ImportAssessor(
      rules: self, order: order, date: date, allowsEstimate: allowsEstimate,
      exchange: AssessmentExchange(rates: rates, tender: tender, quote: currency))
    return Result { () throws(Refusal) in try assessor.assess(freight: freight) }
  }

  /// What an order costs at hand if it clears within a window of days, both ends included.
  ///
  /// Refused when any day of the window is, unless estimates are allowed.
  /// - Complexity: O(regimes x lines x rules)
  public func landedPrice(
    of order: ImportOrder, freight: Money, clearing days: ClosedRange<CivilDate>,
    rates: ExchangeRates, tender: CivilDate, in currency: Currency, allowsEstimate: Bool = false
  ) -> Result<LandedPrice, Refusal> {
    var regimes: [LandedPrice.Regime] = []
    let changes = changes(for: order.destination, within: days)
    for (position, first) in changes.enumerated() {
      let last =
        position + 1 < changes.count ? changes[position + 1].adding(days: -1) : days.upperBound
      switch assessment(
        of: order, freight: freight, clearingOn: first, rates: rates, tender: tender, in: currency,
        allowsEstimate: allowsEstimate)
      {
      case .failure(let refusal): return .failure(refusal)
      case .success(let assessment):
        if let previous = regimes.last, previous.assessment.saysTheSame(as: assessment) {
          regimes[regimes.count - 1] = LandedPrice.Regime(
            days: previous.days.lowerBound...last, assessment: previous.assessment)
        } else {
          regimes.append(LandedPrice.Regime(days: first...last, assessment: assessment))
        }
      }
    }
    return .success(LandedPrice(regimes))
  }

  /// The same rules with one more rate of the normal tariff, known to whoever sells the goods: for one HS code, whatever
  /// their origin and destination.
  ///
  /// It counts as a listed rate: it prices, and takes the guarantee away.
  public func adding(
    tariffRate percent: Decimal6, for code: HSCode, id: String, source: String
  ) -> ImportRules {
    var rules = self
    rules.tariffRates.append(
      TariffRate(
        terms: ImportRuleTerms(
          id: id, validity: .always, isApplied: true, verification: .listed, status: "",
          note: "", source: source),
        destinations: .all, origins: .all, prefix: code.description, percent: percent))
    return rules
  }

  /// The first day of the window, and every later day of it on which some rule for the destination begins or has ended;
  /// ascending.
  func changes(for destination: Country, within days: ClosedRange<CivilDate>) -> [CivilDate] {
    var changes: Set<CivilDate> = [days.lowerBound]
    func add(_ validity: Validity) {
      // The day after the last day there is does not exist: adding keeps it, and it is no change.
      for day in [validity.from, validity.to.adding(days: 1)] where days.contains(day) {
        changes.insert(day)
      }
    }
    for rule in duties where rule.scope.destinations.contains(destination) {
      add(rule.scope.validity)
    }
    for fee in fees where fee.scope.destinations.contains(destination) { add(fee.scope.validity) }
    for tax in taxes where tax.destinations.contains(destination) { add(tax.terms.validity) }
    for rate in tariffRates where rate.destinations.contains(destination) {
      add(rate.terms.validity)
    }
    return changes.sorted()
  }
}

extension ImportAssessment {
  /// Whether another day's assessment differs in nothing but the day.
  func saysTheSame(as other: ImportAssessment) -> Bool {
    lines == other.lines && doubts == other.doubts && withheld == other.withheld
  }
}
