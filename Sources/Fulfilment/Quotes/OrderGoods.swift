public import LogisticsModel

/// What the lines of an order say of the parcel they travel in.
public enum OrderGoods {
  /// The goods class of a parcel that holds these lines.
  ///
  /// Batteries and liquids decide for the whole parcel, and no parcel may hold both. Otherwise it is `textile` where
  /// every line is, else `general`. A class that was asked for stands if it covers every line: `battery` and `liquid`
  /// cover general goods too, `textile` covers textiles only, `general` covers textiles (whatever takes general goods
  /// takes them).
  /// - Parameters:
  ///   - asked: the class the request names; nil: the lines decide.
  ///   - lines: the lines; one that names no class fits any parcel.
  /// - Returns: the class that decides which legs take the parcel.
  /// - Throws: a ``RequestFault`` (`TW-REQ-035`) that names the lines at odds.
  public static func parcelClass(
    asked: GoodsClass?, lines: [OrderLine]
  ) throws(RequestFault) -> GoodsClass {
    var decisive: (line: Int, goods: GoodsClass)?
    for (index, line) in lines.enumerated() {
      guard let goods = line.goods, goods == .battery || goods == .liquid else { continue }
      if let other = decisive, other.goods != goods {
        throw RequestFault(
          code: OrderLineText.classesDisagree,
          message: "line \(other.line + 1) is \(other.goods.word) and line \(index + 1) "
            + "\(goods.word): no goods class covers both",
          advice: "send them as two parcels")
      }
      decisive = decisive ?? (index, goods)
    }
    guard let asked else {
      if let decisive { return decisive.goods }
      return !lines.isEmpty && lines.allSatisfy { $0.goods == .textile } ? .textile : .general
    }
    let odd =
      decisive.map { $0.goods == asked ? nil : $0.line }
      ?? (asked == .textile ? lines.firstIndex { $0.goods == .general } : nil)
    if let odd, let goods = lines[odd].goods {
      throw RequestFault(
        code: OrderLineText.classesDisagree,
        message: "line \(odd + 1) is \(goods.word) and does not go as \(asked.word)",
        advice: "leave --goods out and the lines decide, or send it as a parcel of its own")
    }
    return asked
  }

  /// Whether lines may travel as a class.
  static func permits(_ goods: GoodsClass, _ lines: [OrderLine]) -> Bool {
    (try? parcelClass(asked: goods, lines: lines)) != nil
  }

  /// The sum of the lines where they share a currency; nil where they do not, or there are none.
  ///
  /// Cannot overflow: a line is at most ``LogisticsModel/OrderLine/greatestTotal``, an order at most
  /// ``OrderLineText/greatestCount`` lines.
  public static func value(_ lines: [OrderLine]) -> Money? {
    guard let currency = lines.first?.total.currency,
      lines.allSatisfy({ $0.total.currency == currency })
    else { return nil }
    return Money(minorUnits: lines.reduce(0) { $0 + $1.total.minorUnits }, currency)
  }
}
