public import LogisticsModel

/// Finding codes of this module.
public enum CSVCode {
  /// The file is larger than the limit.
  public static let fileTooLarge = "TW-CSV-001"
  /// One record is longer than the limit.
  public static let recordTooLong = "TW-CSV-002"
  /// Bytes that are not UTF-8.
  public static let notUTF8 = "TW-CSV-003"
  /// A quote that never closes.
  public static let quoteOpen = "TW-CSV-004"
  /// Text directly after a closing quote, or a quote inside an unquoted field.
  public static let quoteMisplaced = "TW-CSV-005"
  /// A record with too many or too few fields.
  public static let ragged = "TW-CSV-006"
  /// No header line.
  public static let headerMissing = "TW-CSV-007"
  /// A column name that stands twice.
  public static let columnTwice = "TW-CSV-008"
  /// More columns than the limit.
  public static let tooManyColumns = "TW-CSV-009"
  /// A required column that is missing.
  public static let columnMissing = "TW-CSV-010"
  /// A column nobody reads.
  public static let columnUnknown = "TW-CSV-011"
  /// A value that does not have the form its column asks for.
  public static let valueMalformed = "TW-CSV-012"
  /// A number outside its range.
  public static let valueOutOfRange = "TW-CSV-013"
  /// A required value that is empty.
  public static let valueMissing = "TW-CSV-014"
  /// A control character inside a field.
  public static let controlCharacter = "TW-CSV-015"
  /// A gzip text that cannot be unpacked.
  public static let packed = "TW-CSV-016"
}

extension CSVTable {
  /// Parses `bytes`; every fault is reported, and a table is returned unless its shape is unusable.
  ///
  /// A record with the wrong number of fields is reported and left out; the rest is still read, so that one
  /// run shows everything there is to mend.
  public static func parse(
    _ bytes: [UInt8], file: String, limits: Limits = Limits(), findings: inout [Finding]
  ) -> CSVTable? {
    guard bytes.count <= limits.bytes else {
      findings.append(
        Finding(
          code: CSVCode.fileTooLarge, file: file,
          message: "\(bytes.count) bytes, more than the limit of \(limits.bytes); split the file"))
      return nil
    }
    var scanner = CSVScanner(bytes: bytes, file: file, limits: limits)
    let table = scanner.table()
    findings += scanner.findings
    return table
  }
}

/// One pass over the bytes of a file.
struct CSVScanner {
  let bytes: [UInt8]
  let file: String
  let limits: CSVTable.Limits
  var findings: [Finding] = []

  private var position = 0
  private var line = 1
  /// A finding per fault, but not a million of them.
  private static let greatestFindings = 1000

  init(bytes: [UInt8], file: String, limits: CSVTable.Limits) {
    self.bytes = bytes
    self.file = file
    self.limits = limits
  }

