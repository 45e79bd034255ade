public import LogisticsModel

/// Which sums of price classes never charge more than which others, whatever the parcel.
///
/// Two arguments are used. *Class by class*: a class is no dearer than another when every parcel that one takes it
/// takes too, and asks no more of it in the same currency before rounding; rounding and conversion are monotone, so
/// the order then holds in every currency of a quote. *Line by line*: classes that charge along a line of the
/// chargeable weight have a ``ChargeBracket``, by which sums of different classes are compared.
///
/// All of it is partial and errs to "not known": a search that drops itineraries by it keeps every one that is the
/// cheapest for some parcel.
public struct ChargeOrder: Sendable {
  /// Number of price classes.
  public let count: Int

  private let wordsPerRow: Int
  /// Bit `b` of row `a`: a is no dearer than b.
  private let noDearer: [UInt64]
  /// By goods class, then by price class; nil where the class refuses all such goods.
  private let brackets: [ChargeBracket?]

  /// Goods classes, one bit each by raw value.
  public static let allGoods: UInt64 = GoodsClass.allCases.reduce(0) {
    $0 | 1 << UInt64($1.rawValue)
  }

  /// Compares all price classes of a tariff, in one currency and for some ready dates.
  ///
  /// - Complexity: O(classes² x bands): some 30 ms for 400 classes
  public init(
    _ tariff: Tariff, _ classes: PriceClassTable, in currency: Currency,
    on dates: ClosedRange<CivilDate>
  ) {
    count = classes.count
    wordsPerRow = (count + 63) / 64
    var bits = [UInt64](repeating: 0, count: count * wordsPerRow)
    for cheap in 0..<count {
      for dear in 0..<count
      where cheap == dear
        || ChargeOrder.isNoDearer(classes.entries[cheap], than: classes.entries[dear], tariff)
      {
        bits[cheap * wordsPerRow + dear / 64] |= 1 << UInt64(dear % 64)
      }
    }
    noDearer = bits
    brackets = GoodsClass.allCases.flatMap { goods in
      let bracketing = ChargeBracketing(
        tariff: tariff, goods: goods, currency: currency, dates: dates)
      return classes.entries.map { bracketing.isRefused($0) ? nil : bracketing.bracket($0) }
    }
  }

  /// Whether the first class never charges more than the second, and takes every parcel that one takes.
  public func isNoDearer(_ cheap: Int32, than dear: Int32) -> Bool {
    noDearer[Int(cheap) * wordsPerRow + Int(dear) / 64] >> UInt64(dear % 64) & 1 == 1
  }

  /// Goods classes of which a class takes some parcel, one bit each.
  public func goods(takenBy position: Int32) -> UInt64 {
    GoodsClass.allCases.enumerated().reduce(0) { taken, item in
      bracket(position, item.offset) == nil ? taken : taken | 1 << UInt64(item.element.rawValue)
    }
  }

  /// The goods classes of which the first sum never costs any parcel more than the second, and takes all that one takes.
  ///
  /// - Complexity: O(classes² of both lists)
  public func goods(where cheap: [Int32], areNoDearerThan dear: [Int32]) -> UInt64 {
    if isMatched(cheap, dear) { return ChargeOrder.allGoods }
    var answer: UInt64 = 0
    for (position, goods) in GoodsClass.allCases.enumerated() {
      if let most = greatestExcess(of: cheap, over: dear, position), most <= 0 {
        answer |= 1 << UInt64(goods.rawValue)
      }
    }
    return answer
  }

  private func bracket(_ position: Int32, _ goods: Int) -> ChargeBracket? {
    brackets[goods * count + Int(position)]
  }

  /// Whether every class on the left finds a class of its own on the right that it is no dearer than.
  private func isMatched(_ left: [Int32], _ right: [Int32]) -> Bool {
    guard left.count <= right.count else { return false }
    var right = right
    // Those with the fewest partners choose first; a matching that is missed so counts as "not known".
    let partners = left.map { own in right.filter { isNoDearer(own, than: $0) } }
    for choices in partners.sorted(by: { $0.count < $1.count }) {
      guard let taken = choices.first(where: { right.contains($0) }),
        let at = right.firstIndex(of: taken)
      else { return false }
      right.remove(at: at)
    }
    return true
  }

  /// The most by which the left may exceed the right for any parcel; nil: not known, or without bound.
  private func greatestExcess(of left: [Int32], over right: [Int32], _ goods: Int) -> Int64? {
    var others = right
    var sum = LineSum()
    for own in left {
      if let bracket = bracket(own, goods), let upper = bracket.upper,
        isGranted(bracket.conditions, right, goods)
      {
        sum.add(upper, divisor: bracket.divisor, sign: 1)
      } else if let at = others.firstIndex(where: { isNoDearer(own, than: $0) }) {
        others.remove(at: at)
      } else {
        return nil
      }
    }
    for other in others {
      if let bracket = bracket(other, goods) {
        sum.add(bracket.lower, divisor: bracket.divisor, sign: -1)
      }
    }
    return sum.greatest
  }

  /// Whether parcels refused by the conditions are refused by one of the classes too.
  private func isGranted(_ conditions: [Int32], _ classes: [Int32], _ goods: Int) -> Bool {
    conditions.allSatisfy { condition in
      classes.contains { bracket($0, goods)?.conditions.contains(condition) ?? false }
    }
  }

  private static func isNoDearer(
    _ cheap: PriceClassTable.Entry, than dear: PriceClassTable.Entry, _ tariff: Tariff
  ) -> Bool {
    guard cheap.unknownCard == nil, Set(cheap.restrictions).isSubset(of: dear.restrictions) else {
      return false
    }
    guard let cheapFamily = cheap.family else { return true }
    // Equal surcharges: a percentage of a smaller base is smaller, everything else is the same.
    guard let dearFamily = dear.family, cheap.surcharges == dear.surcharges else { return false }
    if cheapFamily == dearFamily { return true }
    let book = tariff.cards
    let offers = book.families[Int(cheapFamily)].variants.map { book.variants[$0] }
    return book.families[Int(dearFamily)].variants.allSatisfy { position in
      let variant = book.variants[position]
      return offers.indices.contains { chosen in
        // A parcel that two variants take is refused by both, so no other may want it too.
        offers[chosen].isNoDearer(than: variant)
          && offers.indices.allSatisfy { rival in
            rival == chosen || !offers[rival].mayMeet(variant)
              || offers[rival].isApart(from: offers[chosen])
          }
      }
    }
  }
}
