/// A map from two numbers to one: open addressing with linear probing, nothing is ever removed.
///
/// A dictionary would do, at several times the cost of a look-up; a profile search makes millions.
/// - Complexity: O(1) expected
struct PairTable: Sendable {
  private static let empty = UInt64.max

  /// Key and value lie side by side: most of the cost of a large table is what the memory takes to answer.
  private struct Slot {
    var key = PairTable.empty
    var value: Int32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 256)
  /// Number of pairs.
  private(set) var used = 0

  /// Bytes held.
  var memory: Int { slots.count * MemoryLayout<Slot>.stride }

  /// The value of a pair of non-negative numbers; set it, but never to nil.
  subscript(first: Int32, second: Int32) -> Int32? {
    get {
      let key = PairTable.key(first, second)
      let slot = slots[place(of: key)]
      return slot.key == key ? slot.value : nil
    }
    set {
      guard let newValue else { preconditionFailure("nothing is removed from a pair table") }
      if 2 * used >= slots.count { grow() }
      let key = PairTable.key(first, second)
      let place = place(of: key)
      if slots[place].key != key { used += 1 }
      slots[place] = Slot(key: key, value: newValue)
    }
  }

  /// Forgets everything, and keeps the room.
  mutating func removeAll() {
    guard used > 0 else { return }
    for place in slots.indices { slots[place] = Slot() }
    used = 0
  }

  private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }

  /// Where the key is, or would go.
  ///
  /// Hashing multiplies by 2^64 / golden ratio (D. E. Knuth, The Art of Computer Programming 3, section 6.4).
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let mask = slots.count - 1
    // The highest bits of the product are those that all bits of the key have a part in.
    var place = Int(
      truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(mask.leadingZeroBitCount))
    while slots[place].key != key && slots[place].key != PairTable.empty {
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: 2 * old.count)
    for slot in old where slot.key != PairTable.empty { slots[place(of: slot.key)] = slot }
  }
}
