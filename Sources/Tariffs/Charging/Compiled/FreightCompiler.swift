import LogisticsModel

/// Compiles a tariff for a ``FreightSheet``: what is valid on its day, class by class.
struct FreightCompiler {
  let tariff: Tariff
  let date: CivilDate
  let quote: Currency

  var rows: [FreightRow] = []
  var pieces: [FreightPiece] = []
  var entries: [FreightEntry] = []
  var variants: [FreightVariant] = []
  var bands: [FreightBand] = []
  var restrictions: [FreightRestriction] = []
  var restrictionList: [Int32] = []
  var surcharges: [FreightSurcharge] = []
  var surchargeList: [Int32] = []
  var currencies: [FreightCurrency] = []
  /// Currencies a value may be declared in, the likely ones first; any other has no rate.
  var declaredCurrencies: [Currency] = []
  /// From each of them into each currency of value bands.
  var declaredExchanges: [FreightExchange] = []

  /// Position of each valid variant in the book, beside ``variants``.
  private var sources: [Int] = []
  private var families: [Range<Int32>] = []
  private var places: [Currency: Int32] = [:]
  /// Where a valid rule is in ``restrictions`` or ``surcharges``; negative: not valid.
  private var restrictionPlaces: [Int32] = []
  private var surchargePlaces: [Int32] = []

  init(_ tariff: Tariff, _ classes: PriceClassTable, on date: CivilDate, in quote: Currency) {
    self.tariff = tariff
    self.date = date
    self.quote = quote
    compileDeclared()
    compileCards()
    for rule in tariff.restrictions {
      let isValid = rule.validity.contains(date)
      restrictionPlaces.append(isValid ? Int32(restrictions.count) : -1)
      if isValid { restrictions.append(FreightRestriction(rule)) }
    }
    for rule in tariff.surcharges {
      let isValid = rule.validity.contains(date)
      surchargePlaces.append(isValid ? Int32(surcharges.count) : -1)
      if isValid {
        let place = rule.currency.map { self.place(of: $0) } ?? -1
        surcharges.append(FreightSurcharge(rule, currency: place))
      }
    }
    for entry in classes.entries { add(entry) }
  }

  private mutating func compileDeclared() {
    let targets = tariff.cards.valueCurrencies
    for currency in [quote, .eur, .usd, .cny] + targets + tariff.rates.currencies
    where !declaredCurrencies.contains(currency) {
      declaredCurrencies.append(currency)
      declaredExchanges += targets.map {
        FreightExchange(from: currency, to: $0, tariff.rates, on: date)
      }
    }
  }

  private mutating func compileCards() {
    for family in tariff.cards.families {
      let first = Int32(variants.count)
      for position in family.variants {
        let variant = tariff.cards.variants[position]
        guard variant.validity.contains(date) else { continue }
        let start = bands.count
        bands += variant.bands.map { FreightBand($0) }
        let slot = variant.value.flatMap { value in
          tariff.cards.valueCurrencies.firstIndex(of: value.currency)
        }
        variants.append(
          FreightVariant(
            variant, currency: place(of: variant.currency), valueSlot: Int32(slot ?? -1),
            bands: start..<bands.count))
        sources.append(position)
      }
      families.append(first..<Int32(variants.count))
    }
  }

  private mutating func place(of currency: Currency) -> Int32 {
    if let known = places[currency] { return known }
    let place = Int32(currencies.count)
    places[currency] = place
    currencies.append(FreightCurrency(currency, to: quote, tariff.rates, on: date))
    return place
  }

  private mutating func add(_ source: PriceClassTable.Entry) {
    var entry = FreightEntry()
    entry.isIncluded = source.family == nil && source.unknownCard == nil
    entry.firstRestriction = Int32(restrictionList.count)
    restrictionList += source.restrictions.map { restrictionPlaces[Int($0)] }.filter { $0 >= 0 }
    entry.endOfRestrictions = Int32(restrictionList.count)
    if let family = source.family {
      (entry.firstVariant, entry.endOfVariants) =
        (families[Int(family)].lowerBound, families[Int(family)].upperBound)
      entry.firstSurcharge = Int32(surchargeList.count)
      surchargeList += source.surcharges.map { surchargePlaces[Int($0)] }.filter { $0 >= 0 }
        .sorted { surcharges[Int($0)].currency < surcharges[Int($1)].currency }
      entry.endOfSurcharges = Int32(surchargeList.count)
    }
    entries.append(entry)
    rows.append(row(entry))
  }

  // MARK: The row of plain parcels

  /// Nothing is plain here: every parcel is priced by the rules.
  private static let byRules: FreightRow = {
    var row = FreightRow()
    row.kinds = .none
    return row
  }()

