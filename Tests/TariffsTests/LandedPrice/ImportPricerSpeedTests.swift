import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite(.serialized) struct ImportPricerSpeedTests {
  /// The figure a quote is built on: three lines, two headings, a flat duty and VAT, priced in another currency than the shop's.
  @Test func printsNanosecondsAnOption() throws {
    let book = try ImportRulesFixture.world(
      withTariff: false,
      rates: try Fixtures.text(ImportRulesFixture.root + "/config/networks/world/fx.csv"))
    let clock = ContinuousClock()
    var pricer: ImportPricer?
    let compiling = clock.measure {
      pricer = ImportPricer(book.rules, rates: book.rates, tender: "2026-10-30", in: .eur)
    }
    let compiled = try #require(pricer)
    for (place, shop) in [("ES", "EUR"), ("ES", "CNY"), ("RO", "CNY"), ("BR", "CNY")] {
      let currency = try #require(Currency(code: shop))
      let lines = try ["851830", "851830", "610910"].map {
        try OrderLine(
          code: try HSCode($0), quantity: 2, unitValue: Money(minorUnits: 700, currency))
      }
      let order = try ImportOrder(
        destination: try #require(Country(code: place)),
        dispatch: try #require(Country(code: "CN")),
        channel: .courier, lines: lines, weight: Grams(480))
      let prepared = try compiled.prepare(order).get()
      let first = CivilDate("2026-11-20")
      var sum: Int64 = 0
      let rounds = 1_000_000
      let batch = 10_000
      // The best batch: what is slower was interrupted.
      var pricing = Duration.seconds(1)
      for start in stride(from: 0, to: rounds, by: batch) {
        let taken = clock.measure {
          for round in start..<start + batch {
            let total = compiled.total(
              prepared, freight: 300 + Int64(round & 255),
              clearingOn: first.adding(days: round & 7))
            sum &+= total.minorUnits
          }
        }
        pricing = min(pricing, taken)
      }
      let preparing = clock.measure {
        for _ in 0..<rounds / 10 {
          if case .success(let made) = compiled.prepare(order) { sum &+= made.order.goods }
        }
      }
      #expect(sum > 0)
      func nanoseconds(_ duration: Duration, _ count: Int) -> Int64 {
        let parts = duration.components
        return (parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000) / Int64(count)
      }
      print(
        "\(place) from \(shop): \(nanoseconds(pricing, batch)) ns an option, "
          + "\(nanoseconds(preparing, rounds / 10)) ns an order; compiled in \(compiling), "
          + "\(compiled.memory) bytes")
    }
  }
}
