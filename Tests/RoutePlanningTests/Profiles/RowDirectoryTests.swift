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
          for row in 0..<view.rowCount {
            #expect(view.rowStart(row, of: destination) == block?.rowStart(row))
            if block == nil { absent += 1 } else { rows += 1 }
          }
        }
        for minute in segment.rows[0] - 3...segment.rows[segment.rows.count - 1] + 3 {
          #expect(view.quickRow(of: minute) == view.row(of: minute), "minute \(minute)")
        }
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
      for _ in 0..<40 {
        let minute = random.integer(rows[0] - 2...next + 1)
        let expected =
          stride(from: 0, to: rows.count, by: 2).first {
            rows[$0] <= minute && minute <= rows[$0 + 1]
          }.map { $0 / 2 } ?? -1
        #expect(found.row(of: minute) == expected)
      }
      #expect(found.row(of: .min) == -1 && found.row(of: .max) == -1)
    }
  }
}
