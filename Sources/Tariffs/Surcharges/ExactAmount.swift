import LogisticsModel

/// An amount not yet rounded, in units of 10^-14 of its currency.
///
/// Fine enough that every base charge, every amount per gram and every percentage is exact; 128 bits reach 10^24
/// units of the currency.
struct ExactAmount: Hashable, Sendable {
  static let perMicro: Int128 = 100_000_000
  static let perUnit: Int128 = 100_000_000_000_000

  private(set) var value: Int128

  static let zero = ExactAmount(value: 0)

  private init(value: Int128) { self.value = value }

  /// A number of millionths; nil when it does not fit.
  init?(micros: Int128) { self.init(micros: micros, times: 1, over: 1) }

  /// millionths x times / over, where `over` divides 10^8.
  init?(micros: Int128, times: Int64, over: Int128) {
    let (product, overflow) = micros.multipliedReportingOverflow(by: Int128(times))
    guard !overflow else { return nil }
    let (value, tooLarge) = product.multipliedReportingOverflow(by: ExactAmount.perMicro / over)
    guard !tooLarge else { return nil }
    self.value = value
  }

  /// Adds; false when the sum does not fit.
  mutating func add(_ other: ExactAmount) -> Bool {
    let (sum, overflow) = value.addingReportingOverflow(other.value)
    guard !overflow else { return false }
    value = sum
    return true
  }

  /// Minor units of the currency, rounded half up once; nil when they do not fit 64 bits.
  func minorUnits(in currency: Currency) -> Int64? {
    Int64(
      exactly: Rounding.halfUp(value, over: ExactAmount.perUnit / Int128(currency.minorPerUnit)))
  }
}