  private mutating func row(_ entry: FreightEntry) -> FreightRow {
    var row = FreightRow()
    var always = FreightAlways()
    if !entry.isIncluded {
      guard entry.firstVariant < entry.endOfVariants else {
        return flat(row, FreightPiece(upto: .max, outcome: FreightPiece.Outcome.refused))
      }
      let position = Int(entry.firstVariant)
      let variant = variants[position]
      guard variant.rounding == 1, let least = UInt32(exactly: variant.leastChargeable) else {
        return FreightCompiler.byRules
      }
      row.leastChargeable = least
      row.kinds = variant.kinds
      for other in variants[(position + 1)..<Int(entry.endOfVariants)] {
        row.kinds = row.kinds.subtracting(other.kinds)
      }
      row.valued = variant.valueSlot < 0 ? -1 : entry.firstVariant
      row.keep(sum: variant.greatestSum, edge: variant.greatestEdge, girth: variant.greatestGirth)
      if variant.divisor > 0 {
        row.volume = Reciprocal(UInt64(variant.divisor))
        row.doubledRoundUp = 2 * (UInt64(variant.divisor) - 1)
        row.divisorSumOver = Int32(clamping: variant.divisorSumOver)
        row.divisorEdgeFrom = Int32(clamping: variant.divisorEdgeFrom)
      }
      for place in surchargeList[Int(entry.firstSurcharge)..<Int(entry.endOfSurcharges)] {
        let rule = surcharges[Int(place)]
        guard rule.isUnconditional else {
          row.keepOut(rule)
          continue
        }
        guard always.add(rule, card: variant.currency) else { return FreightCompiler.byRules }
      }
    }
    for place in restrictionList[Int(entry.firstRestriction)..<Int(entry.endOfRestrictions)] {
      row.keepOut(restrictions[Int(place)])
    }
    if entry.isIncluded { return flat(row, FreightPiece(upto: .max)) }
    return priced(row, Int(entry.firstVariant), always)
  }

  private mutating func flat(_ row: FreightRow, _ piece: FreightPiece) -> FreightRow {
    var row = row
    row.firstPiece = Int32(pieces.count)
    pieces.append(piece)
    return row
  }

  private mutating func priced(
    _ row: FreightRow, _ position: Int, _ always: FreightAlways
  ) -> FreightRow {
    var row = row
    var added: Int64 = 0
    for (place, exact) in always.foreign {
      guard let units = currencies[Int(place)].converted(exact) else {
        return flat(row, FreightPiece(upto: .max, outcome: FreightPiece.Outcome.refused))
      }
      // Each is checked, so that their sum does not overflow before it is.
      guard units <= Tariff.greatestCharge else { return FreightCompiler.byRules }
      added += units
    }
    let currency = currencies[Int(variants[position].currency)]
    guard currency.exchange.isKnown else {
      return flat(row, FreightPiece(upto: .max, outcome: FreightPiece.Outcome.refused))
    }
    guard added <= Tariff.greatestCharge,
      let line = FreightLine(currency, added: added),
      let stretches = FreightStretch.stretches(
        of: tariff.cards.variants[sources[position]], always)
    else { return FreightCompiler.byRules }
    row.added = added
    row.doubledNumerator = line.numerator * 2
    row.doubledHalf = line.denominator / 2 * 2
    row.quote = Reciprocal(line.denominator)
    let (divisor, own) = line.pieces(stretches)
    row.minor = Reciprocal(divisor)
    row.firstPiece = Int32(pieces.count)
    pieces += own
    return row
  }
}

extension FreightRow {
  /// Keeps parcels out that are above a limit.
  mutating func keep(
    weight: Int64 = .max, sum: Int64 = .max, edge: Int64 = .max, second: Int64 = .max,
    girth: Int64 = .max
  ) {
    limits = pointwiseMin(
      limits,
      SIMD4(
        Int32(clamping: edge), Int32(clamping: second), Int32(clamping: sum),
        Int32(clamping: girth)))
    self.weight = min(self.weight, Int32(clamping: weight))
  }

  /// Keeps every parcel out that a surcharge could concern: below one of its lower ends where it has any, else by kind.
  mutating func keepOut(_ rule: FreightSurcharge) {
    if rule.edgeFrom > 0 {
      keep(edge: rule.edgeFrom - 1)
    } else if rule.secondFrom > 0 {
      keep(second: rule.secondFrom - 1)
    } else if rule.girthFrom > 0 {
      keep(girth: rule.girthFrom - 1)
    } else if rule.weightFrom > 0 {
      keep(weight: rule.weightFrom - 1)
    } else {
      kinds = kinds.subtracting(rule.kinds)
    }
  }

  /// Keeps every parcel out that a restriction could refuse.
  mutating func keepOut(_ rule: FreightRestriction) {
    if rule.edge >= 0 {
      keep(edge: rule.edge)
    } else if rule.sum >= 0 {
      keep(sum: rule.sum)
    } else if rule.weight >= 0 {
      keep(weight: rule.weight)
    } else {
      kinds = kinds.subtracting(rule.kinds)
    }
  }
}
