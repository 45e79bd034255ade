/// A value of type `uuid`: sixteen bytes, compared as the server compares them.
public struct UniqueID: PostgresArrayElement, Hashable, Comparable, Sendable,
  LosslessStringConvertible
{
  /// The first eight bytes.
  public let high: UInt64
  /// The last eight bytes.
  public let low: UInt64

  /// Those bytes.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Version 7 of RFC 9562: 48 bits of time, then random, so that ids made one after the other lie together in an index.
  ///
  /// - Parameters:
  ///   - milliseconds: Since 1970-01-01 UTC; the lowest 48 bits are kept.
  ///   - randomHigh: Twelve bits are used.
  ///   - randomLow: Sixty-two bits are used.
  /// - Returns: An id that sorts behind those of earlier milliseconds.
  public static func version7(milliseconds: UInt64, randomHigh: UInt16, randomLow: UInt64)
    -> UniqueID
  {
    UniqueID(
      high: milliseconds << 16 | 0x7000 | UInt64(randomHigh & 0xFFF),
      low: randomLow & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
  }

  /// Reads 32 hexadecimal digits, with the usual four hyphens or without any.
  public init?(_ text: String) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    var digits = 0
    var hyphens = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "-") {
        guard [8, 12, 16, 20].contains(digits), hyphens == (digits - 8) / 4 else { return nil }
        hyphens += 1
        continue
      }
      guard digits < 32, let digit = Self.digit(byte) else { return nil }
      if digits < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
      digits += 1
    }
    guard digits == 32, hyphens == 0 || hyphens == 4 else { return nil }
    self.init(high: high, low: low)
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Lower case, with hyphens.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for position in 0..<32 {
      if [8, 12, 16, 20].contains(position) { text.append(UInt8(ascii: "-")) }
      let word = position < 16 ? high : low
      text.append(digits[Int(word >> UInt64(60 - position % 16 * 4) & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Byte by byte, as the server orders them.
  public static func < (left: UniqueID, right: UniqueID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// `uuid`.
  public static var postgresType: PostgresType { .uuid }
  /// `uuid[]`.
  public static var postgresArrayType: PostgresType { .uuidArray }
  /// Only `uuid`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .uuid }
  /// Sixteen bytes.
  public func encode(into buffer: inout WireBuffer) {
    buffer.append(high)
    buffer.append(low)
  }
  /// Sixteen bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    guard bytes.byteCount == 16 else { throw .badLength(expected: 16, found: bytes.byteCount) }
    high = try bytes.integer(at: 0, as: UInt64.self)
    low = try bytes.integer(at: 8, as: UInt64.self)
  }
}
