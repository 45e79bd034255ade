import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite struct FreightExchangeTests {
  /// Rates of up to twelve digits, in chains of one and two, on amounts of every size: the fraction kept in 64 bits must end where
  /// the exact one overflows.
  @Test func convertsAsTheExactRateDoes() throws {
    let date = try day("2026-11-20")
    let currencies = try ["EUR", "JPY", "KWD", "CLF", "UYW"].map {
      try #require(Currency(code: $0))
    }
    var random = SeededGenerator(seed: 3)
    var (short, long, overflows, beyond) = (0, 0, 0, 0)
    for _ in 0..<20_000 {
      let (from, to) = (random.pick(currencies), random.pick(currencies))
      func row(_ base: Currency, _ quote: Currency) -> ExchangeRow {
        let digits = random.integer(1...(1 << random.integer(1...39)))
        return ExchangeRow(
          date: nil, base: base, quote: quote, digits: digits, scale: random.int(0...12))
      }
      let rates =
        random.chance(percent: 30)
        ? ExchangeRates([row(from, to)]) : ExchangeRates([row(from, .usd), row(to, .usd)])
      let exchange = FreightExchange(from: from, to: to, rates, on: date)
      guard case .success(let exact) = rates.rate(from: from, to: to, on: date) else {
        #expect(!exchange.isKnown && exchange.convert(100) == nil)
        continue
      }
      for _ in 0..<10 {
        let units = random.integer(-9...(1 << random.integer(1...62)))
        let expected = exact.convert(minorUnits: units)
        #expect(exchange.convert(units) == expected)
        if units <= exchange.greatest { short += 1 } else { long += 1 }
        if expected == nil { overflows += 1 }
        if exchange.greatest >= 0, units > exchange.greatest { beyond += 1 }
      }
    }
    #expect(short > 10_000 && long > 1000 && overflows > 1000 && beyond > 10)
  }

  @Test func knowsNoRateWhereThereIsNone() throws {
    let date = try day("2026-11-20")
    let exchange = FreightExchange(from: .eur, to: .cny, ExchangeRates([]), on: date)
    #expect(!exchange.isKnown)
    #expect(exchange.convert(0) == nil)
    #expect(FreightExchange(from: .eur, to: .eur, ExchangeRates([]), on: date).convert(7) == 7)
  }
}
