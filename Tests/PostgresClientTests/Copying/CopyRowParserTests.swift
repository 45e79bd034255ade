import Testing

@testable import PostgresClient

@Suite struct CopyRowParserTests {
  /// A header, a row of two fields, one of a null, the end.
  static let bytes: [UInt8] = {
    var buffer = WireBuffer()
    buffer.append(CopyRowParser.signature)
    buffer.append(Int32(0))
    buffer.append(Int32(0))
    buffer.append(Int16(2))
    buffer.appendField(Int32(7))
    buffer.appendField("ab")
    buffer.append(Int16(1))
    buffer.appendField(Int32?.none)
    buffer.append(Int16(-1))
    return buffer.bytes
  }()

  func check(_ rows: [CopiedRow]) throws {
    try #require(rows.count == 2)
    let (number, text) = try rows[0].decode(Int32.self, String.self)
    #expect(number == 7)
    #expect(text == "ab")
    #expect(try rows[1].decode(Int32?.self) == nil)
    #expect(throws: PostgresError.self) { try rows[1].decode(Int32.self) }
    #expect(throws: PostgresError.self) { try rows[0].decode(Int64.self) }
    #expect(throws: PostgresError.self) { try rows[0].value(2, as: Int32.self) }
  }

  /// Cut in two at every place, and into single bytes, it gives the same rows.
  @Test func everyCut() throws {
    for cut in 0...Self.bytes.count {
      var parser = CopyRowParser()
      let rows =
        try parser.feed(Array(Self.bytes[..<cut]))
        + (cut < Self.bytes.count ? try parser.feed(Array(Self.bytes[cut...])) : [])
      try check(rows)
      #expect(parser.hasEnded)
    }
    var parser = CopyRowParser()
    try check(try Self.bytes.flatMap { try parser.feed([$0]) })
  }

  @Test func forgeries() {
    var parser = CopyRowParser()
    #expect(throws: PostgresError.self) { try parser.feed(Array("id,name\n1,two\n3,four\n".utf8)) }
    var negative = Self.bytes
    negative[19] = 0xFF
    negative[20] = 0xFE
    var second = CopyRowParser()
    #expect(throws: PostgresError.self) { try second.feed(negative) }
    var third = CopyRowParser()
    #expect(throws: PostgresError.self) {
      _ = try third.feed(Self.bytes)
      _ = try third.feed([1])
    }
  }
}
