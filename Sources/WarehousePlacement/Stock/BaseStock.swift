/// How much of one SKU to keep at one site: demand over the time until a delivery helps, and a margin.
///
/// Demand of clients served from one place is pooled: variances add up, deviations do not, so the margin grows
/// with the square root (G. D. Eppen, "Effects of centralization on expected costs in a multi-location newsboy
/// problem", 1979, doi:10.1287/mnsc.25.5.498). All figures are whole thousandths.
public struct BaseStock: Sendable, Hashable {
  /// Pieces a day on average, in thousandths.
  public let perDay: Int64
  /// Variance of a day's pieces, in thousandths.
  public let variancePerDay: Int64
  /// Days until goods ordered now can be sold, and days between orders, in thousandths.
  public let coverDays: Int64
  /// Deviations of margin, in thousandths.
  public let margin: Int64

  /// From pooled demand and a margin.
  public init(perDay: Int64, variancePerDay: Int64, coverDays: Int64, margin: Int64) {
    self.perDay = perDay
    self.variancePerDay = variancePerDay
    self.coverDays = coverDays
    self.margin = margin
  }

  /// Deviation of demand over the days covered, in thousandths of a piece.
  public var deviation: Int64 { BaseStock.deviation(variancePerDay, coverDays) }

  /// Pieces beyond the mean, in thousandths; below nought where running out is cheaper than being left with some.
  public var safetyStock: Int64 { deviation * margin / 1000 }

  /// Pieces to have, on hand and on their way: whole, rounded up.
  public var pieces: Int64 {
    let thousandths = Int64(Int128(perDay) * Int128(coverDays) / 1000) + safetyStock
    return max(0, (thousandths + 999) / 1000)
  }

  /// The deviation over so many days of independent demand, all in thousandths.
  public static func deviation(_ variancePerDay: Int64, _ days: Int64) -> Int64 {
    // Both are thousandths, so their product's root is in thousandths.
    Int64(clamping: root(UInt128(max(0, variancePerDay)) * UInt128(max(0, days))))
  }

  /// The newsvendor's quantile: how often there shall be enough, where a missing piece costs `short` and one left
  /// over `over`; in millionths.
  public static func quantile(short: Int64, over: Int64) -> Int64 {
    let sum = Int128(max(0, short)) + Int128(max(0, over))
    return sum == 0 ? 500_000 : Int64(Int128(max(0, short)) * 1_000_000 / sum)
  }

  /// The greatest whole number whose square is not above `value`.
  static func root(_ value: UInt128) -> UInt128 {
    guard value > 1 else { return value }
    var guess = UInt128(1) << UInt128((128 - value.leadingZeroBitCount + 1) / 2)
    while true {
      let next = (guess + value / guess) / 2
      if next >= guess { return guess }
      guess = next
    }
  }
}
