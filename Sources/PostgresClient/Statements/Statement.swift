/// A statement for the server, its parameters written `$1`, `$2`, ….
///
/// Only a literal makes one, so that no value can be joined into SQL by accident; texts of files are named as such:
///
/// ```swift
/// let byKind: Statement = "SELECT id FROM leg WHERE kind = $1"
/// ```
public struct Statement: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// A literal is kept as the bytes of the program that it is: making a string of it would cost more than looking it up.
  private enum Text: Sendable {
    case literal(StaticString)
    /// With its sample, which is taken once: queries of files are looked up as often as literals.
    case string(String, sample: UInt64)

    init(_ string: String) {
      self = .string(string, sample: Statement.sample(Array(string.utf8)))
    }
  }

  private let text: Text
  private let label: Text?

  /// A statement written out in the source.
  public init(stringLiteral sql: StaticString) {
    text = .literal(sql)
    label = nil
  }

  /// A statement written out in the source, with a name for errors.
  public init(_ name: StaticString, _ sql: StaticString) {
    text = .literal(sql)
    label = .literal(name)
  }

  /// A statement from a file of the project, such as those of `sql/queries`.
  ///
  /// Never made from anything a user typed.
  public init(trusted sql: String, name: String? = nil) {
    text = Text(sql)
    label = name.map(Text.init)
  }

  /// The SQL.
  public var sql: String { Self.string(text) }

  /// What errors call it; where nobody gave a name, nil.
  public var name: String? { label.map(Self.string) }

  private static func string(_ text: Text) -> String {
    switch text {
    case .literal(let literal): literal.description
    case .string(let string, _): string
    }
  }

  /// Two statements are one if their SQL is; names are for people.
  public static func == (left: Statement, right: Statement) -> Bool {
    if case .literal(let one) = left.text, case .literal(let other) = right.text {
      return one.hasSameBytes(as: other)
    }
    return left.sql == right.sql
  }

  /// By a few bytes of the SQL: statements are long and few.
  public func hash(into hasher: inout Hasher) {
    switch text {
    case .literal(let literal): hasher.combine(literal.sample)
    case .string(_, let sample): hasher.combine(sample)
    }
  }

  /// Length and every so many bytes, to the last.
  static func sample(_ bytes: some RandomAccessCollection<UInt8>) -> UInt64 {
    let count = bytes.count
    let step = Swift.max(1, count / 16)
    var sample = UInt64(count)
    var offset = count - 1
    while offset >= 0 {
      sample =
        sample &* 0x100_0000_01B3 ^ UInt64(bytes[bytes.index(bytes.startIndex, offsetBy: offset)])
      offset -= step
    }
    return sample
  }

  /// The name, or the SQL, cut off where it gets long.
  public var description: String {
    if let name { return name }
    let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 80 ? line.prefix(77) + "..." : line
  }
}
