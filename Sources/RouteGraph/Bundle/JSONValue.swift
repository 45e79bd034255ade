/// A JSON value, as far as a bundle's manifest and an order file need one.
///
/// Our own few lines because the planning column does without Foundation, and because they know the line of a
/// fault. Strict (RFC 8259): no comments, no trailing commas, keys once, at most 32 levels.
public enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, as written.
  case number(String)
  /// A string, escapes undone.
  case string(String)
  /// `[...]`.
  case array([JSONValue])
  /// `{...}`, keys in any order.
  case object([String: JSONValue])

  /// What is wrong, and in which line.
  public struct Fault: Error, Hashable {
    /// The line, from one.
    public var line: Int
    /// What is wrong.
    public var message: String

    /// Makes a fault.
    public init(line: Int, message: String) {
      self.line = line
      self.message = message
    }
  }

  /// Reads one value that fills the text.
  public static func parse(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
    var reader = JSONReader(bytes)
    return try reader.whole()
  }
}

/// One pass over the bytes of a JSON text.
private struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    self.bytes = hasMark ? Array(bytes.dropFirst(3)) : bytes
  }

  private func fault(_ message: String) -> JSONValue.Fault {
    let line = bytes.prefix(position).count { $0 == UInt8(ascii: "\n") } + 1
    return JSONValue.Fault(line: line, message: message)
  }

  private func isNext(_ character: Unicode.Scalar) -> Bool {
    position < bytes.count && bytes[position] == UInt8(ascii: character)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard isNext(character) else { return false }
    position += 1
    return true
  }

  mutating func whole() throws(JSONValue.Fault) -> JSONValue {
    let value = try value(depth: 0)
    skipBlanks()
    guard position == bytes.count else { throw fault("text after the end of the JSON value") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONValue.Fault) -> JSONValue {
    skipBlanks()
    guard position < bytes.count else { throw fault("the JSON text ends too early") }
    guard depth < 32 else { throw fault("more than 32 levels of JSON") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: break
    }
    for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw fault("no JSON value begins here")
  }

  private mutating func object(_ depth: Int) throws(JSONValue.Fault) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    if skip("}") { return .object(members) }
    while true {
      skipBlanks()
      guard isNext("\"") else { throw fault("a key in quotes is missing") }
      let key = try string()
      guard members[key] == nil else { throw fault("key \"\(key.prefix(40))\" stands twice") }
      guard skip(":") else { throw fault("a colon is missing after \"\(key.prefix(40))\"") }
      members[key] = try value(depth: depth + 1)
      if skip("}") { return .object(members) }
      guard skip(",") else { throw fault("a comma or } is missing after \"\(key.prefix(40))\"") }
    }
  }

  private mutating func array(_ depth: Int) throws(JSONValue.Fault) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    if skip("]") { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      if skip("]") { return .array(elements) }
      guard skip(",") else { throw fault("a comma or ] is missing in a list") }
    }
  }

  private mutating func number() throws(JSONValue.Fault) -> JSONValue {
    let start = position
    func digits() -> Int {
      bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    }
    if isNext("-") { position += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[position] != UInt8(ascii: "0") else {
      throw fault("a malformed number")
    }
    position += whole
    if isNext(".") {
      position += 1
      let decimals = digits()
      guard decimals > 0 else { throw fault("a malformed number") }
      position += decimals
    }
    if isNext("e") || isNext("E") {
      position += 1
      if isNext("+") || isNext("-") { position += 1 }
      let exponent = digits()
      guard exponent > 0 else { throw fault("a malformed number") }
      position += exponent
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func string() throws(JSONValue.Fault) -> String {
    position += 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fault("a string that is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw fault("a control character in a string")
      default: text.append(byte)
      }
    }
    throw fault("a string that never closes")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONValue.Fault) {
    guard position < bytes.count else { throw fault("a string that never closes") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += Array(String(try scalar()).utf8)
    default: throw fault("an unknown escape in a string")
    }
  }

  /// The character after `\u`, which may need a second half.
  private mutating func scalar() throws(JSONValue.Fault) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first), isNext("\\") else {
      throw fault("half a character in a string")
    }
    position += 1
    guard isNext("u") else { throw fault("half a character in a string") }
    position += 1
    let second = try codeUnit()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault("half a character in a string") }
    return scalar
  }

  private mutating func codeUnit() throws(JSONValue.Fault) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4,
      digits.allSatisfy({
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20)
      }), let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault("a malformed \\u escape in a string") }
    position += 4
    return value
  }
}
