/// Why a migration could not be applied though its file is in order.
public struct MigrationError: Error, Sendable, CustomStringConvertible {
  /// What happened, as a stable code.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code as it is printed.
    public let rawValue: String
    /// A code as it is printed.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Another process was migrating all the while.
    public static let locked = Code(rawValue: "TW-MIG-020")
    /// Others held a table it needs all the while.
    public static let blocked = Code(rawValue: "TW-MIG-021")
    /// The server refused a statement of it.
    public static let failed = Code(rawValue: "TW-MIG-022")
  }

  /// What happened.
  public let code: Code
  /// What, where and what to do.
  public let message: String
  /// What the server said, if it did.
  public let cause: PostgresError?

  init(_ code: Code, _ message: String, cause: PostgresError? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  /// A statement that the server refused, with the line and column it complains about.
  init(_ cause: PostgresError, of migration: Migration) {
    let place = cause.report?.position.flatMap { Self.place(of: $0, in: migration.sql) } ?? ""
    self.init(
      .failed, "\(migration.file)\(place): nothing of it was kept\n\(cause)", cause: cause)
  }

  /// `:LINE:COLUMN` of a character counted from 1.
  private static func place(of position: Int, in sql: String) -> String? {
    let scalars = sql.unicodeScalars
    guard position > 0,
      let index = scalars.index(
        scalars.startIndex, offsetBy: position - 1, limitedBy: scalars.endIndex)
    else { return nil }
    let before = scalars[..<index]
    let line = before.count { $0 == "\n" } + 1
    let column = before.reversed().prefix { $0 != "\n" }.count + 1
    return ":\(line):\(column)"
  }

  /// `error TW-MIG-021: ...`.
  public var description: String { "error \(code.rawValue): \(message)" }
}
