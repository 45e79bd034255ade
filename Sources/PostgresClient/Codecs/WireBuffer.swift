/// Bytes on their way to the server, in the order of the network.
public struct WireBuffer: Sendable {
  /// What has been written.
  public internal(set) var bytes: [UInt8] = []

  /// An empty buffer.
  public init() {}

  /// Bytes written so far.
  public var count: Int { bytes.count }

  /// Makes room for that many bytes beyond those written.
  public mutating func reserve(_ more: Int) {
    // Growing by exactly what is asked for would copy everything for every value.
    if bytes.capacity - bytes.count < more {
      bytes.reserveCapacity(Swift.max(bytes.count + more, bytes.capacity * 2))
    }
  }

  /// Appends one byte.
  public mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Appends bytes as they are.
  public mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Appends text as UTF-8, without a length or an end.
  public mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes an integer over four bytes already there, most significant byte first.
  mutating func overwrite(_ value: Int32, at position: Int) {
    let word = UInt32(bitPattern: value)
    bytes[position] = UInt8(truncatingIfNeeded: word >> 24)
    bytes[position + 1] = UInt8(truncatingIfNeeded: word >> 16)
    bytes[position + 2] = UInt8(truncatingIfNeeded: word >> 8)
    bytes[position + 3] = UInt8(truncatingIfNeeded: word)
  }

  /// Writes a count over two bytes already there.
  ///
  /// A row has 1,600 columns at most.
  mutating func overwriteCount(_ count: Int, at position: Int) {
    bytes[position] = UInt8(truncatingIfNeeded: count >> 8)
    bytes[position + 1] = UInt8(truncatingIfNeeded: count)
  }

  /// Appends a value behind its length, or -1 for null: the form of array elements and COPY fields.
  mutating func appendField<Value: PostgresEncodable>(_ value: Value) {
    if value.isNull {
      append(Int32(-1))
      return
    }
    let start = count
    append(Int32(0))
    value.encode(into: &self)
    overwrite(Int32(count - start - 4), at: start)
  }

  /// Forgets what was written and keeps the room.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
