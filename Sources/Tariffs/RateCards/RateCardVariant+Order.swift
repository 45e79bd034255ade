import LogisticsModel

extension RateCardVariant {
  /// Whether every parcel the other variant takes is taken by this one too and charged no more.
  func isNoDearer(than other: RateCardVariant) -> Bool {
    guard currency == other.currency, validity.covers(other.validity),
      goods.bits & other.goods.bits == other.goods.bits, value == nil || value == other.value,
      Self.allows(greatestSum, other.greatestSum), Self.allows(greatestEdge, other.greatestEdge),
      Self.allows(greatestGirth, other.greatestGirth),
      Self.allows(greatestChargeable, other.greatestChargeable),
      rounding == other.rounding, leastChargeable == other.leastChargeable
    else { return false }
    // A lighter chargeable weight is cheaper only where fees never fall.
    guard volumetric == other.volumetric || volumetric == nil && feesNeverFall else { return false }
    return other.bands.allSatisfy { band in isNoDearer(over: band) }
  }

  /// Whether some parcel may suit both by date, class and declared value.
  func mayMeet(_ other: RateCardVariant) -> Bool {
    validity.intersection(other.validity) != nil && goods.bits & other.goods.bits != 0
      && OverlapProbe.value(value, other.value) != nil
  }

  /// Whether no weight suits both: they weigh alike, and no band of one meets a band of the other.
  func isApart(from other: RateCardVariant) -> Bool {
    volumetric == other.volumetric && rounding == other.rounding
      && leastChargeable == other.leastChargeable
      && bands.allSatisfy { own in
        other.bands.allSatisfy { max(own.over, $0.over) >= min(own.upto, $0.upto) }
      }
  }

  private static func allows(_ limit: Int64?, _ other: Int64?) -> Bool {
    guard let limit else { return true }
    return other.map { $0 <= limit } ?? false
  }

  private var feesNeverFall: Bool {
    guard bands.allSatisfy({ $0.perStep >= .zero && $0.base >= .zero }) else { return false }
    return zip(bands, bands.dropFirst()).allSatisfy { lower, upper in
      lower.upto == upper.over && lower.fee(lower.upto) <= upper.fee(upper.over + 1)
    }
  }

  /// Whether this variant prices every weight of another's band, and no higher.
  private func isNoDearer(over band: RateBand) -> Bool {
    var reached = band.over
    for own in bands where own.upto > reached {
      guard own.over <= reached else { return false }
      let upto = min(own.upto, band.upto)
      guard own.isNoDearer(than: band, over: reached, upto: upto) else { return false }
      reached = upto
      if reached == band.upto { return true }
    }
    return reached == band.upto
  }
}

extension RateBand {
  /// Longest stretch of grams compared one by one, where two bands step differently.
  private static let greatestStretch: Int64 = 100_000

  /// Whether the fee is no higher than another band's on every weight w with over < w <= upto.
  func isNoDearer(than other: RateBand, over: Int64, upto: Int64) -> Bool {
    let first = over + 1
    let isLinear = step == 1 && other.step == 1
    let isAligned = step == other.step && from == other.from
    if isLinear || isAligned || perStep == .zero && other.perStep >= .zero {
      // Both are straight between the kinks, or step together: the ends decide.
      let isOpen = upto == .max
      var probes =
        [first] + [from, from + 1, other.from, other.from + 1].filter { first <= $0 && $0 <= upto }
      if isOpen {
        if perStep > other.perStep { return false }
        probes.append(max(first, from, other.from) + 1)
      } else {
        probes.append(upto)
      }
      if perStep == .zero && !isLinear && !isAligned { return fee(first) <= other.fee(first) }
      return probes.allSatisfy { fee($0) <= other.fee($0) }
    }
    guard upto - over <= RateBand.greatestStretch else { return false }
    return (first...upto).allSatisfy { fee($0) <= other.fee($0) }
  }
}
