/// What a carrier is handed: as much as decides which legs take it and what they charge.
///
/// A missing size is legal and stated: no volumetric weight is applied, and a card with size limits accepts the
/// parcel on the shipper's word. A missing value is legal where no card asks for one.
public struct Parcel: Hashable, Sendable {
  /// Actual weight, more than zero.
  public let weight: Grams
  /// Outer size, where known.
  public let dimensions: Dimensions?
  /// Goods class.
  public let goods: GoodsClass
  /// Declared value of the goods, where known.
  public let declaredValue: Money?
  /// How its batteries travel, the strictest kind where there are several; nil: it holds none, or nobody said.
  public let battery: BatteryKind?

  /// Makes a parcel.
  ///
  /// - Precondition: the weight is more than zero.
  public init(
    weight: Grams, dimensions: Dimensions? = nil, goods: GoodsClass = .general,
    declaredValue: Money? = nil, battery: BatteryKind? = nil
  ) {
    precondition(weight.value > 0, "a parcel without weight")
    self.weight = weight
    self.dimensions = dimensions
    self.goods = goods
    self.declaredValue = declaredValue
    self.battery = battery
  }

  /// Grams of volumetric weight under a divisor in cm3 per kg, rounded up; nil where the size is unknown.
  ///
  /// cm3 / (cm3 per kg) = kg, and 1000 mm3 to the cm3 cancel 1000 g to the kg: grams = mm3 / divisor.
  ///
  /// - Precondition: the divisor is positive.
  public func volumetricWeight(divisor: Int64) -> Grams? {
    precondition(divisor > 0, "a volumetric divisor that is not positive")
    return dimensions.map { size in
      Grams(size.volume / divisor + (size.volume % divisor == 0 ? 0 : 1))
    }
  }
}
