/// One line of an order: what it is, how many, what one costs, where it was made.
///
/// What may be unknown is optional, and what is unknown is said in the answer: duties that count headings cannot be
/// sure of a line without an HS code.
public struct OrderLine: Hashable, Sendable {
  /// HS code; nil only where a single declared value stands for the whole order.
  public let code: HSCode?
  /// Pieces, at least one.
  public let quantity: Int64
  /// Price of one piece as sold, without freight, duty and tax; not negative.
  public let unitValue: Money
  /// Country of origin; nil: the country the parcel leaves.
  public let origin: Country?
  /// Goods class, where the line has one of its own.
  public let goods: GoodsClass?
  /// How its batteries travel, where it has any.
  public let battery: BatteryKind?
  /// Category of extended producer responsibility, such as `packaging` or `electronics`; kept and shown only.
  public let eprCategory: String?

  /// Quantity times unit value; cannot overflow (see ``greatestTotal``).
  public let total: Money

  /// The greatest number of pieces a line may have.
  public static let greatestQuantity: Int64 = 1_000_000
  /// The greatest value of a line, in minor units: ten million million, so that sums and rates stay within 128 bits.
  public static let greatestTotal: Int64 = 10_000_000_000_000

  /// Makes a line; refuses a quantity below one, a negative value, and either beyond belief.
  public init(
    code: HSCode?, quantity: Int64, unitValue: Money, origin: Country? = nil,
    goods: GoodsClass? = nil, battery: BatteryKind? = nil, eprCategory: String? = nil
  ) throws(MeasureFault) {
    guard (1...OrderLine.greatestQuantity).contains(quantity) else {
      throw MeasureFault(
        code: MeasureFault.Code.quantityOutOfRange, subject: "quantity", value: "\(quantity)",
        reason: "is not within 1...\(OrderLine.greatestQuantity)",
        advice: "write how many pieces the line has, for example 851830:2:30EUR")
    }
    guard unitValue.minorUnits >= 0 else {
      throw MeasureFault(
        code: MeasureFault.Code.valueOutOfRange, subject: "value", value: "\(unitValue)",
        reason: "is negative", advice: "write the price of one piece; a gift has the value 0")
    }
    let (total, overflow) = unitValue.minorUnits.multipliedReportingOverflow(by: quantity)
    guard !overflow, total <= OrderLine.greatestTotal else {
      throw MeasureFault(
        code: MeasureFault.Code.valueOutOfRange, subject: "value",
        value: "\(quantity) x \(unitValue)",
        reason: "is more than any parcel is worth", advice: "check the unit value and its currency")
    }
    self.code = code
    self.quantity = quantity
    self.unitValue = unitValue
    self.origin = origin
    self.goods = goods
    self.battery = battery
    self.eprCategory = eprCategory
    self.total = Money(minorUnits: total, unitValue.currency)
  }
}
