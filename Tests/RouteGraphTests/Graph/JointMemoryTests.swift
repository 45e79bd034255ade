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

  @Test("columns larger than the first pieces soon share those to come")
  func grows() {
    for (first, next) in [(100, 600_000), (1, 90_000), (40_000, 1_300_000)] {
      let memory = JointMemory()
      var ends: Set<UInt> = []
      var asked = 0
      var alone = 0
      for number in 0..<200 {
        let count = number == 0 ? first : next
        let before = memory.taken
        let (start, piece) = memory.bytes(count)
        asked += count
        if piece.byteCount == count { alone += 1 }
        ends.insert(UInt(bitPattern: piece.start) + UInt(piece.byteCount))
        #expect(start >= piece.start && start + count <= piece.start + piece.byteCount)
        #expect(memory.taken - before <= max(count, JointMemory.sizes.greatest))
      }
      #expect(alone <= 8, "\(alone) of \(next) bytes have a piece of their own")
      #expect(ends.count <= 8 + asked / (JointMemory.sizes.greatest / 2))
      #expect(memory.taken <= asked * 4 / 3 + JointMemory.sizes.greatest)
    }
  }

  @Test("one column left alone holds no more than one piece")
  func alone() {
    let memory = JointMemory()
    let size = 500_000
    var kept: [FrozenColumn<UInt8>] = []
    for _ in 0..<200 {
      var columns = JointColumns(capacity: size + JointColumns.gap, in: memory)
      kept.append(columns.add([UInt8](repeating: 7, count: size)))
    }
    #expect(memory.held == memory.taken && memory.held >= 200 * size)
    // Two stay, far apart, beside the piece that is being filled.
    kept = kept.enumerated().filter { $0.offset % 100 == 50 }.map(\.element)
    #expect(kept.count == 2 && kept.allSatisfy { $0[size - 1] == 7 })
    #expect(memory.held <= 3 * JointMemory.sizes.greatest)
    kept.removeAll()
    #expect(memory.held <= JointMemory.sizes.greatest)
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
