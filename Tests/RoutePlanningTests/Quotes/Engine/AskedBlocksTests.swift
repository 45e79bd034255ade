import Testing

@testable import RoutePlanning

@Suite struct AskedBlocksTests {
  private func block(_ destination: Int) -> BlockKey {
    BlockKey(segment: 3, destination: destination)
  }

  @Test("each block once, with how often it was asked for")
  func counts() {
    var asked = AskedBlocks(capacity: 10)
    for destination in [1, 2, 1, 1] { asked.note(block(destination)) }
    #expect(asked.counts == [block(1): 3, block(2): 1])
    #expect(asked[block(1)] == 3 && asked[block(9)] == 0)
  }

  @Test("a full list halves its counts, forgets what comes to nothing, leaves out the rest")
  func full() {
    var asked = AskedBlocks(capacity: 2)
    for destination in [1, 1, 1, 2, 3] { asked.note(block(destination)) }
    // 1 and 2 were asked three times and once: halved 1 and 0, so 3 has the place of 2.
    #expect(asked.counts == [block(1): 1, block(3): 1] && asked.overlooked == 0)
    for _ in 0..<3 { asked.note(block(3)) }
    for _ in 0..<3 { asked.note(block(1)) }
    asked.note(block(4))
    // 4 and 4 become 2 and 2: no place.
    #expect(asked.counts == [block(1): 2, block(3): 2] && asked.overlooked == 1)
    #expect(AskedBlocks(capacity: 0).capacity == 1)
  }

  @Test("what was asked for long ago ages")
  func ages() {
    var asked = AskedBlocks(capacity: 2)
    for _ in 0..<32 { asked.note(block(1)) }
    #expect(asked[block(1)] == 32)
    // The 33rd question halves what 2 x 16 have counted, before it counts itself.
    asked.note(block(2))
    #expect(asked.counts == [block(1): 16, block(2): 1])
  }
}
