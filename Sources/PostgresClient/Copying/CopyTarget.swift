/// A table and its columns, as `COPY` names them.
public struct CopyTarget: Hashable, Sendable {
  /// Schema; nil leaves it to the search path.
  public let schema: String?
  /// Table.
  public let table: String
  /// Columns in the order of the values; none means all.
  public let columns: [String]

  /// A table and its columns.
  public init(schema: String? = nil, _ table: String, columns: [String] = []) {
    self.schema = schema
    self.table = table
    self.columns = columns
  }

  /// The table and its columns in SQL.
  ///
  /// Names are quoted, so that any name is only a name.
  var sql: String {
    let names = ([schema].compactMap { $0 } + [table]).map(Self.quoted).joined(separator: ".")
    guard !columns.isEmpty else { return names }
    return names + " (" + columns.map(Self.quoted).joined(separator: ", ") + ")"
  }

  /// The statement that fills the table from rows in binary form.
  var copyIn: Statement {
    Statement(trusted: "COPY \(sql) FROM STDIN (FORMAT binary)", name: "copy into \(table)")
  }

  /// The statement that reads the table as rows in binary form.
  var copyOut: Statement {
    Statement(trusted: "COPY \(sql) TO STDOUT (FORMAT binary)", name: "copy out of \(table)")
  }

  /// A name in double quotes, those within it doubled.
  ///
  /// A name cannot hold a NUL; it would end the statement.
  static func quoted(_ name: String) -> String {
    var quoted = "\""
    for character in name.unicodeScalars where character != "\0" {
      if character == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }
}
