import LogisticsModel

/// Checks that need the whole book: holes, overlaps, falling prices, rates, ambiguous variants.
extension RateCardReader {
  func check(rates: ExchangeRates, currency: Currency, findings: inout [Finding]) {
    for position in book.variants.indices {
      checkBands(position, findings: &findings)
      checkCurrencies(position, rates: rates, to: currency, findings: &findings)
    }
    for family in book.families {
      for (index, first) in family.variants.enumerated() {
        for second in family.variants[(index + 1)...] {
          checkOverlap(first, second, findings: &findings)
        }
      }
    }
  }

  private func checkBands(_ position: Int, findings: inout [Finding]) {
    let variant = book.variants[position]
    guard let last = variant.bands.indices.last else {
      if !isBroken(variant.id) {
        findings.append(
          Finding(
            code: TariffCode.variantWithoutBands, file: lines[position].file,
            line: lines[position].line,
            message: "variant \(variant.id) has no band in \(bandFile), so it can sell nothing"))
      }
      return
    }
    for index in 0..<last {
      let (band, next) = (variant.bands[index], variant.bands[index + 1])
      let line = bandLines[position][index + 1]
      if next.over < band.upto {
        let upto = min(band.upto, next.upto)
        let weights = next.over + 1 == upto ? "\(upto) g" : "\(next.over + 1) to \(upto) g"
        findings.append(
          Finding(
            code: TariffCode.bandsOverlap, file: bandFile, line: line,
            message: "\(weights) of variant \(variant.id) lie in two bands (the other is line "
              + "\(bandLines[position][index])); end the first where the second begins"))
        continue
      }
      if next.over > band.upto {
        findings.append(
          Finding(
            .warning, code: TariffCode.bandHole, file: bandFile, line: line,
            message: "nothing prices \(band.upto + 1) to \(next.over) g of variant \(variant.id)"
              + "; such parcels are refused"))
      }
      let (before, after) = (band.fee(band.upto), next.fee(next.over + 1))
      if after < before {
        findings.append(
          Finding(
            .warning, code: TariffCode.heavierIsCheaper, file: bandFile, line: line,
            message: "variant \(variant.id) asks less for \(next.over + 1) g than for "
              + "\(band.upto) g (\(words(after, variant)) < \(words(before, variant)))"))
      }
    }
  }

  private func words(_ micros: Int128, _ variant: RateCardVariant) -> String {
    Decimal6.money(micros, in: variant.currency)?.description ?? "?"
  }

  private func checkCurrencies(
    _ position: Int, rates: ExchangeRates, to currency: Currency, findings: inout [Finding]
  ) {
    let variant = book.variants[position]
    for used in [variant.currency, variant.value?.currency].compactMap({ $0 })
    where !rates.isReachable(from: used, to: currency) {
      findings.append(
        Finding(
          code: TariffCode.currencyWithoutRate, file: lines[position].file,
          line: lines[position].line,
          message:
            "no rate joins \(used) of variant \(variant.id) to \(currency); add one to fx.csv"))
    }
  }

  /// Looks for a parcel that both variants take, and reports it as the proof.
  ///
  /// Dates, classes and values are intersected exactly. Weight and size are tried at the points where an answer
  /// can change: the ends of the bands, and cubes and rods at each limit and condition of either variant. So a
  /// finding is always right; an overlap that only an odd size shows can be missed, and such a parcel is then
  /// refused when it comes (`variants_ambiguous`), never charged twice.
  private func checkOverlap(_ first: Int, _ second: Int, findings: inout [Finding]) {
    let pair = [book.variants[first], book.variants[second]]
    guard let days = pair[0].validity.intersection(pair[1].validity),
      let goods = GoodsClass.allCases.first(where: {
        pair[0].goods.contains($0) && pair[1].goods.contains($0)
      }),
      let value = OverlapProbe.value(pair[0].value, pair[1].value)
    else { return }
    let probe = OverlapProbe(pair: pair, goods: goods)
    guard let parcel = probe.parcel() else { return }
    let size = parcel.dimensions.map { ", \($0)" } ?? ""
    let worth = value.map { " worth \($0)" } ?? ""
    findings.append(
      Finding(
        code: TariffCode.variantsOverlap, file: lines[second].file, line: lines[second].line,
        message: "variants \(pair[0].id) and \(pair[1].id) of one card both take a "
          + "\(goods.word) parcel of \(parcel.weight)\(size)\(worth) on \(days.from); separate them "
          + "by date, class, value or weight, or make them two cards"))
  }
}

