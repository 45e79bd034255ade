import LogisticsModel

/// An exchange rate of a ``FreightSheet``, from minor units to minor units.
///
/// Gives the same as ``ExchangeRate/convert(minorUnits:)``, also where that does not fit.
struct FreightExchange: BitwiseCopyable, Sendable {
  /// Whether there is a rate at all.
  let isKnown: Bool
  /// Minor units of `to` for one of `from`, in lowest terms; of use up to ``greatest``.
  let numerator: UInt64
  /// See ``numerator``.
  let denominator: UInt64
  /// The greatest amount that the short fraction converts; negative: none.
  let greatest: Int64
  private let longNumerator: Int128
  private let longDenominator: Int128
  private let fromMinor: Int64
  private let toMinor: Int64

  /// Looks up the rate of a date.
  init(from: Currency, to: Currency, _ rates: ExchangeRates, on date: CivilDate) {
    fromMinor = from.minorPerUnit
    toMinor = to.minorPerUnit
    guard case .success(let rate) = rates.rate(from: from, to: to, on: date) else {
      isKnown = false
      (numerator, denominator, greatest) = (1, 1, -1)
      (longNumerator, longDenominator) = (1, 1)
      return
    }
    isKnown = true
    longNumerator = rate.numerator
    longDenominator = rate.denominator
    let (top, topOverflow) = rate.numerator.multipliedReportingOverflow(by: Int128(toMinor))
    let (bottom, bottomOverflow) = rate.denominator.multipliedReportingOverflow(
      by: Int128(fromMinor))
    let shared = topOverflow || bottomOverflow ? 1 : FreightExchange.commonDivisor(top, bottom)
    guard !topOverflow, !bottomOverflow, let short = UInt64(exactly: top / shared),
      let over = UInt64(exactly: bottom / shared)
    else {
      (numerator, denominator, greatest) = (1, 1, -1)
      return
    }
    (numerator, denominator) = (short, over)
    // Beyond this the exact fraction overflows, and its overflow is the answer.
    greatest = Int64(clamping: Int128.max / top)
  }

  /// Converts minor units, rounding half up; nil where there is no rate or the result does not fit.
  @inline(__always)
  func convert(_ units: Int64) -> Int64? {
    guard units >= 0, units <= greatest else { return convertAtLength(units) }
    return FastArithmetic.scaled(
      UInt64(truncatingIfNeeded: units), numerator, over: denominator)
  }

  @inline(never)
  private func convertAtLength(_ units: Int64) -> Int64? {
    guard isKnown else { return nil }
    return ExchangeRate.convert(
      units, numerator: longNumerator, denominator: longDenominator, from: fromMinor, to: toMinor)
  }

  static func commonDivisor(_ first: Int128, _ second: Int128) -> Int128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}
