import LogisticsModel
import Tariffs
import TestSupport
import Testing

/// Random variants against a reading of the format page that shares no code with the tariff.
@Suite struct RateCardVariantTests {
  private func variant(_ random: inout SeededGenerator) throws -> Tariff {
    var fixture = TariffFixture()
    let divisor =
      random.chance(percent: 70)
      ? "\(random.pick(["5000", "6000", "12000"])),\(random.pick(["", "60", "45.5"])),"
        + "\(random.pick(["", "40"]))" : ",,"
    fixture.cards =
      "card,variant,currency,max_sum_cm,max_edge_cm,max_girth_cm,divisor_cm3_per_kg,"
      + "divisor_sum_over_cm,divisor_edge_from_cm,max_chargeable_g,round_g,min_chargeable_g\n"
      + "c,v,CNY,\(random.pick(["", "150"])),\(random.pick(["", "60"])),\(random.pick(["", "266"])),"
      + "\(divisor),\(random.pick(["", "9000"])),\(random.pick(["1", "100", "500"])),"
      + "\(random.pick(["0", "250"]))\n"
    var over: Int64 = random.pick([0, 0, 50])
    for _ in 0..<random.integer(1...5) {
      let upto = over + random.integer(1...2500)
      fixture.bands +=
        "v,\(over),\(upto),\(random.integer(0...99)).\(random.integer(0...999_999)),"
        + "\(random.integer(0...1000)),\(random.integer(1...500)),0.\(random.integer(0...999_999))\n"
      over = upto + (random.chance(percent: 30) ? random.integer(1...800) : 0)
    }
    return try fixture.read().tariff
  }

  /// The charge in millionths, or nil, by trying everything one after the other.
  private func naive(_ variant: RateCardVariant, _ parcel: Parcel) -> Int128? {
    var grams = Int128(parcel.weight.value)
    if let size = parcel.dimensions {
      let (a, b, c) = (Int64(size.longest), Int64(size.second), Int64(size.shortest))
      if let limit = variant.greatestSum, a + b + c > limit { return nil }
      if let limit = variant.greatestEdge, a > limit { return nil }
      if let limit = variant.greatestGirth, a + b + b + c + c > limit { return nil }
      if let rule = variant.volumetric {
        let bySum = rule.sumOver.map { a + b + c > $0 } ?? true
        let byEdge = rule.edgeFrom.map { max(a, max(b, c)) >= $0 } ?? true
        if bySum && byEdge {
          // The least whole number of grams that the divisor turns into at least this volume.
          let volume = Int128(a) * Int128(b) * Int128(c)
          while grams * Int128(rule.divisor) < volume {
            grams += max(1, (volume / Int128(rule.divisor) - grams))
          }
        }
      }
    }
    while grams % Int128(variant.rounding) != 0 { grams += 1 }
    if grams < Int128(variant.leastChargeable) { grams = Int128(variant.leastChargeable) }
    if let limit = variant.greatestChargeable, grams > Int128(limit) { return nil }
    for band in variant.bands where Int128(band.over) < grams && grams <= Int128(band.upto) {
      var fee = Int128(band.base.micros)
      var covered = Int128(band.from)
      while covered < grams {
        covered += Int128(band.step)
        fee += Int128(band.perStep.micros)
      }
      return fee
    }
    return nil
  }

  @Test(arguments: UInt64(1)...80)
  func agreesWithTheFormatPageReadLiterally(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let tariff = try variant(&random)
    let variant = tariff.cards.variants[0]
    let date = try day("2026-11-20")
    var weights = (0..<40).map { _ in random.integer(1...10_000) }
    for band in variant.bands {
      weights += [band.over, band.over + 1, band.upto].filter { $0 > 0 }
    }
    for weight in weights {
      let size =
        random.chance(percent: 70)
        ? Dimensions(
          millimetres: Int32(random.pick([399, 400, 455, 600, random.integer(1...700)])),
          Int32(random.integer(1...500)), Int32(random.integer(1...400))) : nil
      let parcel = Parcel(weight: Grams(weight), dimensions: size)
      let outcome = tariff.cards.charge(CardID(0), parcel, on: date, rates: tariff.rates)
      switch outcome {
      case .success(let charge): #expect(charge.micros == naive(variant, parcel))
      case .failure: #expect(naive(variant, parcel) == nil)
      }
    }
  }

  @Test func theRandomVariantsAreSoldAndRefused() throws {
    var sold = 0
    var refused = 0
    for seed in UInt64(1)...80 {
      var random = SeededGenerator(seed: seed)
      let tariff = try variant(&random)
      for _ in 0..<20 {
        let parcel = Parcel(weight: Grams(random.integer(1...6000)))
        if naive(tariff.cards.variants[0], parcel) == nil { refused += 1 } else { sold += 1 }
      }
    }
    #expect(sold > 300)
    #expect(refused > 300)
  }
}
