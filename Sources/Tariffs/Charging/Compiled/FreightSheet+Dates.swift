public import LogisticsModel

extension FreightSheet {
  /// The sheets of some tender dates; dates under the same rules and rates share that of the first of them.
  ///
  /// What many quotes read is then a tenth as much, and stays in the caches.
  ///
  /// - Parameters:
  ///   - tariff: the rules.
  ///   - classes: the price classes of a network under these rules.
  ///   - dates: of tender.
  ///   - currency: the quotes' currency.
  ///   - shares: whether they do; otherwise every date has a sheet of its own.
  /// - Returns: one for each date.
  /// - Complexity: O(dates x distinct dates x rules), and a sheet for each distinct date
  public static func sheets(
    _ tariff: Tariff, _ classes: PriceClassTable, on dates: [CivilDate], in currency: Currency,
    sharing shares: Bool = true
  ) -> [FreightSheet] {
    var distinct: [FreightSheet] = []
    return dates.map { date in
      let known =
        shares
        ? distinct.first { tariff.chargesAlike(on: $0.date, and: date, in: currency) } : nil
      if let known { return known }
      let made = FreightSheet(tariff, classes, on: date, in: currency)
      distinct.append(made)
      return made
    }
  }
}

extension Tariff {
  /// Whether two tender dates have the same rules in force and the same rates for all they are written in or ask for.
  ///
  /// - Complexity: O(rules + currencies x currencies of value bands)
  func chargesAlike(on date: CivilDate, and other: CivilDate, in currency: Currency) -> Bool {
    func isAlike(_ validity: Validity) -> Bool {
      validity.contains(date) == validity.contains(other)
    }
    func isAlike(_ from: Currency, _ to: Currency) -> Bool {
      switch (rates.rate(from: from, to: to, on: date), rates.rate(from: from, to: to, on: other)) {
      case (.success(let left), .success(let right)):
        left.numerator == right.numerator && left.denominator == right.denominator
      case (.failure, .failure): true
      default: false
      }
    }
    func isAlike(_ from: Currency) -> Bool { isAlike(from, currency) }
    return cards.variants.allSatisfy { isAlike($0.validity) && isAlike($0.currency) }
      && restrictions.allSatisfy { isAlike($0.validity) }
      && surcharges.allSatisfy { isAlike($0.validity) && $0.currency.map { isAlike($0) } ?? true }
      // Declared values, in whatever currency, are held against value bands.
      && cards.valueCurrencies.allSatisfy { band in
        isAlike(currency, band) && [.eur, .usd, .cny].allSatisfy { isAlike($0, band) }
          && cards.valueCurrencies.allSatisfy { isAlike($0, band) }
          && rates.currencies.allSatisfy { isAlike($0, band) }
      }
  }
}
