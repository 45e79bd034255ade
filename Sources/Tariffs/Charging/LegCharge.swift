public import LogisticsModel

/// One line of a leg's charge.
///
/// The lines of one currency add up exactly to that currency's amount.
public struct ChargeLine: Hashable, Sendable {
  /// `base`, or the surcharge's kind.
  public let kind: String
  /// The variant or surcharge behind it.
  public let rule: String
  /// What it adds, in its own currency.
  ///
  /// Each line is the difference of two rounded running sums, so that no
  /// cent is lost or found between the lines and their total.
  public let money: Money
}

/// What one leg costs one parcel, with everything needed to explain it.
public struct LegCharge: Hashable, Sendable {
  /// The card's part: variant, chargeable weight, divisor, band.
  public let card: CardCharge
  /// Base charge first, then the surcharges in file order.
  public let lines: [ChargeLine]
  /// The sums by currency, the card's first; each rounded half up once.
  public let amounts: [Money]
  /// The exchange rates used, one for each amount.
  public let rates: [ExchangeRate]
  /// The charge in the quote's currency: the sum of the converted amounts.
  public let total: Money
}

/// What a leg says to a parcel.
public enum LegOutcome: Hashable, Sendable {
  /// No charge: another leg of the line pays for this one.
  case included
  /// Taken, at this charge.
  case sold(LegCharge)
  /// Not taken.
  case refused(Refusal)
}
