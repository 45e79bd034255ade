import LogisticsModel
import Tariffs

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

  /// Bytes held of signatures met.
  var memory: Int { cells.count * MemoryLayout<SIMD4<Int32>>.stride + 4 * placeOf.count }

  /// Forgets all signatures met.
  mutating func forget() {
    cells = []
    placeOf = []
    alike = []
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
        if isAlike { alike |= CompactSums.pair(goods, other) }
      }
    }
    self.alike.append(alike)
    return place
  }

  /// Whether the signature at a place charges two goods classes alike, the first of the greater number.
  @inline(__always)
  func chargesAlike(at place: Int, _ goods: Int, _ other: Int) -> Bool {
    alike[place / Shortlisting.cellCount] & CompactSums.pair(goods, other) != 0
  }

  /// The bit of two goods classes, the first of the greater number.
  @inline(__always)
  private static func pair(_ goods: Int, _ other: Int) -> UInt16 {
    1 << UInt16(goods * Shortlisting.goodsCount + other)
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
