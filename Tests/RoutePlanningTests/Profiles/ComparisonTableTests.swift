import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct ComparisonTableTests {
  @Test("what was put in comes out, also when tables grow, and nothing else")
  func againstDictionary() {
    struct Pair: Hashable {
      var one: Int32
      var other: Int32
    }
    var random = SeededGenerator(seed: 5)
    var table = ComparisonTable()
    var known: [Pair: Int32] = [:]
    for _ in 0..<20_000 {
      // A few are compared with many others, most with a few.
      let one = Int32(random.chance(percent: 50) ? random.int(0...3) : random.int(0...5_000))
      let pair = Pair(one: one, other: Int32(random.int(0...9_000)))
      #expect(table[pair.one, against: pair.other] == known[pair])
      if known[pair] == nil {
        let answer = Int32(random.int(0...3))
        known[pair] = answer
        table.insert(answer, pair.one, against: pair.other)
      }
    }
    for (pair, answer) in known { #expect(table[pair.one, against: pair.other] == answer) }
    #expect(table[70_000, against: 1] == nil)
  }
}
