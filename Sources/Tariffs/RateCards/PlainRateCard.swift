/// A rate card of the plain network (the `conformance` command): one row per weight band, whole cents.
///
/// Rows are ordered by (upto, base, unit, cents per unit); the first row with weight <= upto applies:
/// `base + ceil(weight / unit) * cents`. No such row: the weight is not sold.
///
///     let card = PlainRateCard(rows: [.init(uptoGrams: 2000, baseCents: 300, unitGrams: 100, unitCents: 40)])
///     try card.price(grams: 1250)  // 300 + 13 * 40 = 820
///     try card.price(grams: 2001)  // nil: not sold
///
/// Not offered: volumetric weight, surcharges, currencies. Those belong to ``RateCardBook``.
public struct PlainRateCard: Hashable, Sendable {
  /// One weight band.
  public struct Row: Hashable, Comparable, Sendable {
    /// Greatest weight of the band, included.
    public let uptoGrams: Int64
    /// Fixed part of the price.
    public let baseCents: Int64
    /// Grams that are charged as one unit, at least 1; a started unit counts.
    public let unitGrams: Int64
    /// Price of one unit.
    public let unitCents: Int64

    /// Makes a row.
    public init(uptoGrams: Int64, baseCents: Int64, unitGrams: Int64, unitCents: Int64) {
      self.uptoGrams = uptoGrams
      self.baseCents = baseCents
      self.unitGrams = unitGrams
      self.unitCents = unitCents
    }

    /// Orders by (upto, base, unit, cents per unit), the order in which rows are tried.
    public static func < (left: Row, right: Row) -> Bool {
      (left.uptoGrams, left.baseCents, left.unitGrams, left.unitCents)
        < (right.uptoGrams, right.baseCents, right.unitGrams, right.unitCents)
    }
  }

  /// The price of a weight does not fit 64 bits.
  public struct Overflow: Error, Hashable, Sendable {
    /// The weight asked for.
    public let grams: Int64
    /// The row that applies to it.
    public let row: Row
  }

  /// The rows in the order they are tried.
  public let rows: [Row]

  /// Orders `rows`, given in any order.
  ///
  /// - Precondition: every unit is at least 1 gram and no weight is negative (the loader refuses others).
  public init(rows: [Row]) {
    precondition(
      rows.allSatisfy { $0.unitGrams > 0 }, "a rate row with a unit of less than one gram")
    self.rows = rows.sorted()
  }

  /// The price in cents, or nil where no row covers the weight.
  ///
  /// - Complexity: O(log rows)
  /// - Throws: ``Overflow`` when the sum does not fit; the price is never wrapped.
  public func price(grams: Int64) throws(Overflow) -> Int64? {
    precondition(grams >= 0, "a negative weight")
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].uptoGrams < grams { low = middle + 1 } else { high = middle }
    }
    guard low < rows.count else { return nil }
    let row = rows[low]
    let units = grams / row.unitGrams + (grams % row.unitGrams == 0 ? 0 : 1)
    let (variable, tooLarge) = units.multipliedReportingOverflow(by: row.unitCents)
    guard !tooLarge else { throw Overflow(grams: grams, row: row) }
    let (price, tooLargeSum) = row.baseCents.addingReportingOverflow(variable)
    guard !tooLargeSum else { throw Overflow(grams: grams, row: row) }
    return price
  }
}
