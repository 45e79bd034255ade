/// A map from two numbers to one: open addressing with linear probing, nothing is ever removed.
///
/// A dictionary would do, at several times the cost of a look-up; a profile search makes millions.
/// - Complexity: O(1) expected
struct PairTable: Sendable {
  private static let empty = UInt64.max

  private var keys = [UInt64](repeating: PairTable.empty, count: 256)
  private var values = [Int32](repeating: 0, count: 256)
  private var used = 0

  /// The value of a pair of non-negative numbers; set it, but never to nil.
  subscript(first: Int32, second: Int32) -> Int32? {
    get {
      let key = PairTable.key(first, second)
      let place = slot(of: key)
      return keys[place] == key ? values[place] : nil
    }
    set {
      guard let newValue else { preconditionFailure("nothing is removed from a pair table") }
      if 2 * used >= keys.count { grow() }
      let key = PairTable.key(first, second)
      let place = slot(of: key)
      if keys[place] != key {
        keys[place] = key
        used += 1
      }
      values[place] = newValue
    }
  }

  /// Forgets everything, and keeps the room.
  mutating func removeAll() {
    guard used > 0 else { return }
    for place in keys.indices { keys[place] = PairTable.empty }
    used = 0
  }

  private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }

  /// Where the key is, or would go.
  ///
  /// Hashing multiplies by 2^64 / golden ratio (D. E. Knuth, The Art of Computer Programming 3, section 6.4).
  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    // The highest bits of the product are those that all bits of the key have a part in.
    var place = Int(
      truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(mask.leadingZeroBitCount))
    while keys[place] != key && keys[place] != PairTable.empty { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: PairTable.empty, count: 2 * oldKeys.count)
    values = [Int32](repeating: 0, count: 2 * oldKeys.count)
    for place in oldKeys.indices where oldKeys[place] != PairTable.empty {
      let target = slot(of: oldKeys[place])
      keys[target] = oldKeys[place]
      values[target] = oldValues[place]
    }
  }
}
