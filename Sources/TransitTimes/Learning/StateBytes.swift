/// Writes the parts of a state, little-endian, the same way on every machine.
struct StateWriter {
  private(set) var bytes: [UInt8] = []

  mutating func integer(_ value: some FixedWidthInteger) {
    var rest = UInt64(truncatingIfNeeded: Int64(truncatingIfNeeded: value))
    for _ in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func small(_ value: Int32) {
    var rest = UInt32(bitPattern: value)
    for _ in 0..<4 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func number(_ value: Double) { integer(value.bitPattern) }

  mutating func text(_ value: String) {
    integer(value.utf8.count)
    bytes += value.utf8
  }

  mutating func list<Element>(
    _ values: some Collection<Element>, _ write: (inout StateWriter, Element) -> Void
  ) {
    integer(values.count)
    for value in values { write(&self, value) }
  }
}

/// Reads what ``StateWriter`` wrote; a state is a file and therefore never trusted.
struct StateReader {
  /// Why a state cannot be read.
  struct Broken: Error {}

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init(_ bytes: [UInt8], from position: Int, to end: Int) {
    self.bytes = bytes
    self.position = position
    self.end = end
  }

  var isAtEnd: Bool { position == end }

  mutating func integer() throws(Broken) -> Int {
    guard end - position >= 8 else { throw Broken() }
    var value: UInt64 = 0
    for index in 0..<8 { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    position += 8
    return Int(truncatingIfNeeded: value)
  }

  mutating func small() throws(Broken) -> Int32 {
    guard end - position >= 4 else { throw Broken() }
    var value: UInt32 = 0
    for index in 0..<4 { value |= UInt32(bytes[position + index]) << UInt32(8 * index) }
    position += 4
    return Int32(bitPattern: value)
  }

  /// A finite number.
  mutating func number() throws(Broken) -> Double {
    let value = Double(bitPattern: UInt64(bitPattern: Int64(try integer())))
    guard value.isFinite else { throw Broken() }
    return value
  }

  mutating func text() throws(Broken) -> String {
    let count = try integer()
    guard count >= 0, count <= end - position else { throw Broken() }
    let text = String(decoding: bytes[position..<position + count], as: UTF8.self)
    position += count
    return text
  }

  /// How many elements follow, each of at least some bytes.
  mutating func count(leastBytes: Int) throws(Broken) -> Int {
    let count = try integer()
    guard count >= 0, count <= (end - position) / leastBytes else { throw Broken() }
    return count
  }

  /// A list whose elements take at least some bytes each, so that a forged length allocates nothing.
  mutating func list<Element>(
    leastBytes: Int, _ read: (inout StateReader) throws(Broken) -> Element
  ) throws(Broken) -> [Element] {
    let count = try count(leastBytes: leastBytes)
    var values: [Element] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }
}
