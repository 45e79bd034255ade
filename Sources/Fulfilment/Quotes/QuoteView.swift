/// Whom an answer is for: it decides which figures are in it.
public enum QuoteView: String, CaseIterable, Sendable {
  /// Who buys the goods: one price and one date. Nothing that shows or lets work out what carriage costs.
  case buyer
  /// Who sells them: freight, duty, tax and fees, but no charge of a leg, no rate card, no exchange rate.
  case merchant
  /// Who moves them: everything.
  case ops
}
