public import LogisticsModel

/// When a volumetric divisor applies.
public struct VolumetricRule: Hashable, Sendable {
  /// Cubic centimetres that weigh a kilogram.
  public let divisor: Int64
  /// Applies only where the edges add up to more than this many millimetres.
  public let sumOver: Int64?
  /// Applies only where some edge has at least this many millimetres.
  public let edgeFrom: Int64?

  /// Makes a rule; where both conditions are given, both must hold.
  public init(divisor: Int64, sumOver: Int64? = nil, edgeFrom: Int64? = nil) {
    self.divisor = divisor
    self.sumOver = sumOver
    self.edgeFrom = edgeFrom
  }

  /// Whether the divisor applies to a size.
  public func applies(to size: Dimensions) -> Bool {
    if let sumOver, Int64(size.sum) <= sumOver { return false }
    if let edgeFrom, Int64(size.longest) < edgeFrom { return false }
    return true
  }
}

/// The declared values a variant is for, both ends included.
///
/// Cards write `1 to 1500` and `1501 to 7000` and mean no hole between: the lower end takes in everything above
/// the unit before it, as finely as it is written. So 1500.50 belongs to the second band; the upper end is never
/// stretched.
public struct ValueBand: Hashable, Sendable {
  /// Least value in minor units.
  public let least: Int64
  /// Greatest value in minor units.
  public let greatest: Int64
  /// Currency of the ends.
  public let currency: Currency
  /// Minor units of the last decimal the lower end is written with: 100 for whole euros.
  public let grain: Int64

  /// Makes a band.
  public init(least: Int64, greatest: Int64, currency: Currency, grain: Int64) {
    self.least = least
    self.greatest = greatest
    self.currency = currency
    self.grain = grain
  }

  /// The least value it holds, in minor units.
  public var leastHeld: Int64 { max(0, least - grain + 1) }

  /// Whether the band holds a value in minor units of its currency.
  public func holds(_ value: Int64) -> Bool {
    value <= greatest && value >= leastHeld
  }
}

/// One form of a card: what it is for, its limits, its weight rule and its bands.
public struct RateCardVariant: Hashable, Sendable {
  /// Id, unique in the bundle.
  public internal(set) var id: String
  /// Currency of all its money.
  public internal(set) var currency: Currency
  /// Ready dates.
  public internal(set) var validity = Validity.always
  /// Goods classes.
  public internal(set) var goods = GoodsMask(bits: .max)
  /// Declared values; nil: any, even an unknown one.
  public internal(set) var value: ValueBand?
  /// Greatest sum of the edges in millimetres.
  public internal(set) var greatestSum: Int64?
  /// Greatest edge in millimetres.
  public internal(set) var greatestEdge: Int64?
  /// Greatest length and girth in millimetres.
  public internal(set) var greatestGirth: Int64?
  /// Volumetric weight, if any.
  public internal(set) var volumetric: VolumetricRule?
  /// Greatest chargeable weight in grams.
  public internal(set) var greatestChargeable: Int64?
  /// Chargeable weight is rounded up to a multiple of this many grams.
  public internal(set) var rounding: Int64 = 1
  /// Chargeable weight is at least this many grams (after rounding).
  public internal(set) var leastChargeable: Int64 = 0
  /// Bands, ascending.
  public internal(set) var bands: [RateBand] = []
  /// Where the figures come from.
  public internal(set) var basis = Basis.assumed
  /// The source in words.
  public internal(set) var source = ""

  init(id: String, currency: Currency) {
    self.id = id
    self.currency = currency
  }

  /// Actual or volumetric weight, whichever is greater, rounded up to the card's step and to its least.
  ///
  /// Without a known size the actual weight counts. `divisor` tells whether a divisor was applied at all.
  public func chargeableWeight(of parcel: Parcel) -> (grams: Int64, divisor: Int64?) {
    var grams = parcel.weight.value
    var divisor: Int64?
    if let volumetric, let size = parcel.dimensions, volumetric.applies(to: size) {
      divisor = volumetric.divisor
      grams = max(grams, parcel.volumetricWeight(divisor: volumetric.divisor)?.value ?? 0)
    }
    if grams % rounding != 0 { grams += rounding - grams % rounding }
    return (max(grams, leastChargeable), divisor)
  }

  /// The band that holds a chargeable weight.
  ///
  /// - Complexity: O(log bands)
  public func band(holding grams: Int64) -> Int? {
    var low = 0
    var high = bands.count
    while low < high {
      let middle = (low + high) / 2
      if bands[middle].upto < grams { low = middle + 1 } else { high = middle }
    }
    return low < bands.count && bands[low].holds(grams) ? low : nil
  }
}
