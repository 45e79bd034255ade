public import LogisticsModel

/// One row of fx.csv: one unit of `base` is `digits` / 10^`scale` units of `quote` from `date` on.
public struct ExchangeRow: Hashable, Sendable {
  /// First day; nil: a standing peg.
  public let date: CivilDate?
  /// The currency one unit of which is priced.
  public let base: Currency
  /// The currency it is priced in.
  public let quote: Currency
  /// All digits of the rate.
  public let digits: Int64
  /// How many of them are decimals.
  public let scale: Int
  /// Where the rate comes from.
  public let basis: Basis
  /// The source in words.
  public let source: String

  /// Makes a row.
  ///
  /// - Precondition: the rate is positive.
  public init(
    date: CivilDate?, base: Currency, quote: Currency, digits: Int64, scale: Int,
    basis: Basis = .real, source: String = ""
  ) {
    precondition(digits > 0, "an exchange rate that is not positive")
    self.date = date
    self.base = base
    self.quote = quote
    self.digits = digits
    self.scale = scale
    self.basis = basis
    self.source = source
  }
}

extension ExchangeRow: CustomStringConvertible {
  /// `2026-10-30 EUR/CNY 8.21`.
  public var description: String {
    "\(date.map(\.description) ?? "peg") \(base)/\(quote) \(DecimalText.text(digits, places: scale))"
  }
}

/// An exact rate between two currencies on a date, and the rows it was made of.
public struct ExchangeRate: Hashable, Sendable {
  /// The currency converted from.
  public let from: Currency
  /// The currency converted to.
  public let to: Currency
  /// Units of `to` for one of `from` are numerator / denominator, in lowest terms.
  public let numerator: Int128
  /// See ``numerator``.
  public let denominator: Int128
  /// The rows used, in the order of conversion; empty for a currency into itself.
  public let rows: [ExchangeRow]

  /// Converts minor units, rounding half up; nil when it does not fit.
  public func convert(minorUnits: Int64) -> Int64? {
    ExchangeRate.convert(
      minorUnits, numerator: numerator, denominator: denominator, from: from.minorPerUnit,
      to: to.minorPerUnit)
  }

  /// Converts minor units of which `from` make a unit into those of which `to` do.
  static func convert(
    _ minorUnits: Int64, numerator: Int128, denominator: Int128, from: Int64, to: Int64
  ) -> Int64? {
    let (scaled, overflow) = numerator.multipliedReportingOverflow(by: Int128(minorUnits))
    guard !overflow else { return nil }
    let (top, topOverflow) = scaled.multipliedReportingOverflow(by: Int128(to))
    let (bottom, bottomOverflow) = denominator.multipliedReportingOverflow(by: Int128(from))
    guard !topOverflow, !bottomOverflow else { return nil }
    return Int64(exactly: Rounding.halfUp(top, over: bottom))
  }
}
