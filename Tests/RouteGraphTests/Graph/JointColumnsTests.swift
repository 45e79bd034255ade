import Testing

@testable import RouteGraph

@Suite struct JointColumnsTests {
  @Test(
    "columns keep their elements and their memory, whatever their sizes and pages",
    arguments: [true, false])
  func keeps(_ usesLargePages: Bool) {
    for size in [0, 1, 7, 64, 1000, 400_000] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let words = (0..<size).map { UInt64($0) << 20 }
      let kept: (FrozenColumn<UInt8>, FrozenColumn<UInt64>, FrozenColumn<Int32>) = {
        var columns = JointColumns(
          capacity: 13 * size + 3 * JointColumns.gap, usesLargePages: usesLargePages)
        return (
          columns.add(bytes), columns.add(words), columns.add((0..<Int32(size)).map { -$0 })
        )
      }()
      #expect(kept.0.indices.map { kept.0[$0] } == bytes)
      #expect(kept.1.indices.map { kept.1[$0] } == words)
      #expect(kept.2.indices.allSatisfy { kept.2[$0] == -Int32($0) } && kept.2.count == size)
    }
  }
}
