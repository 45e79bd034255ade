/// A 512-bit probability, for itineraries of up to 51 uncertain legs.
///
/// Slow and rare: only where 128 bits do not hold the law of an itinerary. Limbs are little-endian.
public struct WideMass: ProbabilityMass {
  var limbs: SIMD8<UInt64>

  init(limbs: SIMD8<UInt64>) { self.limbs = limbs }

  init(bit: Int) {
    limbs = .zero
    limbs[bit / 64] = 1 << UInt64(bit % 64)
  }

  /// No probability.
  public static var zero: WideMass { WideMass(limbs: .zero) }
  /// Certainty, 2^510.
  public static var total: WideMass { WideMass(bit: 510) }
  /// Fifty-one.
  public static var greatestUncertainLegs: Int { 51 }

  /// Orders by value.
  public static func < (left: WideMass, right: WideMass) -> Bool {
    for index in (0..<8).reversed() where left.limbs[index] != right.limbs[index] {
      return left.limbs[index] < right.limbs[index]
    }
    return false
  }

  /// Sum.
  public static func + (left: WideMass, right: WideMass) -> WideMass {
    var result = WideMass.zero
    var carry: UInt64 = 0
    for index in 0..<8 {
      let (partial, first) = left.limbs[index].addingReportingOverflow(right.limbs[index])
      let (sum, second) = partial.addingReportingOverflow(carry)
      result.limbs[index] = sum
      carry = (first ? 1 : 0) + (second ? 1 : 0)
    }
    return result
  }

  /// Difference.
  public static func - (left: WideMass, right: WideMass) -> WideMass {
    var result = WideMass.zero
    var borrow: UInt64 = 0
    for index in 0..<8 {
      let (partial, first) = left.limbs[index].subtractingReportingOverflow(right.limbs[index])
      let (difference, second) = partial.subtractingReportingOverflow(borrow)
      result.limbs[index] = difference
      borrow = (first ? 1 : 0) + (second ? 1 : 0)
    }
    return result
  }

  /// Exact product with weight/1024.
  public func scaled(byWeight weight: Int32) -> WideMass {
    var result = WideMass.zero
    var carry: UInt64 = 0
    for index in 0..<8 {
      let above = index < 7 ? limbs[index + 1] << 54 : 0
      let shifted = (limbs[index] >> 10) | above
      let (high, low) = shifted.multipliedFullWidth(by: UInt64(truncatingIfNeeded: weight))
      let (sum, overflow) = low.addingReportingOverflow(carry)
      result.limbs[index] = sum
      carry = high + (overflow ? 1 : 0)
    }
    return result
  }

  /// level/1024 of certainty.
  public static func threshold(level: Int32) -> WideMass { total.scaled(byWeight: level) }
}
