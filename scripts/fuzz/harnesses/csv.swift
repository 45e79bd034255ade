import CSVTables
import LogisticsModel

/// Whatever the bytes, parsing ends with a table or a finding; what it reads can be written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var limits = CSVTable.Limits()
  limits.recordBytes = 4096
  limits.columns = 16
  var findings: [Finding] = []
  guard let table = CSVTable.parse(bytes, file: "f.csv", limits: limits, findings: &findings) else {
    expect(!findings.isEmpty, "refused without a reason")
    return 0
  }
  var records: [[String]] = []
  for row in 0..<table.rowCount {
    expect(table.line(row) >= 2)
    records.append(table.header.indices.map { table.text(row, $0) })
  }
  var columns = CSVColumns(table, required: ["a"], optional: ["b"])
  for row in 0..<table.rowCount {
    _ = columns.integer(row, "a", in: -5...5)
    _ = columns.requiredText(row, "b")
  }
  for finding in columns.findings { expect(!finding.description.isEmpty) }
  // A lone empty value looks like a blank line, which no reader can tell from none.
  guard findings.isEmpty, !table.header.isEmpty, table.header != [""],
    !records.contains([""]),
    // A second byte-order mark is part of the first name, and becomes the first mark when written.
    !table.header[0].hasPrefix("\u{FEFF}")
  else { return 0 }
  var writer = CSVWriter(table.header)
  for record in records { writer.append(record) }
  var again: [Finding] = []
  limits.recordBytes = 1 << 20
  guard
    let copy = CSVTable.parse(
      Array(writer.text.utf8), file: "f.csv", limits: limits, findings: &again)
  else { fatalError("what was written cannot be read: \(again)") }
  expect(copy.rowCount == table.rowCount, "rows lost")
  for row in 0..<table.rowCount {
    expect(copy.header.indices.map { copy.text(row, $0) } == records[row], "values changed")
  }
  return 0
}
