public import LogisticsModel

/// The landed price over a clearance window: one assessment for each regime of rules in it.
///
/// The rule is chosen by the planned day of clearance. Where the window straddles a change, both prices are kept and
/// the dearer is the one to promise.
public struct LandedPrice: Hashable, Sendable {
  /// Days of the window under one set of rules.
  public struct Regime: Hashable, Sendable {
    /// First and last day.
    public let days: ClosedRange<CivilDate>
    /// The price on each of them.
    public let assessment: ImportAssessment
  }

  /// Ascending by day; never empty.
  public let regimes: [Regime]
  /// Position of the dearest regime, the earliest of equals: its price is the one to promise.
  public let binding: Int

  /// The assessment to promise.
  public var assessment: ImportAssessment { regimes[binding].assessment }
  /// The price to promise.
  public var total: Money { assessment.total }
  /// Whether every regime of the window can be stood for.
  public var isGuaranteed: Bool { regimes.allSatisfy(\.assessment.isGuaranteed) }

  init(_ regimes: [Regime]) {
    precondition(!regimes.isEmpty, "a landed price without a regime")
    self.regimes = regimes
    var binding = 0
    for (position, regime) in regimes.enumerated()
    where regime.assessment.total.minorUnits > regimes[binding].assessment.total.minorUnits {
      binding = position
    }
    self.binding = binding
  }
}
