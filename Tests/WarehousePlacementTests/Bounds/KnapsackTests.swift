import TestSupport
import Testing

@testable import WarehousePlacement

/// Knapsacks against every set of things.
@Suite struct KnapsackTests {
  @Test("the best set equals full enumeration, also where the table takes over", arguments: 0..<60)
  func best(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed &+ 41_000)
    let count = generator.int(1...14)
    let needs = (0..<count).map { _ in generator.integer(0...40) }
    // Gains in proportion to needs are where branching goes astray.
    let gains = needs.map { $0 * 1000 + generator.integer(1...(seed % 2 == 0 ? 20 : 30_000)) }
    let room = generator.integer(0...needs.reduce(0, +) + 1)
    var most: Int64 = 0
    for mask in 0..<1 << count {
      let chosen = (0..<count).filter { mask & 1 << $0 != 0 }
      guard chosen.reduce(Int64(0), { $0 + needs[$1] }) <= room else { continue }
      most = max(most, chosen.reduce(0) { $0 + gains[$1] })
    }
    let found = Knapsack.best(gains: gains, needs: needs, room: room)
    let taken = (0..<count).filter { found.taken[$0] }
    #expect(found.gain == most)
    #expect(taken.reduce(0) { $0 + gains[$1] } == most)
    #expect(taken.reduce(0) { $0 + needs[$1] } <= room)
  }

  @Test("many things that are nearly alike end in the table, with the value of the plain one")
  func table() {
    var generator = SeededGenerator(seed: 7)
    let needs = (0..<60).map { _ in generator.integer(20...60) }
    let gains = needs.map { $0 * 1_000_000 + generator.integer(0...3) }
    let room: Int64 = 901
    var value = [Int64](repeating: 0, count: Int(room) + 1)
    for item in needs.indices {
      for left in stride(from: Int(room), through: Int(needs[item]), by: -1) {
        value[left] = max(value[left], value[left - Int(needs[item])] + gains[item])
      }
    }
    #expect(Knapsack.best(gains: gains, needs: needs, room: room).gain == value[Int(room)])
  }
}
