/// Ids in a bundle: free words without comma, quote, blank or control character.
enum RowId {
  /// Greatest length in bytes.
  static let greatestLength = 120

  /// Whether a text may be an id.
  static func isWellFormed(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= greatestLength
      && text.utf8.allSatisfy {
        $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"")
      }
  }
}
