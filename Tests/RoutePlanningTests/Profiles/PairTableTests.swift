import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct PairTableTests {
  @Test("answers as a dictionary does, through several growths and overwritten values")
  func dictionary() {
    var generator = SeededGenerator(seed: 11)
    var table = PairTable()
    var reference: [[Int32]: Int32] = [:]
    for number in 0..<20_000 {
      let first = Int32(generator.integer(0...300))
      let second = Int32(generator.integer(0...300))
      #expect(table[first, second] == reference[[first, second]])
      table[first, second] = Int32(number)
      reference[[first, second]] = Int32(number)
    }
    // 301 x 301 pairs: most are met once, some again.
    #expect(reference.count > 10_000 && reference.count < 20_000)
  }
}
