/// Cuts SQL into statements, without understanding more of it than where a statement ends.
///
/// It knows what may hide a semicolon: strings with and without escapes, quoted names, dollar quotes, comments (block comments
/// nest), parentheses, and the bodies of functions written `BEGIN ATOMIC ... END`, which it follows as `psql` does.
struct SQLScanner {
  /// What a text consists of.
  enum Fragment: Equatable {
    /// A comment `-- name: ...` at the beginning of a line; the text behind the colon, trimmed.
    case name(String, line: Int)
    /// A statement.
    case statement(Excerpt)
  }

  /// One statement of a text.
  struct Excerpt: Equatable {
    /// The statement without comments, empty lines, and the semicolon behind it.
    var text: String
    /// Where its first word stands, counted from 1.
    var line: Int
    /// Its first words in lower case, four at most.
    var words: [String]
  }

  /// A text that ends in the middle of something.
  struct Unterminated: Error, Equatable {
    /// What was not closed.
    let what: String
    /// Where it was opened, counted from 1.
    let line: Int
  }

  private let bytes: [UInt8]
  private let cutsAtNames: Bool
  private var position = 0
  private var line = 1
  private var fragments: [Fragment] = []
  // The statement under way.
  private var kept: [UInt8] = []
  private var firstLine = 0
  private var words: [String] = []
  private var parentheses = 0
  private var blocks = 0

  private init(_ text: String, cutsAtNames: Bool) {
    bytes = Array(text.utf8)
    self.cutsAtNames = cutsAtNames
  }

  /// The statements of a text, in order.
  ///
  /// - Parameters:
  ///   - text: SQL.
  ///   - cutsAtNames: Whether a comment `-- name: ...` ends the statement before it and is told.
  /// - Returns: Statements, and names where they are asked for.
  /// - Throws: `Unterminated`.
  /// - Complexity: O(bytes).
  static func fragments(of text: String, cutsAtNames: Bool = false) throws(Unterminated)
    -> [Fragment]
  {
    var scanner = SQLScanner(text, cutsAtNames: cutsAtNames)
    while scanner.position < scanner.bytes.count { try scanner.step() }
    scanner.endStatement()
    return scanner.fragments
  }

