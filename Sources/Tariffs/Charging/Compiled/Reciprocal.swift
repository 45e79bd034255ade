/// Division by a number known beforehand, as one multiplication.
///
/// With s = ceil(log2 d) and m = ceil(2^(63+s) / d), floor(n / d) = floor(2n x m / 2^(64+s)) for every n below 2^63: m is too
/// large by e / d with 0 <= e < d <= 2^s, so the quotient is too large by n x e / (d x 2^(63+s)) < 1 / d, which never reaches the
/// next whole number. m fits 64 bits because d > 2^(s-1). After T. Granlund, P. L. Montgomery, *Division by Invariant Integers
/// using Multiplication* (1994), doi:10.1145/178243.178249.
struct Reciprocal: BitwiseCopyable, Sendable {
  /// m; zero in ``none``.
  let factor: UInt64
  /// s.
  let shift: UInt8

  /// Gives zero whatever is divided: stands where there is nothing to divide by.
  static let none = Reciprocal(factor: 0, shift: 0)

  private init(factor: UInt64, shift: UInt8) {
    self.factor = factor
    self.shift = shift
  }

  /// Prepares a divisor.
  ///
  /// - Precondition: it is within 1..<2^63.
  init(_ divisor: UInt64) {
    precondition(divisor > 0 && divisor < 1 << 63, "a divisor out of range")
    let shift = divisor == 1 ? 0 : 64 - (divisor - 1).leadingZeroBitCount
    let wide = UInt128(1) << UInt128(63 + shift)
    factor = UInt64((wide + UInt128(divisor) - 1) / UInt128(divisor))
    self.shift = UInt8(shift)
  }

  /// floor(`doubled` / 2 / divisor), for an even `doubled`: what is divided is kept doubled, which saves a shift.
  @inline(__always)
  func quotient(doubled: UInt64) -> UInt64 {
    doubled.multipliedFullWidth(by: factor).high &>> UInt64(shift)
  }
}
