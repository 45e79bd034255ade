import Testing

@testable import RouteGraph

@Suite struct JointMemoryTests {
  @Test("columns of many sizes keep their elements, whoever goes first")
  func keeps() {
    var kept: [(UInt64, FrozenColumn<UInt64>)] = []
    var memory: JointMemory? = JointMemory()
    var asked = 0
    for number in 0..<300 {
      // Some are larger than half a piece and get one of their own.
      let count = number % 50 == 49 ? 40_000 : 1 + number * number % 1777
      let seed = UInt64(number) << 32
      var columns = JointColumns(
        capacity: 8 * count + 2 * JointColumns.gap, in: memory)
      let column = columns.add((0..<count).map { seed + UInt64($0) })
      #expect(UInt(bitPattern: column.pointer.baseAddress) % UInt(JointColumns.gap) == 0)
      asked += 8 * count
      if number % 3 != 0 { kept.append((seed, column)) }
    }
    let taken = memory?.taken ?? 0
    #expect(taken >= asked && taken < 3 * asked, "\(taken) bytes for \(asked)")
    memory = nil
    while kept.count > 1 {
      kept.remove(at: kept.count * 7 % 11 % kept.count)
      let isWhole = kept.allSatisfy { seed, column in
        column.indices.allSatisfy { column[$0] == seed + UInt64($0) }
      }
      #expect(isWhole)
    }
  }

  @Test("without large pages columns have memory of their own")
  func own() {
    let memory = JointMemory()
    var columns = JointColumns(capacity: 128, usesLargePages: false, in: memory)
    #expect(columns.add([Int32(5)])[0] == 5 && memory.taken == 0)
    var shared = JointColumns(capacity: 128, in: memory)
    #expect(shared.add([Int32(6)])[0] == 6 && memory.taken > 0)
  }

  @Test("a column is copied from another, wherever that lies")
  func copies() {
    let column = FrozenColumn([Int16(3), -4, 5])
    var columns = JointColumns(capacity: 128)
    let copy = columns.add(column)
    #expect(copy.indices.map { copy[$0] } == [3, -4, 5])
    #expect(columns.add(FrozenColumn([Int64]())).isEmpty)
  }
}
