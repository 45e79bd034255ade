/// What is known of how signatures compare, one small table for each that others are compared with.
///
/// A search asks one signature against many in a row: the table of that one stays in the nearest memory, where a table of
/// all pairs would be missed every time.
/// - Complexity: O(1) expected
struct ComparisonTable {
  /// Where the table of one signature lies among `slots`.
  private struct Row {
    var start = 0
    /// Slots less one; negative: none yet.
    var mask = -1
    var used = 0
  }

  private var rows: [Row] = []
  /// The other signature plus one in the upper half, the answer in the lower; 0: empty.
  private var slots: [UInt64] = []

  /// Bytes held.
  var memory: Int {
    rows.count * MemoryLayout<Row>.stride + slots.count * MemoryLayout<UInt64>.stride
  }

  /// The answer remembered for a pair; nil: none.
  @inline(__always)
  subscript(one: Int32, against other: Int32) -> Int32? {
    guard Int(one) < rows.count else { return nil }
    let row = rows[Int(one)]
    guard row.mask >= 0 else { return nil }
    var place = ComparisonTable.hash(other) & row.mask
    while true {
      let slot = slots[row.start + place]
      if slot == 0 { return nil }
      if slot >> 32 == UInt64(other) + 1 { return Int32(truncatingIfNeeded: slot) }
      place = (place + 1) & row.mask
    }
  }

  /// Remembers the answer for a pair that has none; neither number is negative.
  mutating func insert(_ answer: Int32, _ one: Int32, against other: Int32) {
    while rows.count <= Int(one) { rows.append(Row()) }
    if 2 * (rows[Int(one)].used + 1) > rows[Int(one)].mask + 1 { grow(Int(one)) }
    put((UInt64(other) + 1) << 32 | UInt64(UInt32(bitPattern: answer)), into: rows[Int(one)])
    rows[Int(one)].used += 1
  }

  /// The room of the smaller table is given up: all of them together are as large again at most.
  private mutating func grow(_ one: Int) {
    let old = rows[one]
    rows[one].start = slots.count
    rows[one].mask = max(8, 2 * (old.mask + 1)) - 1
    slots += repeatElement(0, count: rows[one].mask + 1)
    for place in 0...max(old.mask, 0) where old.mask >= 0 {
      let slot = slots[old.start + place]
      if slot != 0 { put(slot, into: rows[one]) }
    }
  }

  private mutating func put(_ slot: UInt64, into row: Row) {
    var place = ComparisonTable.hash(Int32(truncatingIfNeeded: slot >> 32) - 1) & row.mask
    while slots[row.start + place] != 0 { place = (place + 1) & row.mask }
    slots[row.start + place] = slot
  }

  /// Multiplied by 2^64 / golden ratio, its high bits (Knuth, The Art of Computer Programming 3, section 6.4).
  @inline(__always)
  private static func hash(_ number: Int32) -> Int {
    Int(truncatingIfNeeded: (UInt64(UInt32(bitPattern: number)) &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }
}
