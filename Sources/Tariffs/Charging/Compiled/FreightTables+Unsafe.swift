/// The tables of a ``FreightSheet``; it frees them when it goes.
///
/// All positions in them were made by ``FreightCompiler`` from the arrays the tables are copies of, so each is below its table's count.
struct FreightTables: BitwiseCopyable, Sendable {
  let rows: FlatTable<FreightRow>
  let pieces: FlatTable<FreightPiece>
  let entries: FlatTable<FreightEntry>
  let variants: FlatTable<FreightVariant>
  let bands: FlatTable<FreightBand>
  let restrictions: FlatTable<FreightRestriction>
  let restrictionList: FlatTable<Int32>
  let surcharges: FlatTable<FreightSurcharge>
  let surchargeList: FlatTable<Int32>
  let currencies: FlatTable<FreightCurrency>
  let declaredExchanges: FlatTable<FreightExchange>
  let valueSlots: Int32

  init(_ compiler: FreightCompiler) {
    rows = FlatTable(compiler.rows)
    pieces = FlatTable(compiler.pieces)
    entries = FlatTable(compiler.entries)
    variants = FlatTable(compiler.variants)
    bands = FlatTable(compiler.bands)
    restrictions = FlatTable(compiler.restrictions)
    restrictionList = FlatTable(compiler.restrictionList)
    surcharges = FlatTable(compiler.surcharges)
    surchargeList = FlatTable(compiler.surchargeList)
    currencies = FlatTable(compiler.currencies)
    declaredExchanges = FlatTable(compiler.declaredExchanges)
    valueSlots = Int32(compiler.tariff.cards.valueCurrencies.count)
  }

  var memory: Int {
    rows.memory + pieces.memory + entries.memory + variants.memory + bands.memory
      + restrictions.memory + restrictionList.memory + surcharges.memory + surchargeList.memory
      + currencies.memory + declaredExchanges.memory
  }

  func free() {
    rows.free()
    pieces.free()
    entries.free()
    variants.free()
    bands.free()
    restrictions.free()
    restrictionList.free()
    surcharges.free()
    surchargeList.free()
    currencies.free()
    declaredExchanges.free()
  }
}

extension FreightTables {
  /// What stands for "not sold".
  static let refused = FreightPiece.Outcome.refused

  /// The price of a class, -1 where it is refused.
  @inline(__always)
  func price(_ priceClass: Int32, of parcel: FreightParcel) -> Int64 {
    let price = plainPrice(rows.start + Int(priceClass), parcel)
    // Below that is only the outcome "by rules".
    return price >= FreightTables.refused ? price : priceByRules(entries[priceClass], parcel)
  }

  /// The price of a plain parcel, or an outcome of ``FreightPiece``.
  ///
  /// The last piece of a row reaches to `UInt64.max`, so the walk ends in it. ``FreightLine`` has proven that no sum overflows
  /// in a piece that is sold; in the others base and slope are zero, and what is added by then has no bit that counts.
  @inline(__always)
  func plainPrice(
    _ row: UnsafePointer<FreightRow>, _ parcel: FreightParcel
  ) -> Int64 {
    guard row.pointee.kinds.meets(parcel.plainKind),
      all(parcel.extent .<= row.pointee.limits), parcel.shortWeight <= row.pointee.weight
    else { return FreightPiece.Outcome.byRules }
    if row.pointee.valued >= 0, !holdsValue(variants[row.pointee.valued], parcel) {
      return FreightPiece.Outcome.refused
    }
    let applies =
      parcel.shortSum > row.pointee.divisorSumOver
      && parcel.shortLongest >= row.pointee.divisorEdgeFrom
    let volume = row.pointee.volume.quotient(
      doubled: parcel.doubledVolume &+ row.pointee.doubledRoundUp)
    let grams = max(
      UInt64(truncatingIfNeeded: parcel.weight), UInt64(row.pointee.leastChargeable),
      applies ? volume : 0)
    var piece = pieces.start + Int(row.pointee.firstPiece)
    while grams > piece.pointee.upto { piece += 1 }
    let minor = row.pointee.minor.quotient(
      doubled: piece.pointee.doubledBase &+ piece.pointee.doubledPerGram &* grams)
    let units = row.pointee.quote.quotient(
      doubled: minor &* row.pointee.doubledNumerator &+ row.pointee.doubledHalf)
    return (Int64(truncatingIfNeeded: units) &+ row.pointee.added) | piece.pointee.outcome
  }
}
