public import LogisticsModel
import Synchronization

/// Between which straight lines in the weight a price class charges compact parcels, band by band.
///
/// Found by pricing every weight once on every sheet, so nothing is assumed of how a tariff is written: bands, steps,
/// rounding and a change of rates within the days are in the distance of the two lines. As lines add up, the ends of
/// a band tell of two sums of classes which one is the cheaper throughout.
///
/// Classes are priced when first asked for, once for all threads.
public final class CompactCharges: Sendable {
  /// What a class charges at the first and the last weight of a band, in minor units.
  public struct Ends: Hashable, Sendable {
    /// At least, at the first weight and at the last.
    public var least: SIMD2<Int64>
    /// At most; ``beyond`` or more: some parcels are refused.
    public var most: SIMD2<Int64>

    /// No charge.
    public static let free = Ends(least: SIMD2(), most: SIMD2())
    /// Refuses every parcel.
    public static let refused = Ends(
      least: SIMD2(repeating: CompactCharges.beyond),
      most: SIMD2(repeating: CompactCharges.beyond))

    /// Sums over the classes of an itinerary; they stay far from overflow.
    public static func += (left: inout Ends, right: Ends) {
      left.least &+= right.least
      left.most &+= right.most
    }

    /// The same where some parcels are refused besides.
    public var uncertain: Ends {
      Ends(least: least, most: SIMD2(repeating: CompactCharges.beyond))
    }
  }

  /// More than any sum of prices that is worked with: what is charged so much at most may be refused.
  public static let beyond: Int64 = 1 << 44
  /// Of a class that charges more, nothing is told.
  private static let greatestPrice: Int64 = 1 << 40

  private let sheets: [FreightSheet]
  private let greatestWeight: Int64
  private let isValued: [Bool]
  /// By price class, then goods class and band; empty: not known yet.
  private let known: Mutex<[[Ends]]>

  /// Prepares for parcels up to a weight.
  ///
  /// - Parameters:
  ///   - tariff: the rules.
  ///   - classes: price classes under them.
  ///   - dates: tender dates that every answer holds for.
  ///   - currency: of all charges.
  ///   - greatestWeight: in grams.
  public init(
    _ tariff: Tariff, _ classes: PriceClassTable, on dates: ClosedRange<CivilDate>,
    in currency: Currency, greatestWeight: Int64
  ) {
    let days = (dates.lowerBound.days...dates.upperBound.days).map { CivilDate(days: Int($0)) }
    let all = FreightSheet.sheets(tariff, classes, on: days, in: currency)
    sheets = zip(days, all).filter { $0.0 == $0.1.date }.map(\.1)
    self.greatestWeight = greatestWeight
    isValued = classes.entries.map { entry in
      entry.family.map { family in
        tariff.cards.families[Int(family)].variants.contains {
          tariff.cards.variants[$0].value != nil
        }
      } ?? false
    }
    known = Mutex(Array(repeating: [], count: classes.count))
  }

  /// The lines of a class by goods class and band, goods class after goods class.
  ///
  /// - Complexity: O(weights x distinct sheets) when first asked
  public func ends(of priceClass: Int32) -> [Ends] {
    let found = known.withLock { $0[Int(priceClass)] }
    if !found.isEmpty { return found }
    let made = priced(priceClass)
    known.withLock { $0[Int(priceClass)] = made }
    return made
  }

  private func priced(_ priceClass: Int32) -> [Ends] {
    if isValued[Int(priceClass)] {
      return Array(
        repeating: Ends.free.uncertain, count: GoodsClass.allCases.count * WeightBands.count)
    }
    // Goods that no rule of the class tells from others are priced once.
    var plain: [Ends] = []
    return GoodsClass.allCases.flatMap { goods -> [Ends] in
      let kind = ParcelKinds(goods, nil)
      let isPlain = sheets.allSatisfy { sheet in
        let row = sheet.tables.rows[priceClass]
        return row.kinds.meets(kind) && Int64(row.weight) >= greatestWeight
      }
      if isPlain, !plain.isEmpty { return plain }
      let own = (0..<WeightBands.count).map { band in
        ends(
          of: priceClass, goods,
          WeightBands.weights(of: band).clamped(to: 1...max(1, greatestWeight)))
      }
      if isPlain { plain = own }
      return own
    }
  }

  private func ends(
    of priceClass: Int32, _ goods: GoodsClass, _ weights: ClosedRange<Int64>
  ) -> Ends {
    func parcel(_ weight: Int64) -> FreightParcel {
      FreightParcel(undeclared: Parcel(weight: Grams(weight), goods: goods))
    }
    let first = sheets[0].tables.price(priceClass, of: parcel(weights.lowerBound))
    let last = sheets[0].tables.price(priceClass, of: parcel(weights.upperBound))
    let isSold = min(first, last) >= 0 && max(first, last) <= CompactCharges.greatestPrice
    // Distances from the line through both ends, times the width of the band; a flat line where one is refused.
    let width = max(1, weights.upperBound - weights.lowerBound)
    let rise = isSold ? last - first : 0
    var least = Int64.max
    var most = Int64.min
    var (sold, refused) = (false, false)
    for weight in weights {
      let parcel = parcel(weight)
      for sheet in sheets {
        let price = sheet.tables.price(priceClass, of: parcel)
        if price > CompactCharges.greatestPrice { return Ends.free.uncertain }
        guard price >= 0 else {
          refused = true
          continue
        }
        sold = true
        let distance = price * width - rise * (weight - weights.lowerBound)
        least = min(least, distance)
        most = max(most, distance)
      }
    }
    guard sold else { return .refused }
    let low = least.flooredQuotient(width)
    let high = -(-most).flooredQuotient(width)
    let ends = Ends(least: SIMD2(low, low + rise), most: SIMD2(high, high + rise))
    return refused ? ends.uncertain : ends
  }
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
