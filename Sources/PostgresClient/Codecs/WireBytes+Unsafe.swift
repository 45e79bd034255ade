/// Reading of what the server sent. Bound relied on: every read is checked against the length of the span first.
extension RawSpan {
  /// The integer at an offset, most significant byte first.
  func integer<Value: FixedWidthInteger>(at offset: Int, as type: Value.Type) throws(CodecFault)
    -> Value
  {
    let width = MemoryLayout<Value>.size
    guard offset >= 0, offset <= byteCount - width else {
      throw .badLength(expected: offset + width, found: byteCount)
    }
    return withUnsafeBytes { Value(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: type)) }
  }

  /// The only integer of a value that is nothing else.
  func wholeInteger<Value: FixedWidthInteger>(_ type: Value.Type) throws(CodecFault) -> Value {
    guard byteCount == MemoryLayout<Value>.size else {
      throw .badLength(expected: MemoryLayout<Value>.size, found: byteCount)
    }
    return try integer(at: 0, as: type)
  }

  /// Everything from an offset on, as text.
  func text(from offset: Int = 0) throws(CodecFault) -> String {
    guard offset <= byteCount else { throw .badLength(expected: offset, found: byteCount) }
    let text = withUnsafeBytes { String(validating: $0[offset...], as: UTF8.self) }
    guard let text else { throw .invalidText }
    return text
  }

  /// Everything from an offset on, as an array.
  func array(from offset: Int = 0) -> [UInt8] {
    withUnsafeBytes { offset < $0.count ? Array($0[offset...]) : [] }
  }
}

/// A value of the server, lent to a decoder.
///
/// Bound relied on: the memory outlives the call.
func withSpan<Result>(
  of bytes: UnsafeRawBufferPointer, _ body: (RawSpan) throws(CodecFault) -> Result
) throws(CodecFault) -> Result {
  try body(bytes.bytes)
}

extension WireBuffer {
  /// Appends an integer, most significant byte first.
  ///
  /// Bound relied on: the bytes of one local value.
  public mutating func append<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
