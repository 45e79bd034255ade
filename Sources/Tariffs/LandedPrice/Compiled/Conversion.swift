import LogisticsModel

/// An exchange rate ready for the hot path: a fraction of 64-bit numbers from minor units to minor units.
///
/// Gives the same as ``ExchangeRate/convert(minorUnits:)``, bit for bit; a fraction too long for 64 bits is kept in 128.
struct Conversion: Sendable {
  private enum Form: UInt8, Sendable {
    case same
    case short
    case long
    case missing
  }

  private let form: Form
  private var numerator: UInt64 = 1
  private var denominator: UInt64 = 1
  private var longNumerator: Int128 = 1
  private var longDenominator: Int128 = 1
  private let fromMinor: Int64
  private let toMinor: Int64

  /// Looks up the rate of a date.
  init(from: Currency, to: Currency, _ rates: ExchangeRates, on date: CivilDate) {
    fromMinor = from.minorPerUnit
    toMinor = to.minorPerUnit
    guard from != to else {
      form = .same
      return
    }
    guard case .success(let rate) = rates.rate(from: from, to: to, on: date) else {
      form = .missing
      return
    }
    longNumerator = rate.numerator
    longDenominator = rate.denominator
    let (top, topOverflow) = rate.numerator.multipliedReportingOverflow(by: Int128(toMinor))
    let (bottom, bottomOverflow) = rate.denominator.multipliedReportingOverflow(
      by: Int128(fromMinor))
    if !topOverflow, !bottomOverflow {
      let shared = Conversion.commonDivisor(top, bottom)
      if let short = UInt64(exactly: top / shared), let over = UInt64(exactly: bottom / shared) {
        form = .short
        numerator = short
        denominator = over
        return
      }
    }
    form = .long
  }

  /// Converts an amount that is not negative, rounding half up.
  @inline(__always)
  func convert(_ units: Int64) throws(ImportPricer.Stop) -> Int64 {
    switch form {
    case .same: return units
    case .short:
      guard
        let result = FastArithmetic.scaled(
          UInt64(truncatingIfNeeded: units), numerator, over: denominator)
      else { throw .amountOverflow }
      return result
    case .long, .missing: return try convertSlowly(units)
    }
  }

  @inline(never)
  private func convertSlowly(_ units: Int64) throws(ImportPricer.Stop) -> Int64 {
    guard units != 0 else { return 0 }
    guard form == .long else { throw .noRate }
    guard
      let result = ExchangeRate.convert(
        units, numerator: longNumerator, denominator: longDenominator, from: fromMinor, to: toMinor)
    else { throw .amountOverflow }
    return result
  }

  private static func commonDivisor(_ first: Int128, _ second: Int128) -> Int128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}

/// Half-up division without 128-bit quotients where they can be done without: the arithmetic of the hot path.
enum FastArithmetic {
  /// `units` x `numerator` / `denominator`, rounded half up; nil where it does not fit.
  ///
  /// - Precondition: the denominator is positive.
  @inline(__always)
  static func scaled(_ units: UInt64, _ numerator: UInt64, over denominator: UInt64) -> Int64? {
    let product = units.multipliedFullWidth(by: numerator)
    let quotient: UInt64
    let rest: UInt64
    if product.high == 0 {
      (quotient, rest) = product.low.quotientAndRemainder(dividingBy: denominator)
    } else {
      guard product.high < denominator else { return nil }
      (quotient, rest) = denominator.dividingFullWidth(product)
    }
    return Int64(exactly: rest >= denominator - rest ? quotient + 1 : quotient)
  }
}
