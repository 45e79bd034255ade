import LogisticsModel
import Testing

@Suite struct OrderLineTests {
  private func line(_ quantity: Int64, _ minorUnits: Int64) throws(MeasureFault) -> OrderLine {
    try OrderLine(code: nil, quantity: quantity, unitValue: Money(minorUnits: minorUnits, .eur))
  }

  @Test func totalIsQuantityTimesUnitValue() throws {
    #expect(try line(2, 3000).total == Money("60.00", .eur))
    // A gift.
    #expect(try line(5, 0).total == .zero(.eur))
    #expect(try line(1, OrderLine.greatestTotal).total.minorUnits == OrderLine.greatestTotal)
  }

  @Test(arguments: [0, -1, 1_000_001, Int64.min]) func refusesAbsurdQuantities(quantity: Int64) {
    let fault = #expect(throws: MeasureFault.self) { try line(quantity, 1) }
    #expect(fault?.code == "TW-REQ-031")
  }

  @Test(
    arguments: [
      (1, -1), (1, Int64.min), (2, OrderLine.greatestTotal), (1_000_000, Int64.max),
    ] as [(Int64, Int64)]) func refusesAbsurdValues(quantity: Int64, value: Int64)
  {
    let fault = #expect(throws: MeasureFault.self) { try line(quantity, value) }
    #expect(fault?.code == "TW-REQ-032")
  }
}
