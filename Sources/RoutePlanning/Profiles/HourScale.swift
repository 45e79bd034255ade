/// Values of an hour, and the scale on which hours and prices are added in 32 bits.
///
/// Everything counts in sixtieths of a minor unit, or in a power of two of them where an hour is worth so many (a
/// currency of small units): what is compared is then rounded so that nobody is beaten who would not be.
struct HourScale {
  /// Binary digits left off.
  let shift: Int64
  private let values: ClosedRange<Int64>

  /// Hours stay below this, so that with a price below ``CompactSums/limit`` they fit.
  private static let limit: Int64 = 1 << 29

  /// Nil for a value of an hour beyond all reason.
  init?(_ values: ClosedRange<Int64>) {
    let most = values.upperBound.multipliedReportingOverflow(
      by: Int64(BlockLayout.greatestPromise) + 1)
    guard !most.overflow, values.lowerBound >= 0 else { return nil }
    self.values = values
    var shift: Int64 = 0
    while most.partialValue >> shift >= HourScale.limit { shift += 1 }
    self.shift = shift
  }

  /// What is added to a rival's sum, rounded down, so that it is not below the true one.
  var slack: Int32 { shift == 0 ? 0 : 1 }

  /// Promises, and what their minutes are worth at least and at most, rounded down.
  @inline(__always)
  func times(_ minutes: SIMD4<Int32>) -> Rivals.Times {
    var low = SIMD4<Int32>()
    var high = SIMD4<Int32>()
    for level in 0..<4 {
      let own = Int64(minutes[level])
      low[level] = Int32(truncatingIfNeeded: (own &* values.lowerBound) &>> shift)
      high[level] = Int32(truncatingIfNeeded: (own &* values.upperBound) &>> shift)
    }
    return Rivals.Times(minutes: minutes, low: low, high: high)
  }
}