/// The search for a parcel that two variants both take.
struct OverlapProbe {
  let pair: [RateCardVariant]
  let goods: GoodsClass

  /// A value in both bands: nil where there is none; nil inside where any value will do.
  ///
  /// Bands in different currencies meet at some rate, so they are taken to overlap.
  static func value(_ first: ValueBand?, _ second: ValueBand?) -> Money?? {
    guard let first else {
      return .some(second.map { Money(minorUnits: $0.leastHeld, $0.currency) })
    }
    guard let second, second.currency == first.currency else {
      return .some(Money(minorUnits: first.leastHeld, first.currency))
    }
    let least = max(first.leastHeld, second.leastHeld)
    guard least <= min(first.greatest, second.greatest) else { return nil }
    return .some(Money(minorUnits: least, first.currency))
  }

  func parcel() -> Parcel? {
    let weights = weights()
    for size in [nil] + sizes() {
      for weight in weights {
        let parcel = Parcel(weight: Grams(weight), dimensions: size, goods: goods)
        if pair.allSatisfy({ takes($0, parcel) }) { return parcel }
      }
    }
    return nil
  }

  private func takes(_ variant: RateCardVariant, _ parcel: Parcel) -> Bool {
    var plain = variant
    plain.value = nil
    plain.validity = .always
    if case .success = plain.charge(parcel, on: .first, declared: { _ in nil }, position: 0) {
      return true
    }
    return false
  }

  private func weights() -> [Int64] {
    var weights: Set<Int64> = [1]
    for band in pair.flatMap(\.bands) {
      weights.insert(band.over + 1)
      if band.upto != .max { weights.insert(band.upto) }
    }
    return weights.filter { $0 > 0 }.sorted()
  }

  private func sizes() -> [Dimensions] {
    let edges = pair.flatMap { [$0.greatestEdge, $0.volumetric?.edgeFrom] }.compactMap { $0 }
    let sums = pair.flatMap { [$0.greatestSum, $0.volumetric?.sumOver.map { $0 + 1 }] }
      .compactMap { $0 }
    // Volumes at which a divisor reaches the band ends: cubes of about that volume.
    var lengths = Set(edges)
    for sum in sums { lengths.insert(sum / 3) }
    for variant in pair {
      guard let divisor = variant.volumetric?.divisor else { continue }
      for band in pair.flatMap(\.bands) {
        lengths.insert(cubeEdge(volume: (band.over + 1) * divisor))
        if band.upto != .max { lengths.insert(cubeEdge(volume: band.upto * divisor) - 1) }
      }
    }
    let legal = lengths.filter { $0 >= 1 && $0 <= Int64(Dimensions.greatestEdge) }.sorted()
    return legal.flatMap { edge in
      let millimetres = Int32(edge)
      return [
        Dimensions(millimetres: millimetres, millimetres, millimetres),
        Dimensions(millimetres: millimetres, millimetres, max(1, millimetres / 2)),
        Dimensions(millimetres: millimetres, 1, 1),
      ]
    }
  }

  /// The least edge whose cube has at least the volume, at most 20 m.
  private func cubeEdge(volume: Int64) -> Int64 {
    var low: Int64 = 1
    var high = Int64(Dimensions.greatestEdge)
    while low < high {
      let middle = (low + high) / 2
      if middle * middle * middle < volume { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
