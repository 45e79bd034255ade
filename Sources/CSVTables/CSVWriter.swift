/// Writes CSV the same way on every run: comma, LF, quotes only where needed.
public struct CSVWriter {
  /// What has been written.
  public private(set) var text: String

  private let width: Int

  /// Starts a file with its header.
  public init(_ header: [String]) {
    width = header.count
    text = ""
    append(header)
  }

  /// Appends one record; it must be as wide as the header.
  public mutating func append(_ record: [String]) {
    precondition(record.count == width, "a record of \(record.count) fields under \(width) columns")
    for (index, value) in record.enumerated() {
      if index > 0 { text.append(",") }
      let needsQuotes = value.utf8.contains {
        $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20
      }
      if needsQuotes {
        text.append("\"")
        // By scalars: a quote with an accent on it is one character, and still a quote.
        for scalar in value.unicodeScalars {
          if scalar == "\"" { text.append("\"") }
          text.unicodeScalars.append(scalar)
        }
        text.append("\"")
      } else {
        text.append(value)
      }
    }
    text.append("\n")
  }
}
