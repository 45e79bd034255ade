import LogisticsModel

/// Unpacks gzip (RFC 1952, RFC 1951), for instances that are kept packed.
public struct GzipText {
  private let bytes: [UInt8]
  private var position = 0
  private var held: UInt32 = 0
  private var heldBits = 0
  private var out: [UInt8] = []

  /// Unpacked bytes at most.
  static let mostBytes = 1 << 29

  private struct Fault: Error {
    let text: String
  }

  /// The bytes as they are, or unpacked where they begin as gzip does.
  ///
  /// - Throws: a finding where the packed text is broken.
  public static func unpacked(
    _ bytes: [UInt8], file: String
  ) throws(InstanceRefused) -> [UInt8] {
    guard bytes.count > 2, bytes[0] == 0x1F, bytes[1] == 0x8B else { return bytes }
    var reader = GzipText(bytes: bytes)
    do throws(Fault) {
      return try reader.run()
    } catch {
      throw InstanceRefused(findings: [
        Finding(code: PlacementCodes.packed, file: file, message: error.text)
      ])
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run() throws(Fault) -> [UInt8] {
    try header()
    var isLast = false
    while !isLast {
      isLast = try bits(1) == 1
      switch try bits(2) {
      case 0: try stored()
      case 1: try packed(CodeTable.fixedLiterals, CodeTable.fixedDistances)
      case 2:
        let (literals, distances) = try tables()
        try packed(literals, distances)
      default: throw Fault(text: "the packed text has a block of no known kind")
      }
    }
    position -= heldBits / 8
    guard position + 8 <= bytes.count else { throw Fault(text: "the packed text ends too soon") }
    var size: UInt32 = 0
    var sum: UInt32 = 0
    for index in 0..<4 {
      sum |= UInt32(bytes[position + index]) << UInt32(8 * index)
      size |= UInt32(bytes[position + 4 + index]) << UInt32(8 * index)
    }
    guard size == UInt32(truncatingIfNeeded: out.count), sum == checksum else {
      throw Fault(text: "the packed text's checksum does not hold")
    }
    return out
  }

  private mutating func header() throws(Fault) {
    guard bytes.count > 18, bytes[2] == 8 else {
      throw Fault(text: "the packed text is not gzip by deflation")
    }
    let flags = bytes[3]
    position = 10
    if flags & 4 != 0 { position += 2 + Int(bytes[10]) + Int(bytes[11]) << 8 }
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      while position < bytes.count, bytes[position] != 0 { position += 1 }
      position += 1
    }
    if flags & 2 != 0 { position += 2 }
    guard position < bytes.count else { throw Fault(text: "the packed text ends too soon") }
  }

  private mutating func bits(_ count: Int) throws(Fault) -> Int {
    while heldBits < count {
      guard position < bytes.count else { throw Fault(text: "the packed text ends too soon") }
      held |= UInt32(bytes[position]) << UInt32(heldBits)
      position += 1
      heldBits += 8
    }
    let value = held & ((1 << UInt32(count)) - 1)
    held >>= UInt32(count)
    heldBits -= count
    return Int(value)
  }

  private mutating func stored() throws(Fault) {
    position -= heldBits / 8
    (held, heldBits) = (0, 0)
    guard position + 4 <= bytes.count else { throw Fault(text: "the packed text ends too soon") }
    let count = Int(bytes[position]) | Int(bytes[position + 1]) << 8
    position += 4
    guard position + count <= bytes.count, out.count + count <= Self.mostBytes else {
      throw Fault(text: "the packed text ends too soon, or is too long")
    }
    out += bytes[position..<position + count]
    position += count
  }

  private mutating func symbol(_ table: CodeTable) throws(Fault) -> Int {
    while heldBits < 15, position < bytes.count {
      held |= UInt32(bytes[position]) << UInt32(heldBits)
      position += 1
      heldBits += 8
    }
    let entry = table.entries[Int(held & 0x7FFF)]
    let length = Int(entry & 15)
    guard length > 0, length <= heldBits else {
      throw Fault(text: "the packed text has a code without meaning")
    }
    held >>= UInt32(length)
    heldBits -= length
    return Int(entry >> 4)
  }

  private mutating func packed(_ literals: CodeTable, _ distances: CodeTable) throws(Fault) {
    while true {
      let symbol = try symbol(literals)
      if symbol < 256 {
        out.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol < 286 else { throw Fault(text: "the packed text has a length without meaning") }
      let length = Self.lengths[symbol - 257] + (try bits(Self.lengthBits[symbol - 257]))
      let code = try self.symbol(distances)
      guard code < 30 else { throw Fault(text: "the packed text has a distance without meaning") }
      let distance = Self.distances[code] + (try bits(Self.distanceBits[code]))
      guard distance <= out.count, out.count + length <= Self.mostBytes else {
        throw Fault(text: "the packed text points before its beginning, or is too long")
      }
      var from = out.count - distance
      for _ in 0..<length {
        out.append(out[from])
        from += 1
      }
    }
  }

  private mutating func tables() throws(Fault) -> (CodeTable, CodeTable) {
    let literals = try bits(5) + 257
    let distances = try bits(5) + 1
    let codes = try bits(4) + 4
    var lengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<codes { lengths[Self.order[index]] = UInt8(try bits(3)) }
    let meta = CodeTable(lengths)
    var all: [UInt8] = []
    while all.count < literals + distances {
      let symbol = try symbol(meta)
      switch symbol {
      case 0..<16: all.append(UInt8(symbol))
      case 16:
        guard let last = all.last else { throw Fault(text: "the packed text repeats nothing") }
        all += Array(repeating: last, count: 3 + (try bits(2)))
      case 17: all += Array(repeating: 0, count: 3 + (try bits(3)))
      default: all += Array(repeating: 0, count: 11 + (try bits(7)))
      }
    }
    guard all.count == literals + distances else {
      throw Fault(text: "the packed text has too many code lengths")
    }
    return (CodeTable(Array(all[..<literals])), CodeTable(Array(all[literals...])))
  }

  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private var checksum: UInt32 {
    var table = [UInt32](repeating: 0, count: 256)
    for index in 0..<256 {
      var value = UInt32(index)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
      table[index] = value
    }
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in out { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
    return ~sum
  }
}

/// Codes of up to 15 bits, looked up by the next 15 bits.
struct CodeTable: Sendable {
  /// Symbol in the high bits, length in the low four; nought where no code fits.
  private(set) var entries = [UInt16](repeating: 0, count: 1 << 15)

  static let fixedLiterals = CodeTable(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = CodeTable(Array(repeating: 5, count: 30))

  /// A table of canonical codes by their lengths; too many codes leave the rest out.
  init(_ lengths: [UInt8]) {
    var code = 0
    for length in 1...15 {
      for (symbol, own) in lengths.enumerated() where Int(own) == length {
        guard code < 1 << length else { return }
        var reversed = 0
        for bit in 0..<length where code & (1 << bit) != 0 { reversed |= 1 << (length - 1 - bit) }
        var index = reversed
        while index < 1 << 15 {
          entries[index] = UInt16(symbol << 4 | length)
          index += 1 << length
        }
        code += 1
      }
      code <<= 1
    }
  }
}
