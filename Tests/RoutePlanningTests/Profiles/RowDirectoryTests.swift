import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct RowDirectoryTests {
  @Test("a row found in one step is the block's, for every class and row of random networks")
  func places() throws {
    var rows = 0
    var absent = 0
    for seed in UInt64(1901)...1910 {
      let world = try EngineWorld(seed: seed, days: 2)
      for segment in world.engine.segments.compactMap({ $0 }) {
        guard let view = SegmentView(segment) else { continue }
        for destination in segment.index.indices {
          let block = view.block(of: destination)
          let isSame = (0..<view.rowCount).allSatisfy {
            view.rowStart($0, of: destination) == block?.rowStart($0)
          }
          #expect(isSame, "seed \(seed), class \(destination)")
          if block == nil { absent += 1 } else { rows += view.rowCount }
        }
        let minutes = segment.rows[0] - 3...segment.rows[segment.rows.count - 1] + 3
        let strange = minutes.filter { view.quickRow(of: $0) != view.row(of: $0) }
        #expect(strange.isEmpty, "seed \(seed)")
      }
    }
    #expect(rows > 300, "\(rows) rows, \(absent) absent")
  }

  @Test("rows that leave a gap, are many or long are found one by one")
  func ends() throws {
    func ends(_ rows: [Int64]) -> RowEnds? { RowEnds(FrozenColumn(rows)) }
    #expect(ends([]) == nil)
    #expect(ends([0, 9, 11, 20]) == nil)
    #expect(ends([0, 9, 9, 20]) == nil)
    #expect(ends([0, 70_000]) == nil)
    #expect(ends([5, 4]) == nil)
    #expect(ends((0..<9).flatMap { [10 * Int64($0), 10 * Int64($0) + 9] }) == nil)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var rows: [Int64] = []
      var next = random.integer(-1_000_000_000...1_000_000_000)
      for _ in 0..<random.int(1...8) {
        let last = next + random.integer(0...random.pick([0, 3, 700, 8_000]))
        rows += [next, last]
        next = last + 1
      }
      let found = try #require(ends(rows))
      let isSame = (0..<40).allSatisfy { _ in
        let minute = random.integer(rows[0] - 2...next + 1)
        let place = stride(from: 0, to: rows.count, by: 2)
          .first { rows[$0] <= minute && minute <= rows[$0 + 1] }
        return found.row(of: minute) == (place.map { $0 / 2 } ?? -1)
      }
      #expect(isSame, "\(rows)")
      #expect(found.row(of: .min) == -1 && found.row(of: .max) == -1)
    }
  }
}
