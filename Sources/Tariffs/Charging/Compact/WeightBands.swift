/// Bands of actual weight in which candidates are listed apart.
///
/// Each ends at about twice the weight of the one before, at the round figures where parcel tariffs break too: within
/// a band few itineraries can be the cheapest, and a parcel's band is told by eight comparisons.
public enum WeightBands {
  /// Number of bands.
  @inlinable @inline(__always)
  public static var count: Int { 8 }

  /// Last weight of each, in grams.
  @inlinable @inline(__always)
  static var ends: SIMD8<Int32> { SIMD8(100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000) }

  /// The weights of a band, in grams.
  public static func weights(of band: Int) -> ClosedRange<Int64> {
    (band == 0 ? 1 : Int64(ends[band - 1]) + 1)...Int64(ends[band])
  }

  /// The band of a weight in grams; ``count`` where it is above all.
  @inlinable @inline(__always)
  public static func band(of grams: Int64) -> Int {
    let weight = SIMD8<Int32>(repeating: Int32(clamping: grams))
    let above = SIMD8<Int32>(repeating: 0).replacing(with: 1, where: weight .> ends)
    return Int(truncatingIfNeeded: above.wrappedSum())
  }
}
