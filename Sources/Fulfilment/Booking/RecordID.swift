/// The id of something that is stored: made where it is made, not where it is kept.
///
/// Version 7 of RFC 9562: 48 bits of time, then random, so that ids made one after the other lie together in an index
/// and no two makers have to agree. Clock and randomness are given.
public struct RecordID: Hashable, Comparable, Sendable, LosslessStringConvertible {
  /// The first eight bytes.
  public let high: UInt64
  /// The last eight bytes.
  public let low: UInt64

  /// Those bytes.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A new id.
  ///
  /// - Parameters:
  ///   - milliseconds: since 1970-01-01 UTC; the lowest 48 bits are kept.
  ///   - generator: gives 74 bits.
  public init(milliseconds: UInt64, using generator: inout some RandomNumberGenerator) {
    let random: UInt64 = generator.next()
    high = milliseconds << 16 | 0x7000 | random & 0xFFF
    low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
  }

  /// Reads 8-4-4-4-12 hexadecimal digits; nil for anything else.
  public init?(_ text: String) {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
      let high = UInt64(groups[0...2].joined(), radix: 16),
      let low = UInt64(groups[3...4].joined(), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// Milliseconds since 1970-01-01 UTC at which it was made.
  public var milliseconds: UInt64 { high >> 16 }

  /// Lower case, with hyphens.
  public var description: String {
    let digits = RecordID.hex(high) + RecordID.hex(low)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(position) { text += "-" }
      text.append(digit)
    }
    return text
  }

  private static func hex(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Byte by byte: by time first.
  public static func < (left: RecordID, right: RecordID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
