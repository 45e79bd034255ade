import LogisticsModel

extension Decimal6 {
  /// The product with a percentage, rounded half up to the millionth.
  func percent(_ percent: Int) -> Decimal6 {
    Decimal6(micros: (micros * Int64(percent) + 50) / 100)
  }
}
