import LogisticsModel

/// Finds the brackets of price classes for one goods class, one currency and a run of ready dates.
struct ChargeBracketing {
  let tariff: Tariff
  let goods: GoodsClass
  let currency: Currency
  let dates: ClosedRange<CivilDate>

  /// What a millionth of a currency is worth in the quote's, over all dates, rounded outwards.
  private struct Worth {
    /// Bits behind the point.
    static let fraction: Int128 = 20
    var least: Int128
    var greatest: Int128
  }

  /// Whether every parcel of the goods class is refused on every date.
  func isRefused(_ entry: PriceClassTable.Entry) -> Bool {
    if entry.unknownCard != nil { return true }
    return entry.restrictions.contains { position in
      let rule = tariff.restrictions[Int(position)]
      return rule.goods.contains(goods) && rule.hasNoLimits && covers(rule.validity)
    }
  }

  /// The bracket of a class that is not refused.
  func bracket(_ entry: PriceClassTable.Entry) -> ChargeBracket {
    let conditions = entry.restrictions.filter {
      tariff.restrictions[Int($0)].goods.contains(goods)
    }
    guard let family = entry.family else {
      let free = ChargeBracket.Line(intercept: 0, slope: 0)
      return ChargeBracket(divisor: .max, lower: free, upper: free, conditions: conditions)
    }
    let variants = tariff.cards.families[Int(family)].variants.map { tariff.cards.variants[$0] }
      .filter { $0.goods.contains(goods) }
    guard variants.count == 1, variants[0].isOneLine, covers(variants[0].validity),
      let lines = lines(variants[0], entry.surcharges.map { tariff.surcharges[Int($0)] })
    else { return .unknown(conditions) }
    return ChargeBracket(
      divisor: variants[0].volumetric?.divisor ?? .max, lower: lines.lower, upper: lines.upper,
      conditions: conditions)
  }

  private func covers(_ validity: Validity) -> Bool {
    validity.contains(dates.lowerBound) && validity.contains(dates.upperBound)
  }

  private func lines(
    _ variant: RateCardVariant, _ surcharges: [Surcharge]
  ) -> (lower: ChargeBracket.Line, upper: ChargeBracket.Line)? {
    let band = variant.bands[0]
    guard let worth = worth(variant.currency) else { return nil }
    let base = Int128(band.base.micros)
    let rise = Int128(band.perStep.micros)
    var lower = Sum(variant.currency, worth)
    var upper = lower
    lower.add(base, rise, worth.least, up: false)
    upper.add(base, rise, worth.greatest, up: true)
    for rule in surcharges where rule.goods.contains(goods) {
      guard rule.amount >= .zero, let own = self.worth(rule.currency ?? variant.currency) else {
        return nil
      }
      upper.count(rule.currency ?? variant.currency, own)
      lower.count(rule.currency ?? variant.currency, own)
      let amount = Int128(rule.amount.micros)
      let (fixed, perGram): (Int128, Int128) =
        switch rule.unit {
        case .parcel: (amount, 0)
        // Rounded up and down to whole millionths by the caller's sides.
        case .kg: (0, amount / 1000)
        case .percent: (base * amount / 100_000_000, rise * amount / 100_000_000)
        }
      upper.add(fixed + 1, perGram + 1, own.greatest, up: true)
      if rule.hasNoConditions && covers(rule.validity) {
        lower.add(fixed, perGram, own.least, up: false)
      }
    }
    guard let low = lower.line(rounding: -1), let high = upper.line(rounding: 1) else { return nil }
    return (low, high)
  }

  private func worth(_ from: Currency) -> Worth? {
    var result: Worth?
    var date = dates.lowerBound
    while date <= dates.upperBound {
      guard case .success(let rate) = tariff.rates.rate(from: from, to: currency, on: date) else {
        return nil
      }
      let unit =
        (Int128(currency.minorPerUnit) * Int128(ChargeBracket.scale) / Int128(Decimal6.scale))
        << Worth.fraction
      let (top, overflow) = rate.numerator.multipliedReportingOverflow(by: unit)
      guard !overflow else { return nil }
      let down = top / rate.denominator
      result = Worth(
        least: min(result?.least ?? down, down), greatest: max(result?.greatest ?? 0, down + 1))
      date = date.adding(days: 1)
    }
    return result
  }

  /// A line being summed, in parts times 2^20.
  private struct Sum {
    var intercept: Int128 = 0
    var slope: Int128 = 0
    /// Half a minor unit of every currency that is rounded on the way, and of the quote's for each.
    var slack: Int128 = 0
    var currencies: [Currency] = []

    init(_ currency: Currency, _ worth: Worth) { count(currency, worth) }

    mutating func count(_ currency: Currency, _ worth: Worth) {
      guard !currencies.contains(currency) else { return }
      currencies.append(currency)
      let halfMinor = Int128(Decimal6.scale / currency.minorPerUnit) / 2 + 1
      slack += halfMinor * worth.greatest + Int128(ChargeBracket.scale / 2) << Worth.fraction
    }

    mutating func add(_ fixed: Int128, _ perGram: Int128, _ worth: Int128, up: Bool) {
      intercept += fixed * worth
      slope += perGram * worth
    }

    func line(rounding side: Int128) -> ChargeBracket.Line? {
      let up: Int128 = side > 0 ? 1 : 0
      guard let intercept = Int64(exactly: (intercept + side * slack) >> Worth.fraction + up),
        let slope = Int64(exactly: slope >> Worth.fraction + up),
        abs(intercept) < 1 << 56, slope < 1 << 56
      else { return nil }
      return ChargeBracket.Line(intercept: intercept, slope: slope)
    }
  }
}

extension RateCardVariant {
  /// Whether every parcel is taken and charged along one line of its chargeable weight.
  fileprivate var isOneLine: Bool {
    guard value == nil, greatestSum == nil, greatestEdge == nil, greatestGirth == nil,
      greatestChargeable == nil, rounding == 1, leastChargeable == 0, bands.count == 1,
      volumetric.map({ $0.sumOver == nil && $0.edgeFrom == nil }) ?? true
    else { return false }
    let band = bands[0]
    return band.over == 0 && band.upto == .max && band.from == 0 && band.step == 1
      && band.base >= .zero && band.perStep >= .zero
  }
}

extension Restriction {
  /// Whether it concerns every weight, size and kind of battery.
  fileprivate var hasNoLimits: Bool {
    greatestWeight == nil && greatestEdge == nil && greatestSum == nil && batteries.isEmpty
  }
}

extension Surcharge {
  /// Whether it concerns every weight and size.
  fileprivate var hasNoConditions: Bool {
    weightFrom == nil && weightBelow == nil && edgeFrom == nil && edgeBelow == nil
      && secondEdgeFrom == nil && girthFrom == nil
  }
}
