/// The only place where an exact fraction becomes a whole number.
///
/// Everything is 128 bits wide inside; the caller decides what a result that does not fit 64 bits means.
public enum Rounding {
  /// The quotient rounded to the nearest whole number, halves away from zero: 2.5 is 3, -2.5 is -3.
  ///
  /// - Precondition: `denominator` is positive.
  @inlinable public static func halfUp(_ numerator: Int128, over denominator: Int128) -> Int128 {
    precondition(denominator > 0, "a fraction over a number that is not positive")
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    let magnitude = rest < 0 ? -rest : rest
    guard magnitude >= denominator - magnitude else { return whole }
    return numerator < 0 ? whole - 1 : whole + 1
  }

  /// The least whole number that is not below the quotient: 2.1 is 3, -2.9 is -2.
  ///
  /// - Precondition: `denominator` is positive.
  @inlinable public static func up(_ numerator: Int128, over denominator: Int128) -> Int128 {
    precondition(denominator > 0, "a fraction over a number that is not positive")
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return rest > 0 ? whole + 1 : whole
  }
}
