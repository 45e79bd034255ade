import Testing

@testable import WarehousePlacement

@Suite struct BaseStockTests {
  @Test("quantiles and losses of the normal law at known points")
  func normal() {
    // P(Z <= 1.645) = 0.95, P(Z <= 2.326) = 0.99; E[(Z - 1)+] = 0.08332, E[(Z + 1)+] = 1.08332.
    #expect(StandardNormal.quantile(millionths: 500_000) == 0)
    #expect(abs(StandardNormal.quantile(millionths: 950_000) - 1645) <= 1)
    #expect(abs(StandardNormal.quantile(millionths: 990_000) - 2326) <= 2)
    #expect(
      StandardNormal.quantile(millionths: 50_000) == -StandardNormal.quantile(millionths: 950_000))
    #expect(StandardNormal.quantile(millionths: 1_000_000) == 4000)
    #expect(StandardNormal.expectedShortage(thousandths: 1000) == 83_315)
    #expect(StandardNormal.expectedShortage(thousandths: -1000) == 1_083_315)
    #expect(StandardNormal.expectedLeftover(thousandths: 1000) == 1_083_315)
  }

  @Test("pooling two equal demands needs the root of two, not two, margins")
  func pooling() {
    // Variance 9 a day over 16 days: deviation 12; pooled with its like: sqrt(2 x 9 x 16) = 16.970.
    #expect(BaseStock.deviation(9_000, 16_000) == 12_000)
    #expect(BaseStock.deviation(18_000, 16_000) == 16_970)
    // 5 a day over 16 days are 80; a margin of 1.645 deviations is 19.74; 99.74 are 100 pieces.
    let stock = BaseStock(perDay: 5000, variancePerDay: 9_000, coverDays: 16_000, margin: 1645)
    #expect(stock.safetyStock == 19_740)
    #expect(stock.pieces == 100)
  }

  @Test("the newsvendor covers short / (short + over) of demand")
  func newsvendor() {
    #expect(BaseStock.quantile(short: 900, over: 100) == 900_000)
    #expect(BaseStock.quantile(short: 1, over: 2) == 333_333)
    #expect(BaseStock.quantile(short: 0, over: 0) == 500_000)
  }
}
