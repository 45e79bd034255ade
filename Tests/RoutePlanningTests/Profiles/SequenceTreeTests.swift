import Testing

@testable import RoutePlanning

@Suite struct SequenceTreeTests {
  @Test("sequences that begin alike share nodes, and each is read back")
  func sharing() {
    var tree = SequenceTree()
    let one = tree.adding([4, 7, 1])
    let other = tree.adding([4, 7, 2])
    #expect(tree.count == 5)
    #expect(tree.parent(of: one) == tree.parent(of: other))
    #expect(tree.sequence(to: one) == [4, 7, 1])
    #expect(tree.sequence(to: other) == [4, 7, 2])
    #expect(tree.element(of: other) == 2)
    #expect(tree.adding([4, 7, 1]) == one && tree.count == 5)
    #expect(tree.adding([]) == SequenceTree.root)
    #expect(tree.sequence(to: SequenceTree.root) == [])
  }

  @Test("what was not added is not found")
  func missing() {
    var tree = SequenceTree()
    let node = tree.adding([3])
    #expect(tree.child(of: SequenceTree.root, by: 3) == node)
    #expect(tree.child(of: SequenceTree.root, by: 4) == nil)
    #expect(tree.child(of: node, by: 3) == nil)
  }
}
