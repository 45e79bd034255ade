/// Sequences of numbers, those that begin alike sharing their beginning: every beginning is a node with a number.
///
/// - Complexity: O(1) for each element, expected
struct SequenceTree: Sendable {
  /// The sequence without elements.
  static var root: Int32 { 0 }

  private var parents: [Int32] = [-1]
  private var elements: [Int32] = [-1]
  private var children = PairTable()

  /// Number of nodes.
  var count: Int { parents.count }

  /// The beginning one element shorter; negative for the root.
  func parent(of node: Int32) -> Int32 { parents[Int(node)] }

  /// The last element.
  func element(of node: Int32) -> Int32 { elements[Int(node)] }

  /// A beginning followed by one more element; nil where no sequence goes on so.
  func child(of node: Int32, by element: Int32) -> Int32? { children[node, element] }

  /// The same, added where it is missing; elements are not negative.
  mutating func adding(_ element: Int32, to node: Int32) -> Int32 {
    if let known = children[node, element] { return known }
    let next = Int32(parents.count)
    parents.append(node)
    elements.append(element)
    children[node, element] = next
    return next
  }

  /// The node of a whole sequence, added where it is missing.
  mutating func adding(_ sequence: some Sequence<Int32>) -> Int32 {
    sequence.reduce(SequenceTree.root) { adding($1, to: $0) }
  }

  /// The elements up to a node.
  func sequence(to node: Int32) -> [Int32] {
    var found: [Int32] = []
    var node = node
    while node > 0 {
      found.append(elements[Int(node)])
      node = parents[Int(node)]
    }
    return found.reversed()
  }
}
