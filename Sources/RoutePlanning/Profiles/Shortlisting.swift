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
/// One that some ready minute of the row boards too late beats nobody. All are strict, so ties are left to the look-up.
/// Whoever beats is beaten only by somebody better still, so the winners are on the list; that holds of one who is not
/// needed at a level too, for somebody who is needed costs no more and is there no later. One list serves all levels.
///
/// The value remembers what signatures cost; make one for each thread, for signatures of one kind.
struct Shortlisting {
  /// Goods classes there are; a constant, since lists are read by it where every instruction counts.
  @inline(__always)
  static var goodsCount: Int { 4 }

  /// Goods classes times weight bands.
  @inline(__always)
  static var cellCount: Int { goodsCount * WeightBands.count }

  /// Of what a candidate is needed for (a bit for each goods class, level after level): the first class at each level.
  @inline(__always)
  private static var everyLevel: SIMD4<Int32> {
    SIMD4(1, 1 &<< Int32(goodsCount), 1 &<< Int32(2 * goodsCount), 1 &<< Int32(3 * goodsCount))
  }

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

  private var sums: CompactSums
  private let hours: HourScale
  /// The row at hand, and who of it takes part in the cell at hand.
  private var entrants: [Entrant] = []
  private var contestants: [Int] = []

  /// A candidate at all cells.
  private struct Entrant {
    /// Where its sums lie.
    let place: Int
    let times: Rivals.Times
    /// Whether it is there for every ready minute of the row.
    let isSafe: Bool
    /// Levels and goods classes it is needed for.
    let needed: UInt64
  }

  /// Prepares for a scope; nil where some value of an hour is none the look-up works with.
  init?(_ scope: BundleChargeScope, _ charges: CompactCharges, hourValues: [Int64]) {
    guard let least = hourValues.min(), let greatest = hourValues.max(), least >= 0,
      let hours = HourScale(least...greatest)
    else { return nil }
    self.hours = hours
    sums = CompactSums(scope, charges, hours)
  }

  /// Bytes held of signatures met.
  var memory: Int { sums.memory }

  /// Forgets the signatures met: others are numbered from now on.
  mutating func forget() { sums.forget() }

  /// The lists of a row.
  ///
  /// **Going on with old lists.** Who was left off a list loses to somebody on it, in every cell and at every level,
  /// even if he was not needed at a level for the sake of one who is gone: that one lost to somebody on it too. So where
  /// all on the old list of a cell are still there as they were, only they and those who are new compete.
  ///
  /// - Parameters:
  ///   - candidates: the row; those that stand from before have their position in the old row, inverted, for a label.
  ///   - since: the minute from which hours are counted, not after any promise and not long before.
  ///   - safeBoarding: boarding up to here is allowed for every ready minute of the row.
  ///   - old: lists of the old row; nil: there are none.
  ///   - members: charge classes of a signature.
  /// - Returns: the lists; nil for a row of no candidates, or with promises that no block holds.
  /// - Complexity: O(cells x candidates)
  mutating func lists(
    of candidates: [Candidate], since: Int32, safeBoarding: Int32, after old: Lists? = nil,
    members: (Int32) -> ArraySlice<Int32>
  ) -> Lists? {
    guard !candidates.isEmpty else { return nil }
    entrants.removeAll(keepingCapacity: true)
    for candidate in candidates {
      let promises = candidate.promises &- SIMD4(repeating: since)
      guard promises.min() >= 0, promises.max() <= BlockLayout.greatestPromise else { return nil }
      entrants.append(
        Entrant(
          place: sums.place(of: candidate.signature, members),
          times: hours.times(promises),
          isSafe: candidate.lastBoarding <= safeBoarding, needed: candidate.needed))
    }
    let words = (candidates.count + 63) / 64
    var lists = Lists(ofCell: [], words: words, bits: [])
    lists.ofCell.reserveCapacity(Shortlisting.cellCount)
    var list = [UInt64](repeating: 0, count: words)
    let twins = twins
    let standing = old.map { StandingLists($0, candidates) }
    for cell in 0..<Shortlisting.cellCount {
      let goods = cell / WeightBands.count
      if twins[goods] < goods {
        // Most tariffs tell few goods apart.
        lists.ofCell.append(lists.ofCell[cell - (goods - twins[goods]) * WeightBands.count])
        continue
      }
      contestants.removeAll(keepingCapacity: true)
      if standing?.list(contestants: &contestants, ofCell: cell) != true {
        contestants.removeAll(keepingCapacity: true)
        contestants += entrants.indices
      }
      fill(&list, cell, goods)
      let place = stride(from: 0, to: lists.bits.count, by: words)
        .first { first in list.indices.allSatisfy { lists.bits[first + $0] == list[$0] } }
      lists.ofCell.append(UInt8((place ?? lists.bits.count) / words))
      if place == nil { lists.bits += list }
    }
    return lists
  }

  private func fill(_ list: inout [UInt64], _ cell: Int, _ goods: Int) {
    var rivals = Rivals(slack: hours.slack)
    for position in contestants where entrants[position].isSafe {
      rivals.add(sums.cells[entrants[position].place + cell], entrants[position].times)
    }
    for word in list.indices { list[word] = 0 }
    for position in contestants {
      let entrant = entrants[position]
      let sum = sums.cells[entrant.place + cell]
      if CompactSums.isRefused(sum) { continue }
      let levels = levels(of: entrant, goods)
      if any(levels), rivals.mayBeBeaten(by: sum, entrant.times, levels) {
        list[position / 64] |= 1 << UInt64(position % 64)
      }
    }
  }

  /// The levels at which a candidate is needed for a goods class.
  @inline(__always)
  private func levels(of entrant: Entrant, _ goods: Int) -> SIMDMask<SIMD4<Int32>> {
    let bits = Int32(truncatingIfNeeded: entrant.needed &>> UInt64(goods))
    return (SIMD4(repeating: bits) & Shortlisting.everyLevel) .!= SIMD4()
  }

  /// By goods class: the first that all candidates charge and are needed for alike.
  private var twins: [Int] {
    GoodsClass.allCases.indices.map { goods in
      (0..<goods).first { other in
        entrants.allSatisfy {
          levels(of: $0, goods) == levels(of: $0, other)
            && sums.chargesAlike(at: $0.place, goods, other)
        }
      } ?? goods
    }
  }
}

/// What of a row's old lists can be gone on with.
private struct StandingLists {
  private let old: Shortlisting.Lists
  /// By position in the old row: that in the new one; negative: gone.
  private var now: [Int]
  /// Those who are new.
  private var new: [Int] = []

  init(_ old: Shortlisting.Lists, _ candidates: [Candidate]) {
    self.old = old
    now = Array(repeating: -1, count: old.words * 64)
    for (position, candidate) in candidates.enumerated() {
      if candidate.label < 0 { now[Int(~candidate.label)] = position } else { new.append(position) }
    }
  }

  /// Lists who competes in a cell; false where somebody on its old list is gone.
  func list(contestants: inout [Int], ofCell cell: Int) -> Bool {
    let first = Int(old.ofCell[cell]) * old.words
    for word in 0..<old.words {
      var rest = old.bits[first + word]
      while rest != 0 {
        let position = now[word * 64 + rest.trailingZeroBitCount]
        if position < 0 { return false }
        contestants.append(position)
        rest &= rest &- 1
      }
    }
    contestants += new
    return true
  }
}
