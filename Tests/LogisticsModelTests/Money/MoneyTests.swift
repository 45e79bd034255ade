import LogisticsModel
import TestSupport
import Testing

@Suite struct MoneyTests {
  @Test func readsAndWritesAmountsAtTheCurrencysDecimals() throws {
    let yen = try #require(Currency(code: "JPY"))
    let dinar = try #require(Currency(code: "KWD"))
    #expect(try Money("3.60", .eur).minorUnits == 360)
    #expect(try Money("3.6", .eur).minorUnits == 360)
    #expect(try Money("-0.05", .eur).minorUnits == -5)
    #expect(try Money("1500", yen).minorUnits == 1500)
    #expect(try Money("0.376", dinar).minorUnits == 376)
    #expect(Money(minorUnits: 360, .eur).description == "3.60 EUR")
    #expect(Money(minorUnits: -5, .eur).amountText == "-0.05")
    #expect(Money(minorUnits: 1500, yen).amountText == "1500")
    #expect(Money(minorUnits: 7, dinar).amountText == "0.007")
    #expect(Money(minorUnits: .min, .eur).amountText == "-92233720368547758.08")
  }

  @Test func refusesWhatIsNotExactlyAnAmount() throws {
    let yen = try #require(Currency(code: "JPY"))
    #expect(throws: Money.Fault.tooManyDecimals(.eur)) { try Money("3.601", .eur) }
    #expect(throws: Money.Fault.tooManyDecimals(yen)) { try Money("3.5", yen) }
    #expect(throws: Money.Fault.malformed(.comma)) { try Money("3,60", .eur) }
    #expect(throws: Money.Fault.malformed(.empty)) { try Money("", .eur) }
    #expect(throws: Money.Fault.malformed(.empty)) { try Money("-", .eur) }
    #expect(throws: Money.Fault.malformed(.unexpected("e"))) { try Money("1e3", .eur) }
    #expect(throws: Money.Fault.malformed(.unexpected("\u{0663}"))) { try Money("\u{0663}", .eur) }
    #expect(throws: Money.Fault.malformed(.pointWithoutDigits)) { try Money("3.", .eur) }
    #expect(throws: Money.Fault.malformed(.pointWithoutDigits)) { try Money(".5", .eur) }
    #expect(throws: Money.Fault.malformed(.tooLong)) { try Money("12345678901234567890", .eur) }
    #expect(throws: Money.Fault.malformed(.tooLong)) { try Money("92233720368547758.08", .eur) }
    #expect(throws: Money.Fault.overflow) { try Money("1234567890123456789", .eur) }
    // 18 digits x 100 minor units do not fit 64 bits (9.2 x 10^18).
    #expect(throws: Money.Fault.overflow) { try Money("999999999999999999", .eur) }
  }

  @Test func addsOnlyWhatCanBeAdded() throws {
    let one = Money(minorUnits: 100, .eur)
    #expect(try one.adding(Money(minorUnits: -101, .eur)) == Money(minorUnits: -1, .eur))
    #expect(throws: Money.Fault.currenciesDiffer(.eur, .usd)) { try one.adding(.zero(.usd)) }
    #expect(throws: Money.Fault.overflow) {
      try Money(minorUnits: .max, .eur).adding(Money(minorUnits: 1, .eur))
    }
  }

  @Test func everyAmountSurvivesItsText() throws {
    var random = SeededGenerator(seed: 11)
    let currencies = try ["JPY", "EUR", "KWD", "CLF"].map { try #require(Currency(code: $0)) }
    for currency in currencies {
      for units in [Int64.min, .max, 0] {
        let money = Money(minorUnits: units, currency)
        #expect(try Money(money.amountText, currency) == money)
      }
      for _ in 0..<2000 {
        let shift = Int64.random(in: 0...10, using: &random)
        let money = Money(
          minorUnits: Int64.random(in: .min ... .max, using: &random) >> (shift * 6), currency)
        #expect(try Money(money.amountText, currency) == money)
      }
    }
  }
}

