import PostgresClient
import Testing

@Suite struct NumericTests {
  /// 569 units of a hundredth are 5.69; 7 of a thousandth 0.007; the sign stands before the first digit.
  @Test(
    arguments: [
      (569, 2, "5.69"), (7, 3, "0.007"), (-7, 3, "-0.007"), (0, 2, "0.00"), (10_000, 0, "10000"),
      (Int64.min, 0, "-9223372036854775808"), (1_000_000, 4, "100.0000"),
    ] as [(Int64, Int, String)])
  func unscaled(_ units: Int64, _ scale: Int, _ text: String) {
    let value = Numeric(unscaled: units, scale: scale)
    #expect(value.description == text)
    #expect(value.unscaled(scale: scale) == units)
    #expect(Numeric(text) == value)
  }

  @Test func unscaledRefusesWhatIsNotWhole() {
    #expect(Numeric("5.691")?.unscaled(scale: 2) == nil)
    #expect(Numeric("5.690")?.unscaled(scale: 2) == 569)
    #expect(Numeric("5")?.unscaled(scale: 2) == 500)
    #expect(Numeric("9223372036854775808")?.unscaled(scale: 0) == nil)
    #expect(Numeric.nan.unscaled(scale: 0) == nil)
  }

  @Test(arguments: ["", "-", ".5", "5.", "1e5", "1,5", " 1", "--1", "1.2.3"])
  func notANumber(_ text: String) { #expect(Numeric(text) == nil) }

  /// Random digits, cut anywhere, come back from their groups of four.
  @Test func roundTrip() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let whole = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }.joined()
      let fraction = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }.joined()
      let trimmed = String(whole.drop { $0 == "0" })
      let text = (trimmed.isEmpty ? "0" : trimmed) + (fraction.isEmpty ? "" : "." + fraction)
      #expect(Numeric(text)?.description == text)
    }
  }
}

@Suite struct UniqueIDTests {
  @Test func text() {
    let id = UniqueID(high: 0x0011_2233_4455_6677, low: 0x8899_AABB_CCDD_EEFF)
    #expect(id.description == "00112233-4455-6677-8899-aabbccddeeff")
    #expect(UniqueID("00112233-4455-6677-8899-AABBCCDDEEFF") == id)
    #expect(UniqueID("00112233445566778899aabbccddeeff") == id)
  }

  @Test(arguments: [
    "", "0011223344556677-8899-aabbccddeeff", "00112233-4455-6677-8899-aabbccddeef",
    "00112233-4455-6677-8899-aabbccddeeff0", "g0112233-4455-6677-8899-aabbccddeeff",
    "-00112233-4455-6677-8899aabbccddeeff", "00112233--4455-6677-8899aabbccddeeff",
  ])
  func badText(_ text: String) { #expect(UniqueID(text) == nil) }

  /// RFC 9562: 48 bits of time, version 7, twelve random bits, variant 10, sixty-two random bits.
  @Test func version7() {
    let id = UniqueID.version7(milliseconds: 0x0192_3456_789A, randomHigh: 0xFFFF, randomLow: .max)
    #expect(id.description == "01923456-789a-7fff-bfff-ffffffffffff")
    let later = UniqueID.version7(milliseconds: 0x0192_3456_789B, randomHigh: 0, randomLow: 0)
    #expect(id < later)
  }
}

@Suite struct TimeCodecTests {
  @Test func ends() {
    #expect(Timestamp(unixMicroseconds: 946_684_800_000_000)?.microseconds == 0)
    #expect(Timestamp(microseconds: 0).unixMicroseconds == 946_684_800_000_000)
    #expect(Timestamp(unixMicroseconds: .min) == nil)
    #expect(Timestamp.infinity.unixMicroseconds == nil)
    #expect(Timestamp(microseconds: .max - 1).unixMicroseconds == nil)
    #expect(CalendarDay(unixDays: 10_957)?.days == 0)
    #expect(CalendarDay(unixDays: .max / 2) == nil)
    #expect(CalendarDay.negativeInfinity.unixDays == nil)
  }
}
