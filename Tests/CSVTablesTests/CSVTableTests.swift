import LogisticsModel
import TestSupport
import Testing

@testable import CSVTables

@Suite struct CSVTableTests {
  private func parse(_ text: String, limits: CSVTable.Limits = .init()) -> (
    table: CSVTable?, findings: [String]
  ) {
    var findings: [Finding] = []
    let table = CSVTable.parse(
      Array(text.utf8), file: "t.csv", limits: limits, findings: &findings)
    return (table, findings.map(\.description))
  }

  private func rows(_ table: CSVTable?) -> [[String]] {
    guard let table else { return [] }
    return (0..<table.rowCount).map { row in
      table.header.indices.map { table.text(row, $0) }
    }
  }

  @Test func plainAndQuoted() {
    let (table, findings) = parse(
      "\u{FEFF}a,b,c\r\n1,,\"x,\"\"y\"\"\"\r\n\n\"two\nlines\",2,é\n\"\",\"\"\"\",z")
    #expect(findings == [])
    #expect(table?.header == ["a", "b", "c"])
    #expect(rows(table) == [["1", "", "x,\"y\""], ["two\nlines", "2", "é"], ["", "\"", "z"]])
    #expect(table?.line(0) == 2)
    // Line 3 is blank, the quoted value spans 4 and 5.
    #expect(table?.line(1) == 4)
    #expect(table?.line(2) == 6)
    #expect(table?.isEmpty(2, 0) == true)
  }

  @Test func raggedRowsAreLeftOut() {
    let (table, findings) = parse("a,b\n1\n1,2\n1,2,3\n3,4\n")
    #expect(rows(table) == [["1", "2"], ["3", "4"]])
    #expect(
      findings == [
        "error TW-CSV-006: t.csv:2: 1 fields where the header has 2; quote values that hold a comma",
        "error TW-CSV-006: t.csv:4: 3 fields where the header has 2; quote values that hold a comma",
      ])
  }

  @Test(arguments: [
    ("", "TW-CSV-007: t.csv:1"), ("\n\n", "TW-CSV-007: t.csv:1"),
    ("a,b\n1,\"x\n2,3\n", "TW-CSV-004: t.csv:2:2"),
    ("a,b\n1,\"x\"y\n", "TW-CSV-005: t.csv:2:2"), ("a,b\n1,x\"y\n", "TW-CSV-005: t.csv:2:2"),
    ("a,a\n1,2\n", "TW-CSV-008: t.csv:1:2"), ("a,b\n1,x\u{0}\n", "TW-CSV-015: t.csv:2:2"),
    ("a,b\n1,\"x\u{7}\"\n", "TW-CSV-015: t.csv:2:2"), ("a\rb\n1\n", "TW-CSV-015: t.csv:1:1"),
  ])
  func faults(_ text: String, _ start: String) {
    let findings = parse(text).findings
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("error \(start)") == true, "\(findings)")
  }

  @Test func notUTF8() {
    var findings: [Finding] = []
    let bytes = Array("a,b\n1,2\n3,".utf8) + [0xC3, 0x28] + Array("\n".utf8)
    #expect(CSVTable.parse(bytes, file: "t.csv", findings: &findings) == nil)
    #expect(
      findings.map(\.description) == [
        "error TW-CSV-003: t.csv:3: bytes that are not UTF-8; save the file as UTF-8"
      ])
  }

  @Test func limits() {
    var limits = CSVTable.Limits()
    limits.recordBytes = 100
    let long = String(repeating: "x", count: 101)
    #expect(parse("a\n\(long)\n", limits: limits).findings.first?.contains("TW-CSV-002") == true)
    #expect(
      parse("a\n\"\(long)\"\n", limits: limits).findings.first?.contains("TW-CSV-002") == true)
    limits.columns = 2
    #expect(parse("a,b,c\n", limits: limits).findings.first?.contains("TW-CSV-009") == true)
    limits.bytes = 10
    #expect(parse("a,b,c\n1,2,3\n", limits: limits).findings.first?.contains("TW-CSV-001") == true)
  }

  /// A line of 64 MB is refused by its first megabyte, in one finding.
  @Test func oneEndlessLine() {
    let bytes = Array("a,b\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 20)
    var findings: [Finding] = []
    #expect(CSVTable.parse(bytes, file: "t.csv", findings: &findings) == nil)
    #expect(
      findings.map(\.description) == [
        "error TW-CSV-002: t.csv:2: a record longer than 1048576 bytes; is a line break missing?"
      ])
  }

  /// What is written comes back, whatever the values hold.
  @Test func writerRoundTrip() {
    var random = SeededGenerator(seed: 11)
    let pieces = ["a", ",", "\t", "\"\u{655}", "\"", "\n", "é", "", " ", "\r\n", "日本", "x"]
    for _ in 0..<200 {
      var writer = CSVWriter(["one", "two"])
      let records = (0..<random.int(0...5)).map { _ in
        // The first value is never empty, so that no record looks like a blank line.
        [
          "r" + (0..<random.int(0...4)).map { _ in random.pick(pieces) }.joined(),
          (0..<random.int(0...4)).map { _ in random.pick(pieces) }.joined(),
        ]
      }
      for record in records { writer.append(record) }
      let (table, findings) = parse(writer.text)
      #expect(findings == [])
      #expect(rows(table) == records)
    }
  }
}
