/// The strongest of a cell's candidates that take every parcel of it, level by level.
///
/// Everything is in 32 bits: four of them are compared at once on any processor, where 64 bits take ten times as long.
struct Rivals {
  /// When a candidate is promised at each level, and what those minutes are worth.
  struct Times {
    let minutes: SIMD4<Int32>
    /// At the least and at the greatest value of an hour, on ``HourScale``.
    let low: SIMD4<Int32>
    let high: SIMD4<Int32>
  }

  /// The best by price and hours: the sums at both ends of the band, at the least and the greatest value of an hour.
  private struct Best {
    var firstLow = SIMD4<Int32>(repeating: .max)
    var firstHigh = SIMD4<Int32>(repeating: .max)
    var lastLow = SIMD4<Int32>(repeating: .max)
    var lastHigh = SIMD4<Int32>(repeating: .max)

    @inline(__always)
    mutating func take(_ other: Best, where isBetter: SIMDMask<SIMD4<Int32>>) {
      firstLow.replace(with: other.firstLow, where: isBetter)
      firstHigh.replace(with: other.firstHigh, where: isBetter)
      lastLow.replace(with: other.lastLow, where: isBetter)
      lastHigh.replace(with: other.lastHigh, where: isBetter)
    }

    /// Where it is beaten by another outright.
    @inline(__always)
    func isWorse(than other: Best) -> SIMDMask<SIMD4<Int32>> {
      (firstLow .> other.firstLow) .& (firstHigh .> other.firstHigh)
        .& (lastLow .> other.lastLow) .& (lastHigh .> other.lastHigh)
    }
  }

  private let slack: SIMD4<Int32>
  /// By price at the first and the last weight; no level matters.
  private var cheapestFirst = SIMD2<Int32>(repeating: .max)
  private var cheapestLast = SIMD2<Int32>(repeating: .max)
  /// Minutes of the earliest, and its price at the first and the last weight.
  private var earliest = SIMD4<Int32>(repeating: .max)
  private var earliestFirst = SIMD4<Int32>(repeating: .max)
  private var earliestLast = SIMD4<Int32>(repeating: .max)
  /// The best at the first weight, and at the last.
  private var first = Best()
  private var last = Best()

  init(slack: Int32) { self.slack = SIMD4(repeating: slack) }

  /// Lets a candidate compete, if no parcel of the cell is refused.
  ///
  /// - Parameters:
  ///   - sum: of ``CompactSums``.
  ///   - times: of its promises.
  @inline(__always)
  mutating func add(_ sum: SIMD4<Int32>, _ times: Times) {
    guard CompactSums.isSold(sum) else { return }
    let most = sum.highHalf
    if most[0] < cheapestFirst[0] { cheapestFirst = most }
    if most[1] < cheapestLast[1] { cheapestLast = most }
    let atFirst = SIMD4(repeating: most[0])
    let atLast = SIMD4(repeating: most[1])
    let isEarlier =
      (times.minutes .< earliest) .| ((times.minutes .== earliest) .& (atLast .< earliestLast))
    earliest.replace(with: times.minutes, where: isEarlier)
    earliestFirst.replace(with: atFirst, where: isEarlier)
    earliestLast.replace(with: atLast, where: isEarlier)
    let (low, high) = (times.low &+ slack, times.high &+ slack)
    let own = Best(
      firstLow: atFirst &+ low, firstHigh: atFirst &+ high, lastLow: atLast &+ low,
      lastHigh: atLast &+ high)
    first.take(own, where: own.firstLow .< first.firstLow)
    last.take(own, where: own.lastLow .< last.lastLow)
  }

  /// Whether at some of the levels none of them beats a candidate in all three respects.
  @inline(__always)
  func mayBeBeaten(
    by sum: SIMD4<Int32>, _ times: Times, _ levels: SIMDMask<SIMD4<Int32>>
  ) -> Bool {
    let least = sum.lowHalf
    guard all(cheapestFirst .< least) || all(cheapestLast .< least) else { return true }
    let atFirst = SIMD4(repeating: least[0])
    let atLast = SIMD4(repeating: least[1])
    let isLate =
      (times.minutes .> earliest)
      .| ((times.minutes .== earliest) .& (earliestFirst .< atFirst) .& (earliestLast .< atLast))
    let own = Best(
      firstLow: atFirst &+ times.low, firstHigh: atFirst &+ times.high,
      lastLow: atLast &+ times.low, lastHigh: atLast &+ times.high)
    let isWorse = own.isWorse(than: first) .| own.isWorse(than: last)
    return any(levels .& .!(isLate .& isWorse))
  }
}
