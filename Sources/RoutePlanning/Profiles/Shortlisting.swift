import LogisticsModel
import Tariffs

/// Which candidates of a row can win a tier for a compact parcel, by goods class and weight band.
///
/// A row holds whatever some parcel may want; of a parcel known to weigh, say, between 250 and 500 g only a handful
/// of them can be the cheapest, the fastest or the best for the value of an hour. A candidate is left off the list of
/// a cell when for each of the three it is beaten outright, at every weight of the cell, by another that takes every
/// parcel of it:
///
/// - by price: the other's greatest charge is below its least at both ends of the band, hence between them too;
/// - by promise: the other is promised earlier, or as early and beats it by price;
/// - by price and hours: sixty times the price plus the value of an hour times the minutes, at both ends of the band
///   and for the least and the greatest value of an hour.
///
/// All are strict, so ties are left to the look-up. Whoever beats is beaten only by somebody better still, so the
/// winners are on the list; that holds of one who is not needed at a level too, for somebody who is needed costs no
/// more and is there no later. One list serves all levels.
///
/// The value remembers charges; make one for each thread.
struct Shortlisting {
  /// Goods classes times weight bands, a constant where lists are read.
  @inline(__always)
  static var cellCount: Int { 4 * WeightBands.count }

  /// The cell of a compact parcel.
  @inline(__always)
  static func cell(_ goods: GoodsClass, band: Int) -> Int {
    goods.rawValue &* WeightBands.count &+ band
  }

  /// For each cell one bit for each candidate; cells with the same list share it.
  struct Lists: Hashable {
    /// By cell: position of its list.
    var ofCell: [UInt8]
    /// Words of each list.
    var words: Int
    /// List after list.
    var bits: [UInt64]
  }

  private let scope: BundleChargeScope
  private let charges: CompactCharges
  /// Values of an hour on all tender dates.
  private let hourValues: ClosedRange<Int64>
  /// By charge class, then by cell; empty: not known yet.
  private var known: [[CompactCharges.Ends]]

  /// Prepares for a scope; nil where some value of an hour is none the look-up works with.
  init?(_ scope: BundleChargeScope, _ charges: CompactCharges, hourValues: [Int64]) {
    guard let least = hourValues.min(), let greatest = hourValues.max(), least >= 0 else {
      return nil
    }
    self.scope = scope
    self.charges = charges
    self.hourValues = least...greatest
    known = Array(repeating: [], count: scope.classes.count)
  }

  /// The lists of a row.
  ///
  /// - Parameters:
  ///   - candidates: the row.
  ///   - members: charge classes of a signature.
  /// - Returns: the lists; nil for a row of no candidates.
  /// - Complexity: O(cells x candidates)
  mutating func lists(
    of candidates: [Candidate], members: (Int32) -> ArraySlice<Int32>
  ) -> Lists? {
    guard !candidates.isEmpty else { return nil }
    let words = (candidates.count + 63) / 64
    let sums = sums(of: candidates, members)
    let minutes = candidates.map { SIMD4<Int64>(truncatingIfNeeded: $0.promises) }
    var lists = Lists(ofCell: [], words: words, bits: [])
    let twins = twins(candidates, sums)
    for cell in 0..<Shortlisting.cellCount {
      let goods = cell / WeightBands.count
      if twins[goods] < goods {
        // Most tariffs tell few goods apart.
        lists.ofCell.append(lists.ofCell[cell - (goods - twins[goods]) * WeightBands.count])
        continue
      }
      let first = cell * candidates.count
      var rivals = Rivals(hourValue: hourValues.lowerBound)
      for position in candidates.indices {
        rivals.add(sums[first + position].most, minutes[position])
      }
      var list = [UInt64](repeating: 0, count: words)
      for position in candidates.indices {
        let levels = levels(of: candidates[position], goods)
        if any(levels),
          rivals.mayBeBeaten(
            by: sums[first + position].least, minutes[position], levels, hourValues)
        {
          list[position / 64] |= 1 << UInt64(position % 64)
        }
      }
      let place = stride(from: 0, to: lists.bits.count, by: words)
        .first { lists.bits[$0..<$0 + words].elementsEqual(list) }
      lists.ofCell.append(UInt8((place ?? lists.bits.count) / words))
      if place == nil { lists.bits += list }
    }
    return lists
  }

  /// The levels at which a candidate is needed for a goods class.
  @inline(__always)
  private func levels(of candidate: Candidate, _ goods: Int) -> SIMDMask<SIMD4<Int64>> {
    var bits = SIMD4<UInt64>(repeating: candidate.needed &>> UInt64(goods))
    bits &>>= SIMD4(
      0, UInt64(scope.cellCount), UInt64(2 * scope.cellCount), UInt64(3 * scope.cellCount))
    return (bits & 1) .== SIMD4(repeating: 1)
  }

