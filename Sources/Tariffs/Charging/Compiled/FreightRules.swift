import LogisticsModel

/// The kinds of parcel that rules tell apart: goods class and battery kind, one bit for each pair.
struct ParcelKinds: BitwiseCopyable, Sendable {
  private(set) var bits: UInt32

  static let none = ParcelKinds(bits: 0)
  static let all = ParcelKinds { _, _ in true }

  private init(bits: UInt32) { self.bits = bits }

  /// One kind.
  @inline(__always)
  init(_ goods: GoodsClass, _ battery: BatteryKind?) {
    // Four places for the battery: nobody says, and the three kinds.
    let place = battery.map { $0.rawValue + 1 } ?? 0
    bits = 1 &<< UInt32(truncatingIfNeeded: goods.rawValue &* 4 &+ place)
  }

  /// The kinds that fit.
  init(where fits: (GoodsClass, BatteryKind?) -> Bool) {
    bits = 0
    for goods in GoodsClass.allCases {
      for battery in [nil] + BatteryKind.allCases where fits(goods, battery) {
        bits |= ParcelKinds(goods, battery).bits
      }
    }
  }

  /// The kinds of some goods classes.
  init(_ goods: GoodsMask) {
    self.init { each, _ in goods.contains(each) }
  }

  /// Whether the two have a kind in common.
  @inline(__always)
  func meets(_ other: ParcelKinds) -> Bool { bits & other.bits != 0 }

  /// Whether it is one kind, of which nobody says what battery it has.
  @inline(__always)
  var isUnspecified: Bool { bits & 0x1111_1111 != 0 && bits & (bits &- 1) == 0 }

  /// The kinds here that are not in `other`.
  func subtracting(_ other: ParcelKinds) -> ParcelKinds { ParcelKinds(bits: bits & ~other.bits) }
}

/// A restriction valid on the sheet's day.
struct FreightRestriction: BitwiseCopyable, Sendable {
  let kinds: ParcelKinds
  /// Refused above all three; -1: no limit.
  ///
  /// An unknown size counts as nothing, which no limit is below.
  let weight: Int64
  let edge: Int64
  let sum: Int64

  init(_ rule: Restriction) {
    kinds = ParcelKinds { goods, battery in
      rule.goods.contains(goods) && (rule.batteries.isEmpty || rule.batteries.contains(battery))
    }
    weight = rule.greatestWeight ?? -1
    edge = rule.greatestEdge ?? -1
    sum = rule.greatestSum ?? -1
  }

  @inline(__always)
  func refuses(_ parcel: FreightParcel) -> Bool {
    kinds.meets(parcel.kind) && parcel.weight > weight && parcel.longest > edge
      && parcel.sum > sum
  }
}

/// A surcharge valid on the sheet's day.
struct FreightSurcharge: BitwiseCopyable, Sendable {
  let kinds: ParcelKinds
  let unit: Surcharge.Unit
  /// Whether any condition asks for the size.
  let needsSize: Bool
  /// Position of its currency among the sheet's; negative: a percentage.
  let currency: Int32
  let weightFrom: Int64
  let weightBelow: Int64
  let edgeFrom: Int64
  let edgeBelow: Int64
  let secondFrom: Int64
  let girthFrom: Int64
  /// Millionths.
  let amount: Int64

  init(_ rule: Surcharge, currency: Int32) {
    kinds = ParcelKinds(rule.goods)
    unit = rule.unit
    needsSize =
      rule.edgeFrom != nil || rule.edgeBelow != nil || rule.secondEdgeFrom != nil
      || rule.girthFrom != nil
    self.currency = currency
    weightFrom = rule.weightFrom ?? 0
    weightBelow = rule.weightBelow ?? .max
    edgeFrom = rule.edgeFrom ?? 0
    edgeBelow = rule.edgeBelow ?? .max
    secondFrom = rule.secondEdgeFrom ?? 0
    girthFrom = rule.girthFrom ?? 0
    amount = rule.amount.micros
  }

  /// Whether every parcel pays it.
  var isUnconditional: Bool {
    !needsSize && weightFrom == 0 && weightBelow == .max
      && ParcelKinds.all.subtracting(kinds).bits == 0
  }

  @inline(__always)
  func applies(to parcel: FreightParcel) -> Bool {
    guard kinds.meets(parcel.kind), parcel.weight >= weightFrom, parcel.weight < weightBelow
    else { return false }
    return !needsSize
      || (parcel.hasSize && parcel.longest >= edgeFrom && parcel.longest < edgeBelow
        && parcel.second >= secondFrom && parcel.girth >= girthFrom)
  }

  /// The exact surcharge on a base charge in millionths; nil when it does not fit.
  @inline(__always)
  func exact(on fee: Int128, grams: Int64) -> ExactAmount? {
    switch unit {
    case .parcel: ExactAmount(micros: Int128(amount))
    case .kg: ExactAmount(micros: Int128(amount), times: grams, over: 1000)
    case .percent: ExactAmount(micros: fee, times: amount, over: 100_000_000)
    }
  }
}