  mutating func table() -> CSVTable? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    checkUTF8()
    guard findings.isEmpty else { return nil }
    var headerFields: [CSVTable.Field] = []
    skipBlankLines()
    guard position < bytes.count, record(into: &headerFields) else {
      if findings.isEmpty {
        add(
          CSVCode.headerMissing, line: 1, "the file is empty; its first line must name the columns")
      }
      return nil
    }
    let width = headerFields.count
    guard width <= limits.columns else {
      add(
        CSVCode.tooManyColumns, line: 1,
        "\(width) columns, more than the limit of \(limits.columns)")
      return nil
    }
    let shell = CSVTable(
      file: file, header: headerFields.map { _ in "" }, bytes: bytes, fields: headerFields,
      lines: [1])
    let header = (0..<width).map { shell.text(0, $0) }
    for (index, name) in header.enumerated() where header.firstIndex(of: name) != index {
      add(CSVCode.columnTwice, line: 1, column: index + 1, "column \(name) stands twice")
    }
    var fields: [CSVTable.Field] = []
    fields.reserveCapacity(bytes.count / 6)
    var lines: [Int32] = []
    while position < bytes.count {
      skipBlankLines()
      guard position < bytes.count else { break }
      let start = fields.count
      let first = line
      guard record(into: &fields) else { return nil }
      if fields.count - start != width {
        add(
          CSVCode.ragged, line: first,
          "\(fields.count - start) fields where the header has \(width); quote values that hold a comma"
        )
        fields.removeSubrange(start...)
      } else {
        lines.append(Int32(truncatingIfNeeded: first))
      }
    }
    return CSVTable(file: file, header: header, bytes: bytes, fields: fields, lines: lines)
  }

  private mutating func add(_ code: String, line: Int, column: Int = 0, _ message: String) {
    guard findings.count < CSVScanner.greatestFindings else { return }
    findings.append(Finding(code: code, file: file, line: line, column: column, message: message))
  }

  private mutating func checkUTF8() {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let before = bytes.prefix(error.byteOffsets.lowerBound)
      add(
        CSVCode.notUTF8, line: before.count { $0 == UInt8(ascii: "\n") } + 1,
        "bytes that are not UTF-8; save the file as UTF-8")
    }
  }

  private mutating func skipBlankLines() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") {
        position += 1
        line += 1
      } else if bytes[position] == UInt8(ascii: "\r"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "\n")
      {
        position += 2
        line += 1
      } else {
        return
      }
    }
  }

  /// Reads one record; false when the file cannot be read further.
  private mutating func record(into fields: inout [CSVTable.Field]) -> Bool {
    let recordStart = position
    let recordLine = line
    var column = 1
    while true {
      var field = CSVTable.Field(start: Int32(position), length: 0, hasDoubledQuotes: false)
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        guard quoted(into: &field, recordStart: recordStart, line: recordLine, column: column)
        else {
          return false
        }
      } else {
        let start = position
        while position < bytes.count {
          let byte = bytes[position]
          if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") { break }
          if byte == UInt8(ascii: "\r"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "\n")
          {
            break
          }
          if byte == UInt8(ascii: "\"") {
            add(
              CSVCode.quoteMisplaced, line: line, column: column,
              "a quote inside an unquoted value; quote the whole value and double the quote")
            return false
          }
          if byte < 0x20 {
            add(
              CSVCode.controlCharacter, line: line, column: column,
              "control character \(byte) in a value")
            return false
          }
          position += 1
          if position - recordStart > limits.recordBytes { break }
        }
        field.length = Int32(position - start)
      }
      if position - recordStart > limits.recordBytes {
        add(
          CSVCode.recordTooLong, line: recordLine,
          "a record longer than \(limits.recordBytes) bytes; is a line break missing?")
        return false
      }
      fields.append(field)
      if position >= bytes.count { return true }
      switch bytes[position] {
      case UInt8(ascii: ","):
        position += 1
        column += 1
      case UInt8(ascii: "\n"):
        position += 1
        line += 1
        return true
      case UInt8(ascii: "\r"):
        position += 2
        line += 1
        return true
      default:
        preconditionFailure("a field ends at a comma, a line break or the end of the file")
      }
    }
  }

  private mutating func quoted(
    into field: inout CSVTable.Field, recordStart: Int, line recordLine: Int, column: Int
  ) -> Bool {
    position += 1
    field.start = Int32(position)
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") {
          field.hasDoubledQuotes = true
          position += 2
          continue
        }
        field.length = Int32(position) - field.start
        position += 1
        let ends =
          position >= bytes.count || bytes[position] == UInt8(ascii: ",")
          || bytes[position] == UInt8(ascii: "\n")
          || (bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
            && bytes[position + 1] == UInt8(ascii: "\n"))
        if !ends {
          add(
            CSVCode.quoteMisplaced, line: line, column: column,
            "text after the closing quote of a value")
        }
        return ends
      }
      if byte == UInt8(ascii: "\n") {
        line += 1
      } else if byte < 0x20, byte != UInt8(ascii: "\r"), byte != UInt8(ascii: "\t") {
        add(
          CSVCode.controlCharacter, line: line, column: column,
          "control character \(byte) in a value")
        return false
      }
      position += 1
      if position - recordStart > limits.recordBytes {
        add(
          CSVCode.recordTooLong, line: recordLine,
          "a record longer than \(limits.recordBytes) bytes; is a quote left open?")
        return false
      }
    }
    add(CSVCode.quoteOpen, line: recordLine, column: column, "a quoted value that never closes")
    return false
  }
}