  /// By goods class: the first that all candidates charge and are needed for alike.
  private func twins(_ candidates: [Candidate], _ sums: [CompactCharges.Ends]) -> [Int] {
    let size = WeightBands.count * candidates.count
    return GoodsClass.allCases.indices.map { goods in
      (0..<goods).first { other in
        sums[goods * size..<(goods + 1) * size]
          .elementsEqual(sums[other * size..<(other + 1) * size])
          && candidates.allSatisfy { levels(of: $0, goods) == levels(of: $0, other) }
      } ?? goods
    }
  }

  /// By cell, then by candidate.
  private mutating func sums(
    of candidates: [Candidate], _ members: (Int32) -> ArraySlice<Int32>
  ) -> [CompactCharges.Ends] {
    var sums = [CompactCharges.Ends](
      repeating: .free, count: Shortlisting.cellCount * candidates.count)
    for (position, candidate) in candidates.enumerated() {
      for charge in members(candidate.signature) {
        if known[Int(charge)].isEmpty { learn(charge) }
        for cell in 0..<Shortlisting.cellCount {
          sums[cell * candidates.count + position] += known[Int(charge)][cell]
        }
      }
    }
    return sums
  }

  private mutating func learn(_ charge: Int32) {
    let own = scope.classes[Int(charge)]
    known[Int(charge)] = charges.ends(of: own.price).enumerated().map { cell, ends in
      let weights = WeightBands.weights(of: cell % WeightBands.count)
      guard own.goods >> UInt64(cell / WeightBands.count) & 1 == 1,
        own.greatestWeight >= weights.lowerBound
      else { return .refused }
      return own.greatestWeight < min(weights.upperBound, scope.greatestWeight)
        ? ends.uncertain : ends
    }
  }
}

/// The strongest of a cell's candidates that take every parcel of it, level by level.
private struct Rivals {
  /// One for each level.
  private struct Best {
    var rank = SIMD4<Int64>(repeating: .max)
    var first = SIMD4<Int64>(repeating: CompactCharges.beyond)
    var last = SIMD4<Int64>(repeating: CompactCharges.beyond)
    var minutes = SIMD4<Int64>(repeating: 0)

    @inline(__always)
    mutating func take(_ rank: SIMD4<Int64>, _ most: SIMD2<Int64>, _ minutes: SIMD4<Int64>) {
      let isBetter = rank .< self.rank
      self.rank.replace(with: rank, where: isBetter)
      first.replace(with: most[0], where: isBetter)
      last.replace(with: most[1], where: isBetter)
      self.minutes.replace(with: minutes, where: isBetter)
    }
  }

  private let hourValue: Int64
  /// By price at the first and the last weight; no level matters.
  private var cheapest = (first: SIMD2<Int64>(repeating: .max), last: SIMD2<Int64>(repeating: .max))
  private var earliest = Best()
  /// By price and hours at the first and the last weight.
  private var best = (first: Best(), last: Best())

  /// A minute counts more than any price that is not beyond all; sums stay within 64 bits.
  private static var minute: Int64 { CompactCharges.beyond }

  init(hourValue: Int64) { self.hourValue = hourValue }

  @inline(__always)
  mutating func add(_ most: SIMD2<Int64>, _ minutes: SIMD4<Int64>) {
    if any(most .>= CompactCharges.beyond) { return }
    if most[0] < cheapest.first[0] { cheapest.first = most }
    if most[1] < cheapest.last[1] { cheapest.last = most }
    earliest.take(minutes &* Rivals.minute &+ most.max(), most, minutes)
    let hours = minutes &* hourValue
    best.first.take(hours &+ most[0] &* 60, most, minutes)
    best.last.take(hours &+ most[1] &* 60, most, minutes)
  }

  /// Whether at some of the levels none of them beats a candidate in all three respects.
  @inline(__always)
  func mayBeBeaten(
    by least: SIMD2<Int64>, _ minutes: SIMD4<Int64>, _ levels: SIMDMask<SIMD4<Int64>>,
    _ hourValues: ClosedRange<Int64>
  ) -> Bool {
    guard all(cheapest.first .< least) || all(cheapest.last .< least) else { return true }
    let isDearer = (earliest.first .< least[0]) .& (earliest.last .< least[1])
    let isLate =
      (minutes .> earliest.minutes) .| ((minutes .== earliest.minutes) .& isDearer)
    let isKnown = earliest.rank .< Int64.max
    let isWorse =
      Rivals.isWorse(least, minutes, best.first, hourValues)
      .| Rivals.isWorse(least, minutes, best.last, hourValues)
    return any(levels .& .!(isKnown .& isLate .& isWorse))
  }

  @inline(__always)
  private static func isWorse(
    _ least: SIMD2<Int64>, _ minutes: SIMD4<Int64>, _ best: Best, _ values: ClosedRange<Int64>
  ) -> SIMDMask<SIMD4<Int64>> {
    let late = minutes &- best.minutes
    let cheap = late &* values.lowerBound
    let dear = late &* values.upperBound
    let first = (SIMD4(repeating: least[0]) &- best.first) &* 60
    let last = (SIMD4(repeating: least[1]) &- best.last) &* 60
    return ((first &+ cheap) .> 0) .& ((first &+ dear) .> 0) .& ((last &+ cheap) .> 0)
      .& ((last &+ dear) .> 0)
  }
}
