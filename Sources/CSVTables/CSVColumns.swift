public import LogisticsModel

/// Reads typed values out of a table and collects a located finding for each that is malformed.
///
/// One value per file: create it with the columns the file must and may have, then walk the rows. A reader
/// that returns nil has already reported why.
public struct CSVColumns {
  /// The table read from.
  public let table: CSVTable
  /// Everything found wrong so far.
  public var findings: [Finding] = []

  private var positions: [String: Int] = [:]

  /// Checks the header: a missing required column is an error, an unknown one a warning.
  ///
  /// Extra columns are legal by definition in the plain network: pass false for `warnsAboutUnknown` there.
  public init(
    _ table: CSVTable, required: [String], optional: [String] = [], warnsAboutUnknown: Bool = true
  ) {
    self.table = table
    for (index, name) in table.header.enumerated() { positions[name] = positions[name] ?? index }
    for name in required where positions[name] == nil {
      findings.append(
        Finding(
          code: CSVCode.columnMissing, file: table.file, line: 1,
          message: "required column \(name) is missing"))
    }
    guard warnsAboutUnknown else { return }
    let known = Set(required + optional)
    for (index, name) in table.header.enumerated() where !known.contains(name) {
      findings.append(
        Finding(
          .warning, code: CSVCode.columnUnknown, file: table.file, line: 1, column: index + 1,
          message: "unknown column \(name) is ignored"))
    }
  }

  /// Whether every required column is there.
  public var isUsable: Bool { !findings.contains { $0.severity == .error } }

  /// Adds a finding at one field (column name nil: at the row).
  public mutating func report(
    _ severity: Finding.Severity = .error, code: String, row: Int, column: String? = nil,
    _ message: String
  ) {
    findings.append(
      Finding(
        severity, code: code, file: table.file, line: table.line(row),
        column: column.flatMap { positions[$0] }.map { $0 + 1 } ?? 0, message: message))
  }

  /// The text of a field; empty when the column is absent.
  public func text(_ row: Int, _ column: String) -> String {
    positions[column].map { table.text(row, $0) } ?? ""
  }

  /// Whether the field is empty or its column absent.
  public func isEmpty(_ row: Int, _ column: String) -> Bool {
    positions[column].map { table.isEmpty(row, $0) } ?? true
  }

  /// A field that must not be empty.
  public mutating func requiredText(_ row: Int, _ column: String) -> String? {
    let value = text(row, column)
    if value.isEmpty {
      report(code: CSVCode.valueMissing, row: row, column: column, "\(column) is empty")
      return nil
    }
    return value
  }

  /// A decimal integer within `range`; optional sign, no blanks.
  public mutating func integer(_ row: Int, _ column: String, in range: ClosedRange<Int64>) -> Int64?
  {
    let value = text(row, column)
    guard !value.isEmpty else {
      report(code: CSVCode.valueMissing, row: row, column: column, "\(column) is empty")
      return nil
    }
    guard let number = Int64(value) else {
      let digits = value.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      if !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) {
        report(
          code: CSVCode.valueOutOfRange, row: row, column: column,
          "\(column) \(value.prefix(40)) is not within \(range.lowerBound)...\(range.upperBound)")
        return nil
      }
      report(
        code: CSVCode.valueMalformed, row: row, column: column,
        "\(column) \"\(value.prefix(40))\" is not a whole number")
      return nil
    }
    guard range.contains(number) else {
      report(
        code: CSVCode.valueOutOfRange, row: row, column: column,
        "\(column) \(number) is not within \(range.lowerBound)...\(range.upperBound)")
      return nil
    }
    return number
  }

  /// An integer, or `fallback` where the field is empty; nil when it is malformed.
  public mutating func integer(
    _ row: Int, _ column: String, in range: ClosedRange<Int64>, ifEmpty fallback: Int64
  ) -> Int64? {
    isEmpty(row, column) ? fallback : integer(row, column, in: range)
  }

  /// A value of a closed set of words, read by `parse`.
  public mutating func word<Value>(
    _ row: Int, _ column: String, expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let value = requiredText(row, column) else { return nil }
    if let parsed = parse(value) { return parsed }
    report(
      code: CSVCode.valueMalformed, row: row, column: column,
      "\(column) \"\(value.prefix(40))\" is not \(expected)")
    return nil
  }
}
