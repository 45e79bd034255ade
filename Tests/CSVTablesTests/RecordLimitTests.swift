import LogisticsModel
import TestSupport
import Testing

@testable import CSVTables

/// A hostile file is refused by its first bad record, not read to its end.
@Suite struct RecordLimitTests {
  private func codes(_ text: String, recordBytes: Int) -> [String] {
    var limits = CSVTable.Limits()
    limits.recordBytes = recordBytes
    var findings: [Finding] = []
    _ = CSVTable.parse(Array(text.utf8), file: "t.csv", limits: limits, findings: &findings)
    return findings.map(\.code)
  }

  @Test("a record of the greatest length is read, a much longer one is refused")
  func boundary() {
    let header = "a,b\n"
    #expect(codes(header + "1," + String(repeating: "x", count: 8), recordBytes: 10) == [])
    #expect(
      codes(header + "1," + String(repeating: "x", count: 90), recordBytes: 10)
        == [CSVCode.recordTooLong])
  }

  @Test("a quote that swallows the rest of the file is refused at the limit")
  func openQuote() {
    let text = "a,b\n\"" + String(repeating: "line\n", count: 100)
    #expect(codes(text, recordBytes: 50) == [CSVCode.recordTooLong])
    #expect(codes(text, recordBytes: 5000) == [CSVCode.quoteOpen])
  }
}
