/// What is wrong with the files of `sql/`, or with what a database remembers of them: everything that was found, not the first
/// only.
public struct SQLFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as a stable code.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code as it is printed.
    public let rawValue: String
    /// A code as it is printed.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A folder or a file cannot be read.
    public static let unreadable = Code(rawValue: "TW-SQL-001")
    /// A file is not UTF-8, or holds a NUL.
    public static let notText = Code(rawValue: "TW-SQL-002")
    /// A string, a name or a comment has no end.
    public static let unterminated = Code(rawValue: "TW-SQL-003")

    /// A migration is not named `NNNN_name.sql`.
    public static let badFileName = Code(rawValue: "TW-MIG-001")
    /// Two migrations have one number.
    public static let numberTwice = Code(rawValue: "TW-MIG-002")
    /// A number is left out.
    public static let gap = Code(rawValue: "TW-MIG-003")
    /// A migration says nothing.
    public static let emptyMigration = Code(rawValue: "TW-MIG-004")
    /// A migration begins or ends a transaction itself.
    public static let ownTransaction = Code(rawValue: "TW-MIG-005")
    /// A migration was changed after it had been applied.
    public static let changed = Code(rawValue: "TW-MIG-010")
    /// A migration was applied and has no file: it is gone, or belongs to a later version of the program.
    public static let absent = Code(rawValue: "TW-MIG-011")
    /// A migration was applied under another number or name.
    public static let renumbered = Code(rawValue: "TW-MIG-012")
    /// A migration has a number below one that was applied.
    public static let late = Code(rawValue: "TW-MIG-013")

    /// SQL stands before the first name.
    public static let nameless = Code(rawValue: "TW-QRY-001")
    /// A name is not made of small letters, digits and underscores.
    public static let badName = Code(rawValue: "TW-QRY-002")
    /// Two queries have one name.
    public static let nameTwice = Code(rawValue: "TW-QRY-003")
    /// A name has no statement.
    public static let emptyQuery = Code(rawValue: "TW-QRY-004")
    /// A name has several statements.
    public static let severalStatements = Code(rawValue: "TW-QRY-005")
    /// A query that the program asks for is in no file.
    public static let noSuchQuery = Code(rawValue: "TW-QRY-006")
  }

  /// One thing that is wrong.
  public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// What it is.
    public let code: Code
    /// The file, or the folder.
    public let file: String
    /// Where in it, counted from 1.
    public let line: Int?
    /// What, which, and what to do.
    public let message: String

    init(_ code: Code, _ file: String, line: Int? = nil, _ message: String) {
      self.code = code
      self.file = file
      self.line = line
      self.message = message
    }

    /// `error TW-MIG-010: sql/migrations/0002_quotes.sql: ...`.
    public var description: String {
      "error \(code.rawValue): \(file)\(line.map { ":\($0)" } ?? ""): \(message)"
    }
  }

  /// All that was found, in the order of the files.
  public let findings: [Finding]

  init(_ findings: [Finding]) { self.findings = findings }

  /// A line for each finding.
  public var description: String { findings.map(\.description).joined(separator: "\n") }
}