/// A variant of a card valid on the sheet's day.
struct FreightVariant: BitwiseCopyable, Sendable {
  let kinds: ParcelKinds
  /// Position of its currency among the sheet's.
  let currency: Int32
  /// Position of the value band's currency among those of value bands; negative: any value.
  let valueSlot: Int32
  let leastValue: Int64
  let greatestValue: Int64
  let greatestSum: Int64
  let greatestEdge: Int64
  let greatestGirth: Int64
  let greatestChargeable: Int64
  /// Zero: none.
  let divisor: Int64
  let divisorSumOver: Int64
  let divisorEdgeFrom: Int64
  let rounding: Int64
  let leastChargeable: Int64
  let firstBand: Int32
  let endOfBands: Int32

  init(_ variant: RateCardVariant, currency: Int32, valueSlot: Int32, bands: Range<Int>) {
    kinds = ParcelKinds(variant.goods)
    self.currency = currency
    self.valueSlot = valueSlot
    leastValue = variant.value?.leastHeld ?? .min
    greatestValue = variant.value?.greatest ?? .max
    greatestSum = variant.greatestSum ?? .max
    greatestEdge = variant.greatestEdge ?? .max
    greatestGirth = variant.greatestGirth ?? .max
    greatestChargeable = variant.greatestChargeable ?? .max
    divisor = variant.volumetric?.divisor ?? 0
    divisorSumOver = variant.volumetric?.sumOver ?? -1
    divisorEdgeFrom = variant.volumetric?.edgeFrom ?? 0
    rounding = variant.rounding
    leastChargeable = variant.leastChargeable
    firstBand = Int32(bands.lowerBound)
    endOfBands = Int32(bands.upperBound)
  }

  /// Whether everything but weight and value fits.
  @inline(__always)
  func takes(_ parcel: FreightParcel) -> Bool {
    kinds.meets(parcel.kind) && parcel.sum <= greatestSum && parcel.longest <= greatestEdge
      && parcel.girth <= greatestGirth
  }

  /// The chargeable weight; nil where rounding up does not fit.
  @inline(__always)
  func chargeable(_ parcel: FreightParcel) -> Int64? {
    var grams = parcel.weight
    if divisor > 0, parcel.sum > divisorSumOver, parcel.longest >= divisorEdgeFrom {
      let volume = Int64(truncatingIfNeeded: parcel.doubledVolume / 2)
      grams = max(grams, (volume &+ divisor &- 1) / divisor)
    }
    if rounding > 1, grams % rounding != 0 {
      let (rounded, overflow) = grams.addingReportingOverflow(rounding - grams % rounding)
      guard !overflow else { return nil }
      grams = rounded
    }
    return max(grams, leastChargeable)
  }
}

/// A weight band, see ``RateBand``.
struct FreightBand: BitwiseCopyable, Sendable {
  let over: Int64
  let upto: Int64
  let base: Int64
  let from: Int64
  let step: Int64
  let perStep: Int64

  init(_ band: RateBand) {
    over = band.over
    upto = band.upto
    base = band.base.micros
    from = band.from
    step = band.step
    perStep = band.perStep.micros
  }

  /// The fee in millionths of the card's currency.
  @inline(__always)
  func fee(_ grams: Int64) -> Int128 {
    let above = max(0, grams - from)
    let steps = step == 1 ? above : above / step + (above % step == 0 ? 0 : 1)
    return Int128(base) + Int128(steps) * Int128(perStep)
  }
}

/// A price class as its rules stand: positions of those valid on the sheet's day.
struct FreightEntry: BitwiseCopyable, Sendable {
  /// Whether another leg pays, so that nothing but a restriction is asked.
  var isIncluded = false
  var firstRestriction: Int32 = 0
  var endOfRestrictions: Int32 = 0
  var firstVariant: Int32 = 0
  var endOfVariants: Int32 = 0
  /// Percentages first, then currency by currency.
  var firstSurcharge: Int32 = 0
  var endOfSurcharges: Int32 = 0
}

/// A currency of cards and surcharges, and the way into the quote's.
struct FreightCurrency: BitwiseCopyable, Sendable {
  /// Units of 10^-14 in a minor unit.
  let perMinor: Int64
  let exchange: FreightExchange

  init(_ currency: Currency, to quote: Currency, _ rates: ExchangeRates, on date: CivilDate) {
    perMinor = Int64(ExactAmount.perUnit) / currency.minorPerUnit
    exchange = FreightExchange(from: currency, to: quote, rates, on: date)
  }

  /// An exact amount, not negative, rounded half up once and converted; nil where it does not fit.
  @inline(__always)
  func converted(_ exact: Int128) -> Int64? {
    let minor: Int64
    if let short = UInt64(exactly: exact) {
      let over = UInt64(truncatingIfNeeded: perMinor)
      let (whole, rest) = short.quotientAndRemainder(dividingBy: over)
      minor = Int64(truncatingIfNeeded: rest >= over &- rest ? whole &+ 1 : whole)
    } else {
      guard let wide = Int64(exactly: Rounding.halfUp(exact, over: Int128(perMinor))) else {
        return nil
      }
      minor = wide
    }
    return exchange.convert(minor)
  }
}