@Suite struct CurrencyTests {
  @Test func knowsTheDecimals() {
    // ISO 4217: decimals per code.
    for (code, decimals) in [
      ("EUR", 2), ("CNY", 2), ("RUB", 2), ("JPY", 0), ("KRW", 0), ("CLP", 0), ("VND", 0),
      ("KWD", 3),
      ("BHD", 3), ("OMR", 3), ("TND", 3), ("CLF", 4), ("XOF", 0), ("ISK", 0), ("HUF", 2),
      ("BGN", 2),
    ] {
      #expect(Currency(code: code)?.exponent == decimals, "\(code)")
      #expect(Currency(code: code)?.code == code)
    }
    #expect(Currency(code: "CLF")?.minorPerUnit == 10_000)
    #expect(Currency(code: "JPY")?.minorPerUnit == 1)
  }

  @Test func knowsNoCodeWithoutMinorUnit() {
    for code in ["XAU", "XDR", "XTS", "XXX", "EUX", "eur", "EU", "EURO", "", "ÄÖÜ"] {
      #expect(Currency(code: code) == nil, "\(code)")
    }
  }

  @Test func constantsEqualTheTable() {
    #expect(Currency(code: "EUR") == .eur)
    #expect(Currency(code: "USD") == .usd)
    #expect(Currency(code: "CNY") == .cny)
    #expect(Currency.cny < Currency.eur)
  }
}

@Suite struct Decimal6Tests {
  @Test func holdsSixDecimalsExactlyAndRefusesTheSeventh() throws {
    #expect(try Decimal6("0.0255").micros == 25_500)
    #expect(try Decimal6("102").micros == 102_000_000)
    #expect(try Decimal6("-0.000001").micros == -1)
    #expect(throws: Decimal6.Fault.tooManyDecimals) { try Decimal6("0.0000001") }
    #expect(throws: Decimal6.Fault.tooManyDecimals) { try Decimal6("1.0000000") }
    // 10^13 units are 10^19 millionths, more than 9.2 x 10^18.
    #expect(throws: Decimal6.Fault.overflow) { try Decimal6("10000000000000") }
    #expect(try Decimal6("0.025500").description == "0.0255")
    #expect(try Decimal6("12.0").description == "12")
  }

  @Test func roundsHalfUpOnceAtTheMinorUnit() throws {
    let yen = try #require(Currency(code: "JPY"))
    let dinar = try #require(Currency(code: "KWD"))
    // 3.605 EUR -> 3.61; 3.604999 -> 3.60; -3.605 -> -3.61 (halves away from zero).
    #expect(Decimal6.money(3_605_000, in: .eur)?.minorUnits == 361)
    #expect(Decimal6.money(3_604_999, in: .eur)?.minorUnits == 360)
    #expect(Decimal6.money(-3_605_000, in: .eur)?.minorUnits == -361)
    #expect(Decimal6.money(499_999, in: yen)?.minorUnits == 0)
    #expect(Decimal6.money(500_000, in: yen)?.minorUnits == 1)
    #expect(Decimal6.money(1_500, in: dinar)?.minorUnits == 2)
    #expect(Decimal6.money(Int128(Int64.max) * 10_000 + 5000, in: .eur) == nil)
  }
}

@Suite struct RoundingTests {
  @Test func agreesWithTheDefinitionOnEverySmallFraction() {
    for denominator in Int128(1)...12 {
      for numerator in Int128(-60)...60 {
        let rounded = Rounding.halfUp(numerator, over: denominator)
        // |n/d - r| <= 1/2, and on a half the one farther from zero.
        let twice = 2 * (numerator - rounded * denominator)
        #expect(twice.magnitude <= denominator.magnitude)
        if twice.magnitude == denominator.magnitude {
          #expect(rounded.magnitude * denominator.magnitude > numerator.magnitude)
        }
        let up = Rounding.up(numerator, over: denominator)
        #expect(up * denominator >= numerator && (up - 1) * denominator < numerator)
      }
    }
  }
}
