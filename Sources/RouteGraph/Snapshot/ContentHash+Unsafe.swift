/// A fast 64-bit fingerprint of bytes: not cryptographic, made to notice change and damage.
///
/// Four lanes each take every fourth 8-byte word by exclusive or, an odd multiplication and a rotation. Each
/// step can be undone, so two inputs of one length that differ in a single word never share a fingerprint;
/// others do so by chance once in 2^64.
/// - Complexity: O(bytes), several gigabytes a second.
struct ContentHash {
  /// Odd, about half its bits set, no pattern: the fractional parts of the square roots of 2, 3 and 5.
  private static let first: UInt64 = 0x6A09_E667_F3BC_C909
  private static let second: UInt64 = 0xBB67_AE85_84CA_A73B
  private static let third: UInt64 = 0x3C6E_F372_FE94_F82B

  /// The fingerprint of bytes.
  static func of(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { of($0, seed: seed) }
  }

  /// The fingerprint of a text's UTF-8.
  static func of(_ text: String, seed: UInt64 = 0) -> UInt64 { of(Array(text.utf8), seed: seed) }

  /// Joins a value to a fingerprint; the order matters.
  static func joined(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let mixed = (hash ^ value) &* first
    return (mixed << 31 | mixed >> 33) &+ second
  }

  /// The fingerprint of raw memory.
  ///
  /// Bound: reads `bytes` only.
  static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var lanes = (seed ^ first, seed ^ second, seed ^ third, seed ^ (first &* third))
    var offset = 0
    let count = bytes.count
    @inline(__always) func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
      let mixed = (lane ^ word) &* second
      return mixed << 29 | mixed >> 35
    }
    @inline(__always) func word(_ at: Int) -> UInt64 {
      bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    }
    while offset + 32 <= count {
      lanes.0 = step(lanes.0, word(offset))
      lanes.1 = step(lanes.1, word(offset + 8))
      lanes.2 = step(lanes.2, word(offset + 16))
      lanes.3 = step(lanes.3, word(offset + 24))
      offset += 32
    }
    while offset + 8 <= count {
      lanes.0 = step(lanes.0, word(offset))
      offset += 8
    }
    if offset < count {
      var rest: UInt64 = 0
      for position in offset..<count { rest = rest << 8 | UInt64(bytes[position]) }
      lanes.1 = step(lanes.1, rest)
    }
    var hash = joined(UInt64(count), lanes.0)
    hash = joined(hash, lanes.1)
    hash = joined(hash, lanes.2)
    hash = joined(hash, lanes.3)
    hash ^= hash >> 32
    hash &*= third
    return hash ^ hash >> 29
  }
}
