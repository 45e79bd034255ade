import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

/// The two lines of a class and a band hold every price between them.
@Suite struct CompactChargesTests {
  private static let greatestWeight: Int64 = 20_000

  @Test("no weight, date or declared value leads outside the lines, on random tariffs")
  func lines() throws {
    var (checked, tight, refusedBands, uncertain) = (0, 0, 0, 0)
    for seed in UInt64(1)...60 {
      var world = try LineTariff(seed: seed)
      let dates = LineTariff.dates
      let currency: Currency = [.eur, .cny, .usd][Int(seed % 3)]
      let charges = CompactCharges(
        world.tariff, world.classes, on: dates[0]...dates[3], in: currency,
        greatestWeight: Self.greatestWeight)
      let sheets = dates.map {
        FreightSheet(world.tariff, world.classes, on: $0, in: currency)
      }
      for position in 0..<Int32(world.classes.count) {
        let ends = charges.ends(of: position)
        #expect(ends.count == GoodsClass.allCases.count * WeightBands.count)
        for own in ends {
          refusedBands += own == .refused ? 1 : 0
          uncertain += own != .refused && own.most[0] >= CompactCharges.beyond ? 1 : 0
          tight += all(own.most &- own.least .<= SIMD2(2, 2)) ? 1 : 0
        }
        for _ in 0..<120 {
          let goods = world.random.pick(GoodsClass.allCases)
          let weight = world.random.pick([
            world.random.integer(1...120), world.random.integer(1...20_000),
          ])
          let band = WeightBands.band(of: weight)
          let own = ends[goods.rawValue * WeightBands.count + band]
          let value =
            world.random.chance(percent: 50)
            ? nil : Money(minorUnits: world.random.integer(0...9000), .eur)
          let sheet = world.random.pick(sheets)
          let price = sheet.price(
            position,
            of: sheet.prepare(
              Parcel(weight: Grams(weight), goods: goods, declaredValue: value)))
          #expect(
            holds(price, own, weight, WeightBands.weights(of: band)),
            "seed \(seed), class \(position), \(goods) \(weight) g: \(price) not in \(own)")
          checked += 1
        }
      }
    }
    #expect(checked > 100_000)
    #expect(tight > 5000, "\(tight) bands of lines two minor units apart")
    #expect(refusedBands > 200 && uncertain > 500, "\(refusedBands) \(uncertain)")
  }

  /// Whether a price lies between the lines, multiplied out so that nothing is rounded.
  private func holds(
    _ price: Int64, _ ends: CompactCharges.Ends, _ weight: Int64, _ band: ClosedRange<Int64>
  ) -> Bool {
    if price < 0 { return ends.most.max() >= CompactCharges.beyond }
    if ends == .refused { return false }
    let width = band.upperBound - band.lowerBound
    let at = weight - band.lowerBound
    func line(_ ends: SIMD2<Int64>) -> Int64 { ends[0] * (width - at) + ends[1] * at }
    let isAtLeast = line(ends.least) <= price * width
    return isAtLeast
      && (ends.most.max() >= CompactCharges.beyond || price * width <= line(ends.most))
  }

  /// 2 EUR and 1 cent a gram: 3.00 at 100 g, 20.02 at 1,802 g.
  @Test("a class of one straight line is that line")
  func straight() throws {
    var fixture = TariffFixture()
    fixture.cards = "card,variant,currency\nc,v,EUR\n"
    fixture.bands += "v,0,,2,0,1,0.01\n"
    let tariff = try fixture.read(currency: .eur).tariff
    let classes = PriceClassTable(
      tariff, legCount: 1,
      names: LegKeyNames(cards: ["c"], services: ["s"], modes: ["air"], stages: ["linehaul"]),
      nodePosition: { _ in nil }
    ) { _ in LegKey(card: 0, service: 0, mode: 0, stage: 0, node: 0) }
    let ends = CompactCharges(
      tariff, classes, on: "2026-03-01"..."2026-03-01", in: .eur, greatestWeight: 20_000
    ).ends(of: 0)
    #expect(ends[0] == CompactCharges.Ends(least: SIMD2(201, 300), most: SIMD2(201, 300)))
    #expect(ends[4] == CompactCharges.Ends(least: SIMD2(1201, 2200), most: SIMD2(1201, 2200)))
  }
}
