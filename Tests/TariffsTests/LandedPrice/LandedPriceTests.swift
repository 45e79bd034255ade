import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite("Landed price over a clearance window") struct LandedPriceTests {
  private func price(
    _ order: ImportOrder, _ days: ClosedRange<CivilDate>, freight: String = "3.60",
    allowsEstimate: Bool = false
  ) throws -> Result<LandedPrice, Refusal> {
    let book = try ImportRulesFixture.world(withTariff: false)
    return book.rules.landedPrice(
      of: order, freight: try Money(freight, .eur), clearing: days, rates: book.rates,
      tender: "2026-10-30", in: .eur, allowsEstimate: allowsEstimate)
  }

  @Test func theExampleOfTheProductPage() throws {
    // 40.00 + 3.60 + 2 headings x 3.00 = 49.60; 21 % of it = 10.416, half up 10.42; together 60.02.
    let landed = try price(
      try Orders.order("ES", ["851830:1:30", "610910:2:5"]), "2026-11-20"..."2026-11-25"
    ).get()
    #expect(landed.regimes.count == 1)
    #expect(landed.total == (try Money("60.02", .eur)))
    #expect(landed.isGuaranteed)
    let assessment = landed.assessment
    #expect(assessment.lines.map(\.kind) == [.goods, .freight, .duty, .vat])
    #expect(assessment.lines.map(\.rule) == [nil, nil, "eu-b", "vat-es-2012-09-01"])
    #expect(assessment.lines.map(\.rate) == [nil, nil, "3 EUR per heading x 2", "0.21"])
    #expect(assessment.lines.map(\.base.amountText) == ["40.00", "3.60", "40.00", "49.60"])
    #expect(assessment.lines.map(\.amount.amountText) == ["40.00", "3.60", "6.00", "10.42"])
    // Without IOSS the consignee is asked for both; the shop has the rest.
    #expect(assessment.askedAtClearance == (try Money("16.42", .eur)))
    #expect(assessment.rates.isEmpty)
  }

  @Test func aWindowAcrossAChangeKeepsBothAndPromisesTheDearer() throws {
    // To 2026-06-30: (40 + 3.60) x 1.21 = 52.756, that is 43.60 + 9.16 = 52.76. From 07-01: 60.02 as above.
    let order = try Orders.order("ES", ["851830:1:30", "610910:2:5"])
    let landed = try price(order, "2026-06-28"..."2026-07-02").get()
    #expect(
      landed.regimes.map(\.days) == ["2026-06-28"..."2026-06-30", "2026-07-01"..."2026-07-02"])
    #expect(landed.regimes.map(\.assessment.total.amountText) == ["52.76", "60.02"])
    #expect(landed.binding == 1 && landed.total.amountText == "60.02")
    // The day before the change and the day of it, alone.
    #expect(try price(order, "2026-06-30"..."2026-06-30").get().total.amountText == "52.76")
    #expect(try price(order, "2026-07-01"..."2026-07-01").get().total.amountText == "60.02")
    // The dearer may come first: Turkey's flat 60 % ended before a tariff nobody knows.
    #expect(
      try price(try Orders.order("TR", ["851830:1:20"]), "2026-02-05"..."2026-02-06")
        == .failure(
          Refusal(.dutyRateUnknown, rule: "tr-b: 851830 from CN")))
  }

  @Test func changesThatTouchNothingMakeNoRegime() throws {
    // Finland's rate changed on 2024-09-01; the order's window lies across fr-a's first day, which is not applied.
    let finland = try price(try Orders.order("FI"), "2024-08-30"..."2024-09-02").get()
    #expect(finland.regimes.map(\.days.lowerBound) == ["2024-08-30", "2024-09-01"])
    // 43.60 x 0.24 = 10.464 -> 10.46; x 0.255 = 11.118 -> 11.12.
    #expect(finland.regimes.map(\.assessment.total.amountText) == ["54.06", "54.72"])
    let germany = try price(try Orders.order("DE"), "2025-12-30"..."2026-01-02").get()
    #expect(germany.regimes.count == 1)
  }

  @Test func pastTheLastKnownRuleThereIsNoPriceUnlessAnEstimateIsAsked() throws {
    let order = try Orders.order("ES")
    #expect(
      try price(order, "2028-06-30"..."2028-07-03")
        == .failure(Refusal(.dutyRuleMissing, rule: "eu-b-after")))
    let estimate = try price(order, "2028-06-30"..."2028-07-03", allowsEstimate: true).get()
    #expect(!estimate.isGuaranteed)
    #expect(estimate.regimes.count == 2)
    #expect(estimate.regimes[0].assessment.isGuaranteed)
    #expect(
      estimate.regimes[1].assessment.doubts == [
        ImportDoubt(
          kind: .rulePastItsEnd, rule: "eu-b",
          text:
            "nothing is known for 2028-07-02 (eu-b-after); eu-b, which ended on 2028-07-01, was used"
        )
      ])
    // Where nothing was ever known there is nothing to estimate by.
    #expect(
      try price(try Orders.order("HK"), "2026-11-20"..."2026-11-20", allowsEstimate: true)
        == .failure(Refusal(.dutyRuleMissing, rule: "HK courier from CN on 2026-11-20")))
  }

  @Test func anEstimateLeavesOutWhatIsNotKnownAndSaysSo() throws {
    let order = try Orders.order("CA", ["851830:1:100"])
    let estimate = try price(order, "2026-11-20"..."2026-11-20", allowsEstimate: true)
    // No rate for CAD in these tests: that is no matter of estimates.
    #expect(estimate == .failure(Refusal(.noRate, rule: "EUR/CAD on 2026-10-30")))
    let america = try price(
      try Orders.order("US", ["851830:1:100"], channel: .courier), "2026-11-20"..."2026-11-20",
      allowsEstimate: true
    ).get().assessment
    // Neither duty nor a state's tax is in it.
    #expect(america.lines.map(\.amount.amountText) == ["100.00", "3.60", "0.00"])
    #expect(america.doubts.map(\.kind) == [.tariffRateUnknown, .subdivisionUnknown])
  }

  @Test func linesWithoutACodeAreCountedAndDoubted() throws {
    // Two lines without code and one heading: three times 3 EUR.
    let assessment = try price(
      try Orders.order("ES", [":1:10", ":1:10", "851830:1:20"]), "2026-11-20"..."2026-11-20"
    ).get().assessment
    #expect(assessment.lines[2].own == (try Money("9.00", .eur)))
    #expect(assessment.doubts.map(\.kind) == [.headingsUnknown])
    #expect(!assessment.isGuaranteed)
  }

  @Test func theShopCollectsTheTaxOfThoseRegistered() throws {
    var order = try Orders.order("ES")
    order.programmes = ["ioss"]
    let lines = try price(order, "2026-11-20"..."2026-11-20").get().assessment.lines
    #expect(lines.map(\.collection) == [.seller, .seller, .clearance, .sale])
  }
}
