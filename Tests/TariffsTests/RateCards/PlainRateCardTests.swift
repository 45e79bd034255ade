import Tariffs
import Testing

@Suite struct PlainRateCardTests {
  /// The three cards of the case to check by hand (conformance, section 5).
  static let r2 = PlainRateCard(rows: [
    .init(uptoGrams: 30_000, baseCents: 500, unitGrams: 1000, unitCents: 300),
    .init(uptoGrams: 2000, baseCents: 300, unitGrams: 100, unitCents: 40),
  ])

  @Test func pricesTheCaseToCheckByHand() throws {
    let r1 = PlainRateCard(rows: [
      .init(uptoGrams: 30_000, baseCents: 100, unitGrams: 500, unitCents: 10)
    ])
    let r3 = PlainRateCard(rows: [
      .init(uptoGrams: 30_000, baseCents: 150, unitGrams: 1000, unitCents: 60)
    ])
    // P: 100 + ceil(1250 / 500) * 10 = 100 + 3 * 10 = 130; T: 150 + 2 * 60 = 270; together 400.
    #expect(try r1.price(grams: 1250) == 130)
    #expect(try r3.price(grams: 1250) == 270)
    // F: 300 + 13 * 40 = 820; with P 950.
    #expect(try Self.r2.price(grams: 1250) == 820)
    // 2001 g is in the second band: 500 + 3 * 300 = 1400; P 100 + 5 * 10 = 150; together 1550.
    #expect(try Self.r2.price(grams: 2001) == 1400)
  }

  @Test func bandEndIsIncludedAndBeyondTheLastNothingIsSold() throws {
    #expect(try Self.r2.price(grams: 2000) == 300 + 20 * 40)
    #expect(try Self.r2.price(grams: 30_000) == 500 + 30 * 300)
    #expect(try Self.r2.price(grams: 30_001) == nil)
    #expect(try PlainRateCard(rows: []).price(grams: 1) == nil)
  }

  @Test func ofRowsWithTheSameEndTheLeastApplies() throws {
    let card = PlainRateCard(rows: [
      .init(uptoGrams: 100, baseCents: 9, unitGrams: 1, unitCents: 0),
      .init(uptoGrams: 100, baseCents: 5, unitGrams: 10, unitCents: 7),
      .init(uptoGrams: 100, baseCents: 5, unitGrams: 2, unitCents: 3),
    ])
    // (100, 5, 2, 3) comes first: 5 + ceil(5 / 2) * 3 = 14.
    #expect(try card.price(grams: 5) == 14)
    #expect(try card.price(grams: 0) == 5)
  }

  @Test func reportsOverflowInsteadOfWrapping() {
    let steep = PlainRateCard(rows: [
      .init(uptoGrams: .max, baseCents: 0, unitGrams: 1, unitCents: 3)
    ])
    #expect(throws: PlainRateCard.Overflow.self) {
      try steep.price(grams: .max)
    }
    let high = PlainRateCard(rows: [
      .init(uptoGrams: 10, baseCents: .max, unitGrams: 1, unitCents: 1)
    ])
    #expect(throws: PlainRateCard.Overflow.self) { try high.price(grams: 1) }
    #expect(throws: Never.self) { try high.price(grams: 0) }
  }
}
