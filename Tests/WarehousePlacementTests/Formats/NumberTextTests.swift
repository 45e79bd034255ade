import TestSupport
import Testing

@testable import WarehousePlacement

/// Numbers taken up in passing against the reader that knows all that can befall them.
@Suite struct NumberTextTests {
  @Test("hurried and careful reading give the same numbers, words and findings", arguments: 0..<40)
  func agree(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed &+ 61_000)
    let parts = [
      "0", "7", "00", "12.50", "0.000", "5.", ".5", ".", "-3", "+4", "1e3", "1.5e-2", "9e99", "x1",
      "1x",
      "12345678901234567", "123456789012345678", "1234567890123456789", "0.12345678901234567",
      "99999999999999999999.0", "1.2.3", "--1", "capacity", "\u{0}", "6739.72500", "1e", "٣",
    ]
    var text = ""
    for _ in 0..<60 {
      text += parts[generator.int(0...parts.count - 1)]
      text += [" ", "\n", "\t", "\r\n", "  "][generator.int(0...4)]
    }
    if generator.chance(oneIn: 2) { text += "42" }
    let bytes = Array(text.utf8)
    let (fast, slow) = (
      NumberText(bytes, file: "f"), NumberText(bytes, file: "f", isHurried: false)
    )
    #expect(fast.digits == slow.digits)
    #expect(fast.places == slow.places)
    #expect(fast.offset == slow.offset)
    #expect(fast.words.map(\.text) == slow.words.map(\.text))
    #expect(fast.words.map(\.before) == slow.words.map(\.before))
    #expect(fast.findings == slow.findings)
  }
}
