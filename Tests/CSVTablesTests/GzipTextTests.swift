import CSVTables
import Testing

/// Gzip as other programs write it, and spoilt.
@Suite struct GzipTextTests {
  /// "a,b" and fifty lines of "1,2", packed by zlib at level 9.
  static let packed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 212, 73, 226, 50, 212, 49, 26, 22, 24, 0, 247, 227, 129,
    174, 204, 0, 0, 0,
  ]

  @Test("packed text is unpacked, plain text left alone")
  func unpacks() throws {
    let expected = "a,b\n" + String(repeating: "1,2\n", count: 50)
    let text = try GzipText.unpacked(Self.packed, file: "h.csv.gz")
    #expect(String(decoding: text, as: UTF8.self) == expected)
    #expect(try GzipText.unpacked(text, file: "h.csv") == text)
  }

  @Test("packed texts one after another are one text; a false size is no promise")
  func several() throws {
    let once = try GzipText.unpacked(Self.packed, file: "h")
    #expect(try GzipText.unpacked(Self.packed + Self.packed, file: "h") == once + once)
    #expect(try GzipText.unpacked(Self.packed + [0, 0, 0, 0], file: "h") == once)
    // The first text's own size is that of the last four bytes only if nothing follows.
    #expect(try GzipText.unpacked(Self.packed + [255, 255, 255, 255], file: "h") == once)
  }

  @Test("every cut and every flipped byte behind the header is found")
  func broken() {
    var unnoticed = 0
    for length in 3..<Self.packed.count {
      if (try? GzipText.unpacked(Array(Self.packed.prefix(length)), file: "cut")) != nil {
        unnoticed += 1
      }
    }
    let plain = try? GzipText.unpacked(Self.packed, file: "whole")
    for index in 10..<Self.packed.count {
      var spoilt = Self.packed
      spoilt[index] ^= 0x11
      if let text = try? GzipText.unpacked(spoilt, file: "spoilt"), text != plain { unnoticed += 1 }
    }
    #expect(unnoticed == 0)
    #expect(throws: GzipText.Broken.self) {
      try GzipText.unpacked(Array(Self.packed.prefix(20)), file: "cut")
    }
  }
}
