extension FreightTables {
  /// Prices any parcel from the rules of its class: those that are not plain, and amounts beyond 64 bits.
  ///
  /// - Complexity: O(rules of the class)
  @inline(never)
  func priceByRules(_ entry: FreightEntry, _ parcel: FreightParcel) -> Int64 {
    for place in entry.firstRestriction..<entry.endOfRestrictions
    where restrictions[restrictionList[place]].refuses(parcel) {
      return FreightTables.refused
    }
    if entry.isIncluded { return 0 }
    var found: Int32 = -1
    var grams: Int64 = 0
    var fee: Int128 = 0
    for position in entry.firstVariant..<entry.endOfVariants {
      let variant = variants[position]
      guard variant.takes(parcel), holdsValue(variant, parcel),
        let chargeable = variant.chargeable(parcel), chargeable <= variant.greatestChargeable,
        let band = band(of: variant, holding: chargeable)
      else { continue }
      // Two variants that take the parcel are a fault of the data.
      guard found < 0 else { return FreightTables.refused }
      (found, grams, fee) = (position, chargeable, band.fee(chargeable))
    }
    guard found >= 0 else { return FreightTables.refused }
    return charge(entry, parcel, card: variants[found].currency, grams: grams, fee: fee)
      ?? FreightTables.refused
  }

  /// The base charge and its surcharges, rounded once for each currency and converted; nil where some figure does not fit.
  @inline(__always)
  private func charge(
    _ entry: FreightEntry, _ parcel: FreightParcel, card: Int32, grams: Int64,
    fee: Int128
  ) -> Int64? {
    guard let base = ExactAmount(micros: fee) else { return nil }
    var own = base
    // Surcharges in one foreign currency are neighbours.
    var foreign = ExactAmount.zero
    var foreignCurrency: Int32 = -1
    var total: Int64 = 0
    for place in entry.firstSurcharge..<entry.endOfSurcharges {
      let rule = surcharges[surchargeList[place]]
      guard rule.applies(to: parcel) else { continue }
      guard let exact = rule.exact(on: fee, grams: grams) else { return nil }
      if rule.currency < 0 || rule.currency == card {
        guard own.add(exact) else { return nil }
        continue
      }
      if rule.currency != foreignCurrency {
        if foreignCurrency >= 0 {
          guard add(foreign, in: foreignCurrency, to: &total) else { return nil }
        }
        (foreign, foreignCurrency) = (.zero, rule.currency)
      }
      guard foreign.add(exact) else { return nil }
    }
    if foreignCurrency >= 0 {
      guard add(foreign, in: foreignCurrency, to: &total) else { return nil }
    }
    return add(own, in: card, to: &total) ? total : nil
  }

  @inline(__always)
  private func add(_ exact: ExactAmount, in currency: Int32, to total: inout Int64) -> Bool {
    guard let units = currencies[currency].converted(exact.value) else { return false }
    let (sum, overflow) = total.addingReportingOverflow(units)
    guard !overflow, sum <= Tariff.greatestCharge else { return false }
    total = sum
    return true
  }

  @inline(__always)
  private func band(of variant: FreightVariant, holding grams: Int64) -> FreightBand? {
    var low = variant.firstBand
    var high = variant.endOfBands
    while low < high {
      let middle = (low + high) / 2
      if bands[middle].upto < grams { low = middle + 1 } else { high = middle }
    }
    guard low < variant.endOfBands, bands[low].over < grams, grams <= bands[low].upto else {
      return nil
    }
    return bands[low]
  }

  /// Whether a variant's value band holds the declared value.
  @inline(__always)
  func holdsValue(_ variant: FreightVariant, _ parcel: FreightParcel) -> Bool {
    guard variant.valueSlot >= 0 else { return true }
    let slot = variant.valueSlot
    let value =
      slot < FreightParcel.Values.count
      ? parcel.values[Int(slot)]
      : value(parcel.declared, from: parcel.declaredCurrency, slot: slot)
    // A band begins at nothing or above, where no missing value is.
    return variant.leastValue <= value && value <= variant.greatestValue
  }

  /// A declared value in a currency of value bands.
  @inline(__always)
  func value(_ declared: Int64, from currency: Int32, slot: Int32) -> Int64 {
    guard currency >= 0 else { return FreightParcel.noValue }
    let place = currency * valueSlots + slot
    precondition(place < declaredExchanges.count, "a parcel another sheet prepared")
    return declaredExchanges[place].convert(declared)
      ?? FreightParcel.noValue
  }
}
