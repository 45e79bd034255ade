import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

@Suite struct LearnedLawTests {
  static func law(_ atoms: [(Int32, Int32)]) throws -> DelayLaw {
    try DelayLaw(atoms: atoms.map { DelayLaw.Atom(delay: $0.0, weight: $0.1) })
  }

  @Test("without runs the law before; with many runs what was seen")
  func ends() throws {
    let prior = try Self.law([(0, 512), (600, 512)])
    #expect(LearnedLaw.law(of: [], prior: prior) == prior)
    // 9,960 runs against 40 of belief: nine in ten at 30, the rest at 240.
    let delays = (0..<9960).map { Int32($0 % 10 == 0 ? 240 : 30) }
    let learned = LearnedLaw.law(of: delays, prior: prior)
    #expect(learned.quantile(level: 512) == 30)
    #expect(learned.quantile(level: 973) == 240)
    #expect(learned.greatestDelay == 600)
  }

  /// Forty runs of 100 minutes against forty of belief in none: 0 and 100, a half each.
  @Test("as many runs as belief: half and half")
  func half() throws {
    let learned = LearnedLaw.law(of: Array(repeating: 100, count: 40), prior: .none)
    #expect(learned == (try Self.law([(0, 512), (100, 512)])))
  }

  @Test("random runs: a law of at most ten atoms that is never earlier than what was seen")
  func random() {
    var random = SeededGenerator(seed: 1)
    var wrong = 0
    for _ in 0..<300 {
      let delays = (0..<random.int(1...400)).map { _ in Int32(random.int(-50...3000)) }
      let learned = LearnedLaw.law(of: delays, prior: .none)
      if learned.atoms.count > LearnedLaw.greatestAtoms { wrong += 1 }
      if learned.atoms.reduce(0, { $0 + $1.weight }) != 1024 { wrong += 1 }
      // The share of the mixture at or below each atom is at least the law's.
      var sum: Int64 = 0
      for atom in learned.atoms {
        sum += Int64(atom.weight)
        let seen = delays.count { max($0, 0) <= atom.delay } + LearnedLaw.strength
        if Int64(seen) * 1024 < sum * Int64(delays.count + LearnedLaw.strength) { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }
}
