import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

/// Whatever the order says of two sums of classes must hold for every parcel; and it must say something.
@Suite struct ChargeOrderTests {
  /// Prices of every class for some parcels on some dates in one currency; -1: refused.
  private struct Prices {
    let parcels: [Parcel]
    /// By parcel and date, then by class.
    var rows: [(parcel: Int, prices: [Int64])] = []

    init(
      _ tariff: Tariff, _ classes: PriceClassTable, _ parcels: [Parcel], _ dates: [CivilDate],
      in currency: Currency
    ) {
      self.parcels = parcels
      for date in dates {
        let sheet = FreightSheet(tariff, classes, on: date, in: currency)
        for (position, parcel) in parcels.enumerated() {
          let prepared = sheet.prepare(parcel)
          rows.append(
            (position, (0..<Int32(classes.count)).map { sheet.price($0, of: prepared) }))
        }
      }
    }

    /// nil: some class refuses.
    func sum(_ row: Int, _ classes: [Int32]) -> Int64? {
      var sum: Int64 = 0
      for position in classes {
        let price = rows[row].prices[Int(position)]
        if price < 0 { return nil }
        sum += price
      }
      return sum
    }

    /// A parcel of the goods classes for which the first is dearer than the second, or refused where that is taken.
    func counterexample(_ cheap: [Int32], _ dear: [Int32], goods: UInt64) -> Int? {
      rows.indices.first { row in
        let parcel = parcels[rows[row].parcel]
        guard goods >> UInt64(parcel.goods.rawValue) & 1 == 1, let most = sum(row, dear) else {
          return false
        }
        return sum(row, cheap).map { $0 > most } ?? true
      }
    }
  }

  @Test("no parcel contradicts the order of two lists; it answers often, by pairs and by lines")
  func lists() throws {
    var (asked, yes, byLines, parcels) = (0, 0, 0, 0)
    for seed in UInt64(1)...220 {
      var world = try LineTariff(seed: seed)
      let currency: Currency = [.eur, .cny, .usd][Int(seed % 3)]
      let dates = LineTariff.dates
      let order = ChargeOrder(world.tariff, world.classes, in: currency, on: dates[0]...dates[3])
      let sample = (0..<90).map { _ in world.parcel() }
      parcels += sample.count
      let prices = Prices(world.tariff, world.classes, sample, dates, in: currency)
      for _ in 0..<150 {
        let (cheap, dear) = world.lists()
        let goods = order.goods(where: cheap, areNoDearerThan: dear)
        #expect(goods & ~ChargeOrder.allGoods == 0)
        asked += 1
        if goods == 0 { continue }
        yes += 1
        if goods != ChargeOrder.allGoods { byLines += 1 }  // Pairs hold for all goods.
        if let row = prices.counterexample(cheap, dear, goods: goods) {
          Issue.record(
            "seed \(seed) \(cheap) not above \(dear) in \(currency): \(prices.sum(row, cheap) ?? -1) > \(prices.sum(row, dear) ?? -1), \(sample[prices.rows[row].parcel])"
          )
          return
        }
      }
    }
    #expect(parcels >= 19_800)
    #expect(yes > asked / 5, "\(yes) of \(asked)")
    #expect(byLines > 200, "\(byLines) for some goods only")
  }

  @Test("a class said to be no dearer is so in every currency, on every date, also of odd tariffs")
  func pairs() throws {
    let currencies = try ["EUR", "JPY", "KWD"].map { try #require(Currency(code: $0)) }
    var yes = 0
    for seed in UInt64(1)...300 {
      var world = try RandomTariff(seed: seed)
      let classes = world.classes()
      let sample = (0..<60).map { _ in world.parcel() }
      let dates = (0..<3).map { _ in world.date() }
      let order = ChargeOrder(
        world.tariff, classes, in: .eur, on: (dates.min() ?? dates[0])...(dates.max() ?? dates[0]))
      for currency in currencies {
        let prices = Prices(world.tariff, classes, sample, dates, in: currency)
        for cheap in 0..<Int32(classes.count) {
          for dear in 0..<Int32(classes.count)
          where cheap != dear && order.isNoDearer(cheap, than: dear) {
            yes += 1
            if let row = prices.counterexample([cheap], [dear], goods: ChargeOrder.allGoods) {
              Issue.record(
                "seed \(seed), \(currency): \(classes.entries[Int(cheap)]) against \(classes.entries[Int(dear)]), \(sample[prices.rows[row].parcel])"
              )
              return
            }
          }
        }
      }
    }
    #expect(yes > 2000, "\(yes)")
  }

  @Test("the order holds between a list and itself, with one more class, and with one replaced")
  func reflexive() throws {
    for seed in UInt64(300)...330 {
      var world = try LineTariff(seed: seed)
      let dates = LineTariff.dates
      let order = ChargeOrder(world.tariff, world.classes, in: .eur, on: dates[0]...dates[3])
      for position in 0..<Int32(world.classes.count) {
        #expect(order.isNoDearer(position, than: position))
      }
      for _ in 0..<50 {
        let (_, dear) = world.lists()
        #expect(
          order.goods(where: dear.reversed(), areNoDearerThan: dear) == ChargeOrder.allGoods)
        #expect(
          order.goods(where: Array(dear.dropFirst()), areNoDearerThan: dear)
            == ChargeOrder.allGoods)
      }
    }
  }

  /// Two variants of one card that both take a cube of 30 cm: the card refuses it, so it is not "no dearer".
  @Test("a card whose variants overlap for an odd size is no cheaper offer for it")
  func ambiguousVariants() throws {
    var fixture = TariffFixture()
    fixture.cards =
      "card,variant,currency,divisor_cm3_per_kg\ncheap,a,CNY,\ncheap,b,CNY,5000\ndear,d,CNY,\n"
    fixture.bands +=
      "a,0,1000,1,0,1,0\nb,1000,,1,0,1,0\nd,0,1000,9,0,1,0\n"
    let tariff = try fixture.read().tariff
    let classes = PriceClassTable(
      tariff, legCount: 2,
      names: LegKeyNames(
        cards: ["cheap", "dear"], services: ["s"], modes: ["air"], stages: ["linehaul"]),
      nodePosition: { _ in nil }
    ) { LegKey(card: Int32($0), service: 0, mode: 0, stage: 0, node: 0) }
    let date = try day("2026-03-01")
    let sheet = FreightSheet(tariff, classes, on: date, in: .cny)
    let size = Dimensions(millimetres: 300, 300, 300)
    let bulky = sheet.prepare(Parcel(weight: Grams(500), dimensions: size))
    // 27,000,000 / 5000 = 5.4 kg by volume for b, 500 g for a.
    #expect(sheet.price(0, of: bulky) < 0)
    #expect(sheet.price(1, of: bulky) == 900)
    let order = ChargeOrder(tariff, classes, in: .cny, on: date...date)
    #expect(!order.isNoDearer(0, than: 1))
  }
}
