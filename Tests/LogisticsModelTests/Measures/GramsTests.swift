import LogisticsModel
import TestSupport
import Testing

@Suite struct GramsTests {
  @Test func convertsExactlyAndRoundsUp() throws {
    for (text, grams) in [
      ("0.48kg", 480), ("480g", 480), ("480 g", 480), ("0.48 KG", 480), ("0.4801kg", 481),
      ("1g", 1),
      ("0.001g", 1), ("100000kg", 100_000_000),
      // 2 x 453.59237 = 907.18474; 16 oz = 1 lb = 453.59237; 1 oz = 28.349523125.
      ("2lb", 908), ("16oz", 454), ("1lbs", 454), ("1oz", 29),
      // 1,000,000 oz = 28,349,523.125 g; 100,000 lb = 45,359,237 g exactly.
      ("1000000oz", 28_349_524), ("100000lb", 45_359_237),
    ] {
      #expect(try Grams(text).value == Int64(grams), "\(text)")
    }
  }

  @Test(arguments: [
    ("480", MeasureFault.Code.unitMissing), ("0", MeasureFault.Code.unitMissing),
    ("", MeasureFault.Code.malformed), ("kg", MeasureFault.Code.malformed),
    ("0kg", MeasureFault.Code.notPositive), ("0.000g", MeasureFault.Code.notPositive),
    ("-1kg", MeasureFault.Code.notPositive), ("1000000000kg", MeasureFault.Code.tooLarge),
    ("100000.001kg", MeasureFault.Code.tooLarge), ("0,48kg", MeasureFault.Code.malformed),
    ("5st", MeasureFault.Code.unitUnknown), ("1e3g", MeasureFault.Code.unitUnknown),
    ("1.2.3kg", MeasureFault.Code.malformed), ("NaNkg", MeasureFault.Code.unitUnknown),
    ("99999999999999999999999999999kg", MeasureFault.Code.tooLarge),
    ("\u{0663}kg", MeasureFault.Code.malformed),
    ("48 0g", MeasureFault.Code.malformed), ("1kg\u{0}", MeasureFault.Code.unitUnknown),
  ])
  func refusesWithOneClearCodedError(text: String, code: String) throws {
    let fault = try #require(throws: MeasureFault.self) { try Grams(text) }
    #expect(fault.code == code)
    #expect(fault.subject == "weight")
    #expect(!fault.advice.isEmpty)
  }

  @Test func saysWhatWhichAndWhatNext() throws {
    let fault = try #require(throws: MeasureFault.self) { try Grams("480") }
    #expect(
      fault.description
        == "error TW-REQ-002: weight \"480\" has no unit: write it with kg, g, lb or oz, for example 0.48kg"
    )
  }

  @Test func theUnitOfInputChangesNothing() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let grams = Int64.random(in: 1...100_000_000, using: &random)
      let kilograms = DecimalText.text(grams, places: 3)
      #expect(try Grams("\(grams)g") == Grams("\(kilograms)kg"))
      let ounces = Int64.random(in: 16...100_000, using: &random) / 16 * 16
      #expect(try Grams("\(ounces)oz") == Grams("\(ounces / 16)lb"))
    }
  }

  @Test func printsGramsThenKilograms() {
    #expect(Grams(480).description == "480 g")
    #expect(Grams(2500).description == "2.5 kg")
    #expect(Grams(30_000).description == "30 kg")
  }
}
