import LogisticsModel
import Tariffs
import TestSupport
import Testing

@Suite struct ExchangeRatesTests {
  private func rates(_ rows: String) throws -> ExchangeRates {
    try TariffFixture(rates: "date,base,quote,rate\n" + rows).clean().rates
  }

  private func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }

  @Test func usesTheLatestRowOnOrBeforeTheDate() throws {
    let rates = try rates(
      "2026-10-30,EUR,CNY,8.3\n2026-10-01,EUR,CNY,8.2\n2026-11-02,EUR,CNY,8.4\n")
    let ten = Money(minorUnits: 1000, .eur)
    for (date, cents) in [
      ("2026-10-01", 8200), ("2026-10-29", 8200), ("2026-10-30", 8300), ("2026-11-01", 8300),
      ("2027-01-01", 8400),
    ] {
      #expect(try rates.convert(ten, to: .cny, on: day(date)).get().minorUnits == Int64(cents))
    }
    let rate = try rates.rate(from: .eur, to: .cny, on: day("2026-11-20")).get()
    #expect(rate.rows.map(\.description) == ["2026-11-02 EUR/CNY 8.4"])
    #expect(
      rates.convert(ten, to: .cny, on: try day("2026-09-30"))
        == .failure(Refusal(.noRate, rule: "EUR/CNY on 2026-09-30")))
  }

  @Test func prefersDirectThenInverseThenEuroThenDollarThenCodeOrder() throws {
    let date = try day("2026-11-20")
    let yen = try currency("JPY")
    let pound = try currency("GBP")
    func path(_ rows: String) throws -> [String] {
      try rates(rows).rate(from: yen, to: pound, on: date).get().rows.map {
        "\($0.base)\($0.quote)"
      }
    }
    let viaAUD = ",AUD,JPY,1\n,AUD,GBP,1\n"
    let viaCHF = ",CHF,JPY,1\n,GBP,CHF,1\n"
    let viaUSD = viaAUD + viaCHF + ",USD,JPY,1\n,USD,GBP,1\n"
    let viaEUR = viaUSD + ",EUR,JPY,1\n,GBP,EUR,1\n"
    let inverse = viaEUR + ",GBP,JPY,1\n"
    #expect(try path(viaAUD + viaCHF) == ["AUDJPY", "AUDGBP"])
    #expect(try path(viaUSD) == ["USDJPY", "USDGBP"])
    #expect(try path(viaEUR) == ["EURJPY", "GBPEUR"])
    #expect(try path(inverse) == ["GBPJPY"])
    #expect(try path(inverse + ",JPY,GBP,1\n") == ["JPYGBP"])
  }

  @Test func convertsAcrossDecimalsExactlyAndRoundsHalfUpOnce() throws {
    let date = try day("2026-11-20")
    let yen = try currency("JPY")
    let dinar = try currency("BHD")
    let rates = try rates(
      "2026-10-30,EUR,JPY,178.5\n2026-10-30,EUR,USD,1.1555\n,USD,BHD,0.376\n2026-10-30,EUR,CNY,8.2\n"
    )
    // 3.60 EUR x 178.5 = 642.6 -> 643 JPY. 643 JPY / 178.5 = 3.6022... -> 3.60 EUR.
    #expect(
      try rates.convert(Money(minorUnits: 360, .eur), to: yen, on: date).get().minorUnits == 643)
    #expect(
      try rates.convert(Money(minorUnits: 643, yen), to: .eur, on: date).get().minorUnits == 360)
    // 10 EUR x 1.1555 x 0.376 = 4.34468 -> 4.345 BHD (three decimals).
    #expect(
      try rates.convert(Money(minorUnits: 1000, .eur), to: dinar, on: date).get().description
        == "4.345 BHD")
    // 0.05 CNY / 8.2 x 178.5 = 1.0884 JPY -> 1, through EUR with one rounding at the end.
    #expect(try rates.convert(Money(minorUnits: 5, .cny), to: yen, on: date).get().minorUnits == 1)
    // Halves: 1 EUR = 0.125 at rate 0.125 -> 0.13; minus the same -> -0.13.
    let half = try self.rates(",EUR,USD,0.125\n")
    #expect(
      try half.convert(Money(minorUnits: 100, .eur), to: .usd, on: date).get().minorUnits == 13)
    #expect(
      try half.convert(Money(minorUnits: -100, .eur), to: .usd, on: date).get().minorUnits == -13)
  }

  @Test func aCurrencyIntoItselfNeedsNoRow() throws {
    let rate = try rates("").rate(from: .eur, to: .eur, on: day("2026-01-01")).get()
    #expect(rate.rows.isEmpty)
    #expect(rate.convert(minorUnits: .max) == .max)
    #expect(rate.convert(minorUnits: 123) == 123)
  }

  @Test func aDatedRowReplacesAStandingPeg() throws {
    let riyal = try currency("SAR")
    let rates = try rates(",USD,SAR,3.75\n2026-07-01,USD,SAR,3.80\n")
    let dollar = Money(minorUnits: 100, .usd)
    #expect(try rates.convert(dollar, to: riyal, on: day("2026-06-30")).get().minorUnits == 375)
    #expect(try rates.convert(dollar, to: riyal, on: day("2026-07-01")).get().minorUnits == 380)
    #expect(
      try rates.rate(from: .usd, to: riyal, on: day("2026-06-30")).get().rows.map(\.description)
        == ["peg USD/SAR 3.75"])
  }

  @Test func tooLargeIsReportedNotWrapped() throws {
    let rates = try rates(",EUR,USD,999999999999\n")
    #expect(
      rates.convert(Money(minorUnits: .max, .eur), to: .usd, on: try day("2026-01-01"))
        == .failure(Refusal(.amountOverflow, rule: "EUR/USD")))
  }

  @Test(arguments: ["0", "-1", "1e3", "1234567890123", "", "1,1"])
  func refusesRatesThatAreNone(rate: String) throws {
    let quoted = rate.contains(",") ? "\"\(rate)\"" : rate
    let found = try TariffFixture(rates: "date,base,quote,rate\n,EUR,USD,\(quoted)\n").read()
      .findings
    #expect(found.count == 1)
    #expect(found.first?.severity == .error)
  }

  @Test func findsDoublesAndSelves() throws {
    let found = try TariffFixture(
      rates: """
        date,base,quote,rate
        2026-01-01,EUR,USD,1.1
        2026-01-01,EUR,USD,1.2
        ,EUR,EUR,1
        2026-01-01,EUR,XXX,1

        """
    ).read().findings
    #expect(found.map(\.code) == ["TW-TRF-018", "TW-TRF-018", "TW-TRF-010"])
    #expect(found.map(\.line) == [3, 4, 5])
  }

  @Test func thereAndBackDiffersByAtMostHalfAMinorUnitOfTheFarSide() throws {
    var random = SeededGenerator(seed: 3)
    let date = try day("2026-01-01")
    for _ in 0..<500 {
      let digits = random.integer(100_000...99_999_999)
      let rates = try rates(",EUR,USD,\(DecimalText.text(digits, places: 6))\n")
      let amount = random.integer(1...1_000_000)
      let there = try rates.convert(Money(minorUnits: amount, .eur), to: .usd, on: date).get()
      // |there - amount x digits / 10^6| <= 1/2
      let error = 2 * (there.minorUnits * 1_000_000 - amount * digits)
      #expect(abs(error) <= 1_000_000)
    }
  }
}