  private mutating func step() throws(Unterminated) {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "-") where next == UInt8(ascii: "-"): skipLineComment()
    case UInt8(ascii: "/") where next == UInt8(ascii: "*"): try skipBlockComment()
    case UInt8(ascii: "'"): try keepString(what: "a string", escapes: false)
    case UInt8(ascii: "\""): try keepQuoted(byte, "a quoted name", escapes: false)
    case UInt8(ascii: "$"): try keepDollar()
    case UInt8(ascii: ";") where parentheses == 0 && blocks == 0:
      position += 1
      endStatement()
    case _ where isNameStart(byte): try keepWord()
    case _ where isSpace(byte): keepSpace(byte)
    default:
      if byte == UInt8(ascii: "(") { parentheses += 1 }
      if byte == UInt8(ascii: ")") { parentheses = max(0, parentheses - 1) }
      keep(position + 1)
    }
  }

  private var next: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

  /// Keeps all up to `end`.
  private mutating func keep(_ end: Int) {
    if kept.isEmpty { firstLine = line }
    for byte in bytes[position..<end] {
      if byte == UInt8(ascii: "\n") { line += 1 }
      kept.append(byte)
    }
    position = end
  }

  /// Space between words: no line is kept empty, none ends in space.
  private mutating func keepSpace(_ byte: UInt8) {
    position += 1
    let endsLine = byte == UInt8(ascii: "\n")
    if endsLine {
      line += 1
      while let last = kept.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
        kept.removeLast()
      }
    }
    guard let last = kept.last, byte != UInt8(ascii: "\r") else { return }
    if !endsLine || last != byte { kept.append(byte) }
  }

  private mutating func endStatement() {
    while let last = kept.last, isSpace(last) { kept.removeLast() }
    if !kept.isEmpty {
      fragments.append(
        .statement(
          Excerpt(text: String(decoding: kept, as: UTF8.self), line: firstLine, words: words)))
    }
    kept = []
    words = []
    parentheses = 0
    blocks = 0
  }

  // MARK: Comments

  private mutating func skipLineComment() {
    let startsLine =
      position == 0 || bytes[..<position].last { $0 != UInt8(ascii: " ") } == UInt8(ascii: "\n")
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let words = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
    let text = Self.trimmed(words[...])
    position = end
    guard cutsAtNames, startsLine, text.hasPrefix("name:") else { return }
    endStatement()
    fragments.append(.name(String(Self.trimmed(text.dropFirst("name:".count))), line: line))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  private mutating func skipBlockComment() throws(Unterminated) {
    let opened = line
    var depth = 0
    repeat {
      guard position < bytes.count else { throw Unterminated(what: "a comment", line: opened) }
      switch (bytes[position], next) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        depth += 1
        position += 2
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        depth -= 1
        position += 2
      case (UInt8(ascii: "\n"), _):
        line += 1
        position += 1
      default: position += 1
      }
    } while depth > 0
    if let last = kept.last, !isSpace(last) { kept.append(UInt8(ascii: " ")) }
  }

  // MARK: What hides semicolons

  /// A string; one with escapes goes on behind a line break if another quote follows, and so do its escapes.
  private mutating func keepString(what: String, escapes: Bool) throws(Unterminated) {
    try keepQuoted(UInt8(ascii: "'"), what, escapes: escapes)
    guard escapes else { return }
    var ahead = position
    var isNextLine = false
    while ahead < bytes.count, isSpace(bytes[ahead]) {
      if bytes[ahead] == UInt8(ascii: "\n") { isNextLine = true }
      ahead += 1
    }
    guard isNextLine, ahead < bytes.count, bytes[ahead] == UInt8(ascii: "'") else { return }
    keep(ahead)
    try keepString(what: what, escapes: true)
  }

  private mutating func keepQuoted(_ quote: UInt8, _ what: String, escapes: Bool)
    throws(Unterminated)
  {
    var end = position + 1
    while true {
      guard end < bytes.count else { throw Unterminated(what: what, line: line) }
      if escapes, bytes[end] == UInt8(ascii: "\\") {
        end += 2
      } else if bytes[end] == quote {
        guard end + 1 < bytes.count, bytes[end + 1] == quote else { break }
        end += 2
      } else {
        end += 1
      }
    }
    keep(end + 1)
  }

  /// A dollar quote, or a lone dollar such as that of `$1`.
  private mutating func keepDollar() throws(Unterminated) {
    var end = position + 1
    while end < bytes.count, isNamePart(bytes[end]), bytes[end] != UInt8(ascii: "$"),
      end > position + 1 || isNameStart(bytes[end])
    {
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else { return keep(position + 1) }
    let tag = bytes[position...end]
    var search = end + 1
    while search + tag.count <= bytes.count {
      if bytes[search] == UInt8(ascii: "$"), bytes[search..<(search + tag.count)] == tag {
        return keep(search + tag.count)
      }
      search += 1
    }
    throw Unterminated(what: "a dollar quote", line: line)
  }

  private mutating func keepWord() throws(Unterminated) {
    var end = position
    while end < bytes.count, isNamePart(bytes[end]) { end += 1 }
    let word = String(decoding: bytes[position..<end], as: UTF8.self).lowercased()
    keep(end)
    if word == "e", position < bytes.count, bytes[position] == UInt8(ascii: "'") {
      return try keepString(what: "a string", escapes: true)
    }
    if words.count < 4 { words.append(word) }
    guard makesRoutine else { return }
    switch word {
    case "begin": blocks += 1
    case "case" where blocks > 0: blocks += 1
    case "end": blocks = max(0, blocks - 1)
    default: break
    }
  }

  /// Whether the statement makes a function or a procedure, whose body may be statements of its own.
  private var makesRoutine: Bool {
    guard words.first == "create" else { return false }
    let rest = words.dropFirst()
    let kind = rest.starts(with: ["or", "replace"]) ? rest.dropFirst(2).first : rest.first
    return kind == "function" || kind == "procedure"
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "$")
  }
}
