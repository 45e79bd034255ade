/// A parsed CSV file: RFC 4180 quoting, comma, LF or CRLF, header first, UTF-8, an optional byte-order mark.
///
/// Fields are ranges into the file's bytes, so that a table of 40,000 rows costs two allocations and every
/// value still knows its line and column: the reason we read CSV ourselves (a library reads as well, but
/// loses the place a finding must name).
///
/// Lines are counted in the file (header = 1, also inside quoted line breaks); columns count fields from 1.
/// - Complexity: parsing is O(bytes) time and O(fields) space.
public struct CSVTable: Sendable {
  /// Bounds that keep a hostile file from eating the machine.
  public struct Limits: Sendable {
    /// Greatest file size in bytes.
    public var bytes = 512 << 20
    /// Greatest length of one record in bytes.
    public var recordBytes = 1 << 20
    /// Greatest number of columns.
    public var columns = 256

    /// The default bounds.
    public init() {}
  }

  struct Field: Sendable {
    var start: Int32
    var length: Int32
    /// Quoted fields have their quotes cut off; doubled quotes inside are undone on reading.
    var hasDoubledQuotes: Bool
  }

  /// File name used in findings.
  public let file: String
  /// Column names in file order.
  public let header: [String]
  /// Number of records below the header.
  public let rowCount: Int

  let bytes: [UInt8]
  let fields: [Field]
  let lines: [Int32]

  init(
    file: String, header: [String], bytes: [UInt8], fields: [Field], lines: [Int32]
  ) {
    self.file = file
    self.header = header
    self.rowCount = lines.count
    self.bytes = bytes
    self.fields = fields
    self.lines = lines
  }

  /// A table with these columns and no rows: what a missing optional file counts as.
  public static func empty(file: String, columns: [String]) -> CSVTable {
    CSVTable(file: file, header: columns, bytes: [], fields: [], lines: [])
  }

  /// Position of a column by name, or nil.
  public func column(_ name: String) -> Int? { header.firstIndex(of: name) }

  /// Line of a row in the file (header = 1).
  public func line(_ row: Int) -> Int { Int(lines[row]) }

  /// The text of one field; the empty string for an empty one.
  public func text(_ row: Int, _ column: Int) -> String {
    let field = fields[row * header.count + column]
    let slice = bytes[Int(field.start)..<Int(field.start + field.length)]
    guard field.hasDoubledQuotes else { return String(decoding: slice, as: UTF8.self) }
    var undone: [UInt8] = []
    var skip = false
    for byte in slice {
      if byte == UInt8(ascii: "\"") {
        skip.toggle()
        if skip { undone.append(byte) }
      } else {
        skip = false
        undone.append(byte)
      }
    }
    return String(decoding: undone, as: UTF8.self)
  }

  /// Whether one field is empty.
  public func isEmpty(_ row: Int, _ column: Int) -> Bool {
    fields[row * header.count + column].length == 0
  }
}
