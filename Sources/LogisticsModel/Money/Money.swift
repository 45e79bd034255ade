/// An amount of money: whole minor units and the currency they are of.
///
/// Never a fraction, never a bare number.
///
///     let fee = try Money("3.60", .eur)       // 360 cents
///     try fee.adding(Money(minorUnits: 40, .eur)).amountText   // "4.00"
///
/// Not offered: multiplication and division (rates are ``Decimal6``), and comparing two currencies.
public struct Money: Hashable, Sendable {
  /// What can be wrong with a text or a sum.
  public enum Fault: Error, Hashable, Sendable {
    /// The text is no decimal number.
    case malformed(DecimalText.Fault)
    /// More decimals than the currency has.
    case tooManyDecimals(Currency)
    /// Two amounts of different currencies.
    case currenciesDiffer(Currency, Currency)
    /// More than 64 bits hold.
    case overflow
  }

  /// Cents, yen, fils: whole units of the currency's last decimal.
  public let minorUnits: Int64
  /// The currency.
  public let currency: Currency

  /// Wraps a number of minor units.
  @inlinable public init(minorUnits: Int64, _ currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Reads an amount such as `3.60` or `-12`; fewer decimals than the currency has are filled with zeros.
  public init(_ text: some StringProtocol, _ currency: Currency) throws(Fault) {
    let number: DecimalText
    do { number = try DecimalText(text) } catch { throw .malformed(error) }
    guard number.scale <= currency.exponent else { throw .tooManyDecimals(currency) }
    guard let units = number.value(places: currency.exponent) else { throw .overflow }
    self.init(minorUnits: units, currency)
  }

  /// Nothing, in a currency.
  public static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency) }

  /// The sum of two amounts of one currency.
  public func adding(_ other: Money) throws(Fault) -> Money {
    guard currency == other.currency else { throw .currenciesDiffer(currency, other.currency) }
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    guard !overflow else { throw .overflow }
    return Money(minorUnits: sum, currency)
  }

  /// The amount alone, with exactly the currency's decimals: `3.60`, `1500`, `0.375`.
  public var amountText: String { DecimalText.text(minorUnits, places: currency.exponent) }
}

extension Money: CustomStringConvertible {
  /// Amount and code: `3.60 EUR`.
  public var description: String { "\(amountText) \(currency.code)" }
}
