/// How often blocks were asked for: each once, and never more than so many.
///
/// Counts age, so that what was asked for long ago gives way: all are halved, and those that come to nothing forgotten,
/// whenever ``ageing`` questions for each place of the list have been counted, and whenever the list is full. What finds
/// no place even then is left out, and counted.
struct AskedBlocks: Sendable {
  /// Most blocks remembered.
  let capacity: Int
  /// Questions for each place between two halvings.
  static let ageing = 16

  /// Questions by block, none of them zero.
  private(set) var counts: [BlockKey: Int] = [:]
  /// Blocks that found no place.
  private(set) var overlooked = 0
  private var sinceHalving = 0

  /// An empty list for so many blocks, at least one.
  init(capacity: Int) { self.capacity = max(capacity, 1) }

  /// How often a block was asked for, as far as it is remembered.
  subscript(block: BlockKey) -> Int { counts[block] ?? 0 }

  /// Counts a question.
  ///
  /// - Complexity: O(1) amortised over ``ageing`` questions; O(capacity) where the list stays full
  mutating func note(_ block: BlockKey) {
    sinceHalving += 1
    if sinceHalving > capacity * AskedBlocks.ageing { halve() }
    if let known = counts[block] {
      counts[block] = known + 1
      return
    }
    if counts.count >= capacity { halve() }
    if counts.count >= capacity {
      overlooked += 1
    } else {
      counts[block] = 1
    }
  }

  private mutating func halve() {
    sinceHalving = 0
    counts = counts.compactMapValues { $0 < 2 ? nil : $0 / 2 }
  }
}
