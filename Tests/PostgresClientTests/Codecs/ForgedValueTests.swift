import Testing

@testable import PostgresClient

/// Values no server sends: decoders answer with a fault and never read beyond the bytes or take memory for what is not there.
@Suite struct ForgedValueTests {
  func decode<Value: PostgresDecodable>(_ bytes: [UInt8], as type: Value.Type, _ oid: PostgresType)
    throws(CodecFault) -> Value
  {
    try Value(binary: bytes.span.bytes, type: oid)
  }

  @Test func lengths() {
    #expect(throws: CodecFault.badLength(expected: 8, found: 7)) {
      try decode([1, 2, 3, 4, 5, 6, 7], as: Int64.self, .int8)
    }
    #expect(throws: CodecFault.badLength(expected: 2, found: 0)) {
      try decode([], as: Int16.self, .int2)
    }
    #expect(throws: CodecFault.badLength(expected: 16, found: 15)) {
      try decode([UInt8](repeating: 0, count: 15), as: UniqueID.self, .uuid)
    }
    #expect(throws: CodecFault.invalidText) { try decode([0xFF, 0xFE], as: String.self, .text) }
    #expect(throws: CodecFault.unsupported("jsonb of version 9")) {
      try decode([9, 0x7B, 0x7D], as: JSONB.self, .jsonb)
    }
  }

  /// A header that claims two thousand million elements in twenty bytes.
  @Test func arrayOfClaims() {
    var buffer = WireBuffer()
    for word in [1, 0, 23, Int32.max, 1] { buffer.append(word) }
    #expect(throws: CodecFault.self) { try decode(buffer.bytes, as: [Int32].self, .int4Array) }
    var negative = WireBuffer()
    for word in [1, 0, 23, -1, 1] as [Int32] { negative.append(word) }
    #expect(throws: CodecFault.self) { try decode(negative.bytes, as: [Int32].self, .int4Array) }
  }

  /// Every cut and every changed byte of a sound array and a sound number either decodes or is a fault.
  @Test func cutsAndFlips() {
    var array = WireBuffer()
    ([1, nil, 3] as [Int32?]).encode(into: &array)
    var number = WireBuffer()
    Numeric("12345.678")?.encode(into: &number)
    var faults = 0
    for length in array.bytes.indices
    where (try? decode(Array(array.bytes[..<length]), as: [Int32?].self, .int4Array)) == nil {
      faults += 1
    }
    for length in number.bytes.indices
    where (try? decode(Array(number.bytes[..<length]), as: Numeric.self, .numeric)) == nil {
      faults += 1
    }
    // No cut decodes: both forms tell their length.
    #expect(faults == array.count + number.count)
    for sound in [array.bytes, number.bytes] {
      for position in sound.indices {
        for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
          var forged = sound
          forged[position] = value
          _ = try? decode(forged, as: [Int32?].self, .int4Array)
          if let decoded = try? decode(forged, as: Numeric.self, .numeric) {
            // What decodes can be shown.
            #expect(!decoded.description.isEmpty)
          }
        }
      }
    }
  }
}
