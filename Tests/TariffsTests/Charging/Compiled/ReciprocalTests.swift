import TestSupport
import Testing

@testable import Tariffs

@Suite struct ReciprocalTests {
  /// Both sides of every multiple near the ends of what is allowed, and random ones between.
  @Test func dividesExactlyUpToSixtyThreeBits() {
    var random = SeededGenerator(seed: 1)
    var divisors: [UInt64] = [
      1, 2, 3, 5, 6, 7, 8213, 10_000, 1_000_000_000_000, 1 << 62, (1 << 63) - 1,
    ]
    for bits in 1...62 {
      let power: UInt64 = 1 << UInt64(bits)
      divisors += [power - 1, power, power + 1].filter { $0 > 0 }
      divisors.append(power + random.next() % power)
    }
    for divisor in divisors {
      let reciprocal = Reciprocal(divisor)
      let greatest: UInt64 = (1 << 63) - 1
      let last = greatest / divisor * divisor
      var dividends: [UInt64] = [0, 1, divisor - 1, divisor, last - 1, last, greatest]
      for _ in 0..<200 {
        let multiple = (random.next() >> 1) / divisor * divisor
        dividends += [multiple, multiple > 0 ? multiple - 1 : 0]
      }
      for dividend in dividends where dividend <= greatest {
        #expect(reciprocal.quotient(doubled: 2 * dividend) == dividend / divisor)
      }
    }
    #expect(Reciprocal.none.quotient(doubled: .max) == 0)
  }
}
