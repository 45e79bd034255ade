/// An exact probability as an unsigned integer out of `total`.
///
/// Each uncertain leg multiplies by weights out of 1024, so it uses ten bits; a width that holds 2^(10 k) is
/// exact for k uncertain legs. A width never wraps: whoever propagates counts uncertain legs and moves to the
/// next wider type before the bits run out (``greatestUncertainLegs``).
public protocol ProbabilityMass: Comparable, BitwiseCopyable, Sendable {
  /// No probability.
  static var zero: Self { get }
  /// Certainty, 2^(10 x ``greatestUncertainLegs``).
  static var total: Self { get }
  /// How many uncertain legs this width carries without loss.
  static var greatestUncertainLegs: Int { get }

  /// Sum of disjoint probabilities.
  static func + (left: Self, right: Self) -> Self
  /// Difference of nested probabilities.
  static func - (left: Self, right: Self) -> Self
  /// This probability times weight/1024. Exact while at most ``greatestUncertainLegs`` factors were applied.
  func scaled(byWeight weight: Int32) -> Self
  /// `total` x level / 1024: what a cumulative mass must reach at a service level.
  static func threshold(level: Int32) -> Self
}

/// 2^60: six uncertain legs.
extension UInt64: ProbabilityMass {
  /// Certainty, 2^60.
  @inlinable public static var total: UInt64 { 1 << 60 }
  /// Six.
  @inlinable public static var greatestUncertainLegs: Int { 6 }
  /// Exact product with weight/1024.
  @inlinable public func scaled(byWeight weight: Int32) -> UInt64 {
    (self &>> 10) &* UInt64(truncatingIfNeeded: weight)
  }
  /// level/1024 of certainty.
  @inlinable public static func threshold(level: Int32) -> UInt64 {
    (total &>> 10) &* UInt64(truncatingIfNeeded: level)
  }
}

/// 2^120: twelve uncertain legs.
extension UInt128: ProbabilityMass {
  /// Certainty, 2^120.
  @inlinable public static var total: UInt128 { 1 << 120 }
  /// Twelve.
  @inlinable public static var greatestUncertainLegs: Int { 12 }
  /// Exact product with weight/1024.
  @inlinable public func scaled(byWeight weight: Int32) -> UInt128 {
    (self &>> 10) &* UInt128(truncatingIfNeeded: weight)
  }
  /// level/1024 of certainty.
  @inlinable public static func threshold(level: Int32) -> UInt128 {
    (total &>> 10) &* UInt128(truncatingIfNeeded: level)
  }
}
