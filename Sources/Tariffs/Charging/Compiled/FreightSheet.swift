public import LogisticsModel

/// Freight prices for the hot path: the same as ``PriceList`` on one tender date and in one currency, at a fraction of its cost and
/// without its reasons.
///
/// Made once for a bundle, a tender date and a quote currency; a parcel is prepared once (``prepare(_:)``) and then priced for one
/// class (``price(_:of:)``) or many (``prices(of:classes:into:)``). Neither allocates, locks or counts references, and any number
/// of threads may share a sheet: it never changes. For the reason of a refusal ask ``PriceList`` or
/// ``Tariff/outcome(for:parcel:on:in:)``.
public final class FreightSheet: Sendable {
  /// Tender date.
  public let date: CivilDate
  /// Currency of all prices.
  public let currency: Currency
  /// Number of price classes.
  public var count: Int { tables.rows.count }

  let tables: FreightTables
  private let declaredCurrencies: [Currency]
  private let valueSlots: Int

  /// Compiles what is valid on a day.
  ///
  /// - Parameters:
  ///   - tariff: the rules.
  ///   - classes: the price classes of a network under these rules.
  ///   - date: the civil date of the ready time at the origin.
  ///   - currency: the quote's currency.
  /// - Complexity: O(classes x rules of a class + bands x classes of a card + currencies²), a millisecond for the world network.
  public init(
    _ tariff: Tariff, _ classes: PriceClassTable, on date: CivilDate, in currency: Currency
  ) {
    self.date = date
    self.currency = currency
    let compiler = FreightCompiler(tariff, classes, on: date, in: currency)
    tables = FreightTables(compiler)
    declaredCurrencies = compiler.declaredCurrencies
    valueSlots = tariff.cards.valueCurrencies.count
  }

  deinit { tables.free() }

  /// Bytes held by the compiled tables.
  public var memory: Int {
    tables.memory + declaredCurrencies.count * MemoryLayout<Currency>.stride
  }

  /// Makes a parcel ready for this sheet; it fits no other.
  ///
  /// - Complexity: O(currencies of value bands), and O(currencies with rates) for an unusual currency.
  public func prepare(_ parcel: Parcel) -> FreightParcel {
    var values = FreightParcel.Values(repeating: FreightParcel.noValue)
    var from: Int32 = -1
    if valueSlots > 0, let declared = parcel.declaredValue {
      from = position(of: declared.currency)
      if from >= 0 {
        for slot in 0..<min(valueSlots, FreightParcel.Values.count) {
          values[slot] = tables.value(declared.minorUnits, from: from, slot: Int32(slot))
        }
      }
    }
    return FreightParcel(parcel, declaredCurrency: from, values: values)
  }

  private func position(of currency: Currency) -> Int32 {
    for position in declaredCurrencies.indices where declaredCurrencies[position] == currency {
      return Int32(truncatingIfNeeded: position)
    }
    return -1
  }

  /// The price of a class in minor units of ``currency``, 0 where another leg pays; -1: not sold to this parcel.
  ///
  /// - Precondition: `priceClass` is within 0..<``count``.
  public func price(_ priceClass: Int32, of parcel: FreightParcel) -> Int64 {
    precondition(priceClass >= 0 && priceClass < count, "a price class the sheet lacks")
    return tables.price(priceClass, of: parcel)
  }
}
