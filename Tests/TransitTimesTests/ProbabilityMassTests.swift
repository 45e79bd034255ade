import TestSupport
import Testing
import TransitTimes

/// The three widths give the same fractions, and exactly the bits they promise.
@Suite struct ProbabilityMassTests {
  @Test("a chain of scalings is exact to the last uncertain leg and equal in every width")
  func chainsAgree() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let weights = (0..<6).map { _ in Int32(generator.integer(1...1024)) }
      let narrow = weights.reduce(UInt64.total) { $0.scaled(byWeight: $1) }
      let medium = weights.reduce(UInt128.total) { $0.scaled(byWeight: $1) }
      let wide = weights.reduce(WideMass.total) { $0.scaled(byWeight: $1) }
      // total is 2^60: six factors of weight/1024 leave exactly the product of the weights.
      let product = weights.reduce(UInt64(1)) { $0 * UInt64($1) }
      #expect(narrow == product)
      #expect(medium == UInt128(product) << 60)
      for level in [Int32(1), 512, 973, 1024] {
        let reached = narrow >= UInt64.threshold(level: level)
        #expect(reached == (medium >= UInt128.threshold(level: level)))
        #expect(reached == (wide >= WideMass.threshold(level: level)))
      }
    }
  }

  @Test("twelve factors are exact in 128 bits, fifty-one in 512")
  func capacity() {
    // 2^120 x (1/1024)^12 = 1 and 2^510 x (1/1024)^51 = 1: the last bit is still there.
    #expect((0..<12).reduce(UInt128.total) { mass, _ in mass.scaled(byWeight: 1) } == 1)
    let least = (0..<51).reduce(WideMass.total) { mass, _ in mass.scaled(byWeight: 1) }
    #expect(least > .zero)
    #expect(least.scaled(byWeight: 1023) == .zero)  // one factor more and the bits are gone
    #expect(UInt64.greatestUncertainLegs == 6)
    #expect(UInt128.greatestUncertainLegs == 12)
    #expect(WideMass.greatestUncertainLegs == 51)
  }

  @Test("the parts of certainty add up to certainty across limbs")
  func partsAddUp() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<500 {
      var parts: [WideMass] = [.total]
      for _ in 0..<4 {
        let weight = Int32(generator.integer(1...1023))
        parts = parts.flatMap { [$0.scaled(byWeight: weight), $0.scaled(byWeight: 1024 - weight)] }
      }
      var sum = WideMass.zero
      for part in parts { sum = sum + part }
      #expect(sum == .total)
      for part in parts.dropLast() { sum = sum - part }
      #expect(sum == parts[parts.count - 1])
    }
  }
}
