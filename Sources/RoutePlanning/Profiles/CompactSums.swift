import LogisticsModel
import Tariffs

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

/// What compact parcels are charged under a signature, cell by cell of ``Shortlisting``, remembered by signature.
struct CompactSums {
  /// Greatest sum that is told from a greater one.
  private static let limit: Int64 = 1 << 30
  private static let none = Int32.max

  /// Cell after cell for each signature met, on the scale of hours.
  ///
  /// At least at the first and the last weight, then at most at both. The least of a cell all of whose parcels are
  /// refused is none, and so is the most of one some of whose are, or whose price is beyond the limit.
  private(set) var cells: [SIMD4<Int32>] = []
  /// By signature; -1: not met.
  private var placeOf: [Int32] = []
  /// By signature in the order of `cells`: pairs of goods classes charged alike, one bit each.
  private var alike: [UInt16] = []
  private let scope: BundleChargeScope
  private let charges: CompactCharges
  private let shift: Int64
  /// By charge class, then by cell; empty: not known yet.
  private var known: [[CompactCharges.Ends]]

  init(_ scope: BundleChargeScope, _ charges: CompactCharges, _ hours: HourScale) {
    self.scope = scope
    self.charges = charges
    shift = hours.shift
    known = Array(repeating: [], count: scope.classes.count)
  }

  /// Whether every parcel of a cell is refused.
  @inline(__always)
  static func isRefused(_ sum: SIMD4<Int32>) -> Bool { sum[0] == none }

  /// Whether no parcel of a cell is refused.
  @inline(__always)
  static func isSold(_ sum: SIMD4<Int32>) -> Bool { sum[2] != none }

  /// Where among ``cells`` those of a signature begin.
  ///
  /// - Complexity: O(1), or O(cells x members) when first asked
  mutating func place(of signature: Int32, _ members: (Int32) -> ArraySlice<Int32>) -> Int {
    if signature < placeOf.count, placeOf[Int(signature)] >= 0 {
      return Int(placeOf[Int(signature)])
    }
    while placeOf.count <= signature { placeOf.append(-1) }
    let place = cells.count
    placeOf[Int(signature)] = Int32(place)
    let members = members(signature)
    for charge in members where known[Int(charge)].isEmpty { learn(charge) }
    for cell in 0..<Shortlisting.cellCount { cells.append(sum(of: members, cell)) }
    var alike: UInt16 = 0
    for goods in 1..<GoodsClass.allCases.count {
      for other in 0..<goods {
        let isAlike = (0..<WeightBands.count).allSatisfy {
          cells[place + goods * WeightBands.count + $0]
            == cells[place + other * WeightBands.count + $0]
        }
        if isAlike { alike |= 1 << UInt16(goods * 4 + other) }
      }
    }
    self.alike.append(alike)
    return place
  }

  /// Whether the signature at a place charges two goods classes alike, the first of the greater number.
  @inline(__always)
  func chargesAlike(at place: Int, _ goods: Int, _ other: Int) -> Bool {
    alike[place / Shortlisting.cellCount] >> UInt16(goods * 4 + other) & 1 == 1
  }

  private func sum(of members: ArraySlice<Int32>, _ cell: Int) -> SIMD4<Int32> {
    var sum = CompactCharges.Ends.free
    for charge in members {
      let own = known[Int(charge)][cell]
      if own == .refused { return SIMD4(repeating: CompactSums.none) }
      sum += own
    }
    return CompactSums.scaled(sum, shift: shift)
  }

  /// Prices on a scale of hours, those at least rounded down and those at most up.
  static func scaled(_ sum: CompactCharges.Ends, shift: Int64) -> SIMD4<Int32> {
    func least(_ price: Int64) -> Int32 {
      let scaled = (price * 60) >> shift
      // Below all that is told apart nobody is beaten.
      return scaled < -CompactSums.limit ? .min : Int32(min(scaled, CompactSums.limit))
    }
    func most(_ price: Int64) -> Int32 {
      Int32(max(-((-price * 60) >> shift), -CompactSums.limit))
    }
    let isSold = (sum.most.max() * 60) >> shift < CompactSums.limit
    return SIMD4(
      least(sum.least[0]), least(sum.least[1]), isSold ? most(sum.most[0]) : CompactSums.none,
      isSold ? most(sum.most[1]) : CompactSums.none)
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
