import Testing

@testable import Tariffs

@Suite struct WeightBandsTests {
  @Test("every weight lies in the band that names it, and bands leave no gap")
  func everyWeight() {
    for weight in Int64(1)...20_000 {
      #expect(WeightBands.weights(of: WeightBands.band(of: weight)).contains(weight))
    }
    for band in 1..<WeightBands.count {
      #expect(
        WeightBands.weights(of: band).lowerBound == WeightBands.weights(of: band - 1).upperBound + 1
      )
    }
    #expect(WeightBands.weights(of: 0) == 1...100)
    #expect(WeightBands.weights(of: 7) == 10_001...20_000)
  }

  @Test("what is heavier than all has no band")
  func beyond() {
    for weight in [20_001, 1 << 31, 1 << 32, Int64.max] {
      #expect(WeightBands.band(of: weight) == WeightBands.count)
    }
  }
}
