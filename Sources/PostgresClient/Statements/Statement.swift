/// A statement for the server, its parameters written `$1`, `$2`, ….
///
/// Only a literal makes one, so that no value can be joined into SQL by accident; texts of files are named as such:
///
/// ```swift
/// let byKind: Statement = "SELECT id FROM leg WHERE kind = $1"
/// ```
public struct Statement: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The SQL.
  public let sql: String
  /// What errors call it; where nobody gave a name, nil.
  public let name: String?

  /// A statement written out in the source.
  public init(stringLiteral sql: StaticString) {
    self.sql = sql.description
    name = nil
  }

  /// A statement written out in the source, with a name for errors.
  public init(_ name: StaticString, _ sql: StaticString) {
    self.sql = sql.description
    self.name = name.description
  }

  /// A statement from a file of the project, such as those of `sql/queries`.
  ///
  /// Never made from anything a user typed.
  public init(trusted sql: String, name: String? = nil) {
    self.sql = sql
    self.name = name
  }

  /// Two statements are one if their SQL is; names are for people.
  public static func == (left: Statement, right: Statement) -> Bool { left.sql == right.sql }

  /// By the SQL alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(sql) }

  /// The name, or the SQL, cut off where it gets long.
  public var description: String {
    if let name { return name }
    let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 80 ? line.prefix(77) + "..." : line
  }
}
