/// Arrays of one dimension, as `array_send` writes them: dimensions, a flag for nulls, the type of the elements; for each
/// dimension its length and first index; then each element behind its length, -1 for null.
extension Array: PostgresEncodable where Element: PostgresArrayElement {
  /// The array type of the elements.
  public static var postgresType: PostgresType { Element.postgresArrayType }

  /// The header of one dimension, or of none where there are no elements, and the elements.
  public func encode(into buffer: inout WireBuffer) {
    buffer.append(Int32(isEmpty ? 0 : 1))
    let flag = buffer.count
    buffer.append(Int32(0))
    buffer.append(Element.postgresType.rawValue)
    guard !isEmpty else { return }
    buffer.append(Int32(count))
    buffer.append(Int32(1))
    var hasNull = false
    for element in self {
      hasNull = hasNull || element.isNull
      buffer.appendField(element)
    }
    if hasNull { buffer.overwrite(1, at: flag) }
  }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
  /// Arrays whose elements can be read.
  public static func accepts(_ type: PostgresType) -> Bool {
    type.element.map(Element.accepts) ?? false
  }

  /// Reads an array of no or one dimension.
  ///
  /// - Complexity: O(elements). Memory is taken for elements that are there, whatever the header claims.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    let dimensions = try bytes.integer(at: 0, as: Int32.self)
    let elementType = PostgresType(rawValue: try bytes.integer(at: 8, as: UInt32.self))
    guard Element.accepts(elementType) else { throw .wrongType(found: elementType) }
    self.init()
    if dimensions == 0 {
      guard bytes.byteCount == 12 else { throw .badLength(expected: 12, found: bytes.byteCount) }
      return
    }
    guard dimensions == 1 else { throw .unsupported("array of \(dimensions) dimensions") }
    let length = Int(try bytes.integer(at: 12, as: Int32.self))
    // Every element takes four bytes at least, so a forged length cannot ask for memory.
    guard length >= 0, length <= (bytes.byteCount - 20) / 4 else {
      throw .badLength(expected: 20 + 4 * length, found: bytes.byteCount)
    }
    reserveCapacity(length)
    var offset = 20
    for _ in 0..<length {
      let size = Int(try bytes.integer(at: offset, as: Int32.self))
      offset += 4
      if size < 0 {
        append(try Element.readNull())
        continue
      }
      guard size <= bytes.byteCount - offset else {
        throw .badLength(expected: offset + size, found: bytes.byteCount)
      }
      append(
        try Element(binary: bytes.extracting(offset..<(offset + size)), type: elementType))
      offset += size
    }
    guard offset == bytes.byteCount else {
      throw .badLength(expected: offset, found: bytes.byteCount)
    }
  }
}
