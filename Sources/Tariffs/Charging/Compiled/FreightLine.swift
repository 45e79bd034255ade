import LogisticsModel

/// What every parcel pays on top of a class's base charge.
struct FreightAlways {
  /// The base charge and its percentages: 10^8 for the charge itself, and one for each millionth of a percent.
  private(set) var factor = ExactAmount.perMicro
  /// In 10^-14 units of the card's currency.
  private(set) var perParcel: Int128 = 0
  /// In 10^-14 units of the card's currency.
  private(set) var perGram: Int128 = 0
  /// Sums in other currencies, in 10^-14 units.
  private(set) var foreign: [(currency: Int32, exact: Int128)] = []

  /// Adds an unconditional surcharge; false where it is no line in the card's currency and no fixed amount in another.
  mutating func add(_ rule: FreightSurcharge, card: Int32) -> Bool {
    let micros = Int128(rule.amount)
    switch rule.unit {
    case .percent: factor += micros
    case .kg where rule.currency == card: perGram += micros * (ExactAmount.perMicro / 1000)
    case .kg: return false
    case .parcel where rule.currency == card: perParcel += micros * ExactAmount.perMicro
    case .parcel:
      if let known = foreign.firstIndex(where: { $0.currency == rule.currency }) {
        foreign[known].exact += micros * ExactAmount.perMicro
      } else {
        foreign.append((rule.currency, micros * ExactAmount.perMicro))
      }
    }
    return true
  }
}

/// A stretch of chargeable weights, and the charge as `base` + `perGram` x weight in 10^-14 units.
struct FreightStretch {
  /// The last weight before the stretch.
  let over: Int64
  /// Its last weight.
  let upto: Int64
  /// Nothing is sold here.
  var isRefused = false
  /// Steps of more than a gram: no line.
  var isStepped = false
  var base: Int128 = 0
  var perGram: Int128 = 0

  /// Cuts a variant into stretches that reach from nothing to the last weight; nil where a figure is too large.
  static func stretches(of variant: RateCardVariant, _ always: FreightAlways) -> [FreightStretch]? {
    // The band of a weight can change only after one of these.
    var ends = Set(variant.bands.flatMap { [$0.over, $0.upto, $0.from] })
    ends.insert(.max)
    if let greatest = variant.greatestChargeable { ends.insert(greatest) }
    var stretches: [FreightStretch] = []
    var over: Int64 = 0
    for upto in ends.sorted() where upto > over {
      var stretch = FreightStretch(over: over, upto: upto)
      over = upto
      let first = stretch.over + 1
      if first > variant.greatestChargeable ?? .max {
        stretch.isRefused = true
      } else if let band = variant.band(holding: first) {
        guard stretch.price(variant.bands[band], always) else { return nil }
      } else {
        stretch.isRefused = true
      }
      stretches.append(stretch)
    }
    return stretches
  }

  private mutating func price(_ band: RateBand, _ always: FreightAlways) -> Bool {
    var start = Int128(band.base.micros)
    var slope: Int128 = 0
    // `from` is one of the ends, so all of the stretch lies on one side of it.
    if over >= band.from, band.perStep > .zero {
      isStepped = band.step > 1
      slope = Int128(band.perStep.micros)
      start -= Int128(band.from) * slope
    }
    let (product, tooLarge) = start.multipliedReportingOverflow(by: always.factor)
    let (sum, tooLargeSum) = product.addingReportingOverflow(always.perParcel)
    let (gram, tooLargeGram) = slope.multipliedReportingOverflow(by: always.factor)
    let (grams, tooLargeGrams) = gram.addingReportingOverflow(always.perGram)
    (base, perGram) = (sum, grams)
    return !tooLarge && !tooLargeSum && !tooLargeGram && !tooLargeGrams
  }
}

/// The arithmetic of one currency in 64 bits, and the proof of how far it reaches.
struct FreightLine {
  let currency: FreightCurrency
  /// Of the exchange rate, below 2^62.
  let numerator: UInt64
  /// Of the exchange rate, below 2^62.
  let denominator: UInt64
  /// The greatest amount in minor units that is converted within 64 bits into a charge that is allowed.
  let greatestMinor: Int128

  /// Nil where the rate itself is too long.
  init?(_ currency: FreightCurrency, added: Int64) {
    let exchange = currency.exchange
    guard exchange.greatest >= 0, exchange.numerator < 1 << 62, exchange.denominator < 1 << 62
    else { return nil }
    self.currency = currency
    numerator = exchange.numerator
    denominator = exchange.denominator
    let (top, bottom) = (Int128(numerator), Int128(denominator))
    // minor x numerator + half < 2^63, and the rounded quotient with `added` is no more than the greatest charge.
    let fits = (Int128(Int64.max) - bottom / 2) / top
    let allowed =
      (Int128(Tariff.greatestCharge - added + 1) * bottom - 1 - bottom / 2) / top
    greatestMinor = min(fits, allowed, Int128(exchange.greatest))
  }

  /// Divides all figures by what they share, and cuts the pieces where 64 bits end.
  func pieces(_ stretches: [FreightStretch]) -> (divisor: UInt64, pieces: [FreightPiece]) {
    var shared = Int128(currency.perMinor)
    for stretch in stretches where !stretch.isRefused && !stretch.isStepped {
      shared = FreightExchange.commonDivisor(shared, abs(stretch.base))
      shared = FreightExchange.commonDivisor(shared, stretch.perGram)
    }
    let divisor = Int128(currency.perMinor) / shared
    // Below 2^63 the reciprocal is exact; half up needs floor((x + floor(d / 2)) / d), for odd d too.
    let greatest = min(Int128(Int64.max), (max(-1, greatestMinor) + 1) * divisor - 1)
    var pieces: [FreightPiece] = []
    func add(_ piece: FreightPiece) {
      if let last = pieces.last, last.doubledBase == piece.doubledBase,
        last.doubledPerGram == piece.doubledPerGram, last.outcome == piece.outcome
      {
        pieces[pieces.count - 1].upto = piece.upto
      } else {
        pieces.append(piece)
      }
    }
    for stretch in stretches {
      let upto = stretch.upto == .max ? UInt64.max : UInt64(stretch.upto)
      guard !stretch.isRefused else {
        add(FreightPiece(upto: upto, outcome: FreightPiece.Outcome.refused))
        continue
      }
      let base = stretch.base / shared + divisor / 2
      let perGram = stretch.perGram / shared
      var reach = Int128(stretch.over)
      if !stretch.isStepped {
        if perGram > 0 {
          reach = max(reach, min(Int128(stretch.upto), (greatest - base) / perGram))
        } else if base <= greatest {
          reach = Int128(stretch.upto)
        }
      }
      if reach > Int128(stretch.over) {
        add(
          FreightPiece(
            upto: reach == Int128(stretch.upto) ? upto : UInt64(reach),
            doubledBase: UInt64(truncatingIfNeeded: base) &* 2,
            doubledPerGram: UInt64(truncatingIfNeeded: perGram) &* 2))
      }
      if reach < Int128(stretch.upto) {
        add(FreightPiece(upto: upto, outcome: FreightPiece.Outcome.byRules))
      }
    }
    return (UInt64(divisor), pieces)
  }
}
