/// What went wrong between this process and a server.
///
/// Its description names codes, tables, columns and constraints. It quotes the server's message only where servers put no
/// values into it, and never details, hints or context; those are kept in `report` for whoever asks.
public struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which step failed, as a stable code.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code as it is printed.
    public let rawValue: String
    /// A code as it is printed.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The server answered with an error; `report` says which.
    public static let server = Code(rawValue: "TW-PG-001")
    /// No connection could be made.
    public static let cannotConnect = Code(rawValue: "TW-PG-002")
    /// The connection ended; a statement under way may or may not have taken effect.
    public static let connectionLost = Code(rawValue: "TW-PG-003")
    /// A host beyond this machine, without proof that it is the right one.
    public static let unverifiedHost = Code(rawValue: "TW-PG-004")
    /// libpq does not understand the connection string.
    public static let badConninfo = Code(rawValue: "TW-PG-005")
    /// The connection ended during `COMMIT`, and nobody can say what became of the transaction.
    public static let commitUnknown = Code(rawValue: "TW-PG-006")
    /// Not run, because a statement before it in the same pipeline failed.
    public static let pipelineAborted = Code(rawValue: "TW-PG-007")
    /// A value of the result cannot be read as the type asked for.
    public static let undecodable = Code(rawValue: "TW-PG-008")
    /// No connection of the pool became free in time.
    public static let poolDeadline = Code(rawValue: "TW-PG-009")
    /// The pool lends no more connections.
    public static let poolDraining = Code(rawValue: "TW-PG-010")
    /// This process closed the connection.
    public static let closed = Code(rawValue: "TW-PG-011")
    /// The statement is not of the kind this call is for, such as `COPY` in a plain query.
    public static let misuse = Code(rawValue: "TW-PG-012")
    /// The bytes of a `COPY` are not in the form announced.
    public static let badCopy = Code(rawValue: "TW-PG-013")
    /// The connection ended during `COMMIT`, and the server says that nothing of the transaction was kept.
    public static let commitLost = Code(rawValue: "TW-PG-014")
  }

  /// What the server said, field by field.
  ///
  /// Detail, hint and context may quote values of rows.
  public struct Report: Hashable, Sendable {
    /// The five-character code.
    public var sqlState: SQLState
    /// `ERROR`, `FATAL` or `PANIC`, whatever the language of the server.
    public var severity: String
    /// One line.
    public var message: String
    /// More about it, such as the key that is there already.
    public var detail: String?
    /// What might help.
    public var hint: String?
    /// Where in a function or a `COPY` it happened.
    public var context: String?
    /// Schema of the table.
    public var schema: String?
    /// Table concerned.
    public var table: String?
    /// Column concerned.
    public var column: String?
    /// Constraint that was broken.
    public var constraint: String?
    /// Data type concerned.
    public var dataType: String?
    /// Position in the statement, counted in characters from 1.
    public var position: Int?
    /// The function of the server that raised it.
    public var sourceFunction: String?

    /// A report with nothing but the three fields that are always there.
    public init(sqlState: SQLState, severity: String, message: String) {
      self.sqlState = sqlState
      self.severity = severity
      self.message = message
    }
  }

  /// Which step failed.
  public let code: Code
  /// What happened, without any value.
  public let message: String
  /// What the server said, if it did.
  public let report: Report?
  /// The statement, by its name or the beginning of its SQL.
  public internal(set) var statement: String?

  /// An error of this client.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
    report = nil
  }

  /// An error of the server.
  public init(_ report: Report, code: Code = .server) {
    self.code = code
    self.report = report
    message = report.quotesValues ? "message withheld, it may quote values" : report.message
  }

  /// The server's code, if it gave one.
  public var sqlState: SQLState? { report?.sqlState }

  /// What to do about it.
  public var errorClass: ErrorClass {
    if isStalePlan { return .retryTransaction }
    switch code {
    case .commitUnknown: return .unknownOutcome
    case .commitLost: return .retryTransaction
    case .poolDeadline: return .busy
    case .connectionLost, .closed: return .reconnect
    case .cannotConnect: return report?.sqlState.errorClass ?? .reconnect
    default: return report?.sqlState.errorClass ?? .other
    }
  }

  /// Whether a prepared statement has to be prepared anew because a table changed under it.
  var isStalePlan: Bool {
    report?.sqlState == "0A000" && report?.sourceFunction == "RevalidateCachedQuery"
  }

  /// Whether the server does not know the prepared statement it was asked to run.
  var isUnknownStatement: Bool { report?.sqlState == "26000" }

  /// Code, server code, message, where, and what may help; no values.
  public var description: String {
    var text = "error \(code.rawValue): "
    if let report {
      text += "\(report.severity) \(report.sqlState): \(message)"
      let places = [
        ("table", report.table), ("column", report.column), ("constraint", report.constraint),
        ("position", report.position.map(String.init)),
      ].compactMap { place in place.1.map { "\(place.0) \($0)" } }
      if !places.isEmpty { text += " (" + places.joined(separator: ", ") + ")" }
    } else {
      text += message
    }
    if let statement { text += " in: \(statement)" }
    if let advice { text += "\nMaybe \(advice)" }
    return text
  }

  private var advice: String? {
    switch errorClass {
    case .retryTransaction: "run the transaction again; it left nothing behind."
    case .reconnect: "the server restarted or is out of reach; connect again."
    case .diskFull: "free room on the server's disk; until then, wait before trying again."
    case .tooManyConnections: "use a smaller pool, or raise max_connections."
    case .unknownOutcome: "look for what the transaction should have written; do not run it again."
    case .busy: "use a larger pool or a longer deadline, or look for connections held too long."
    case .cancelled, .duplicate, .other: nil
    }
  }
}

extension PostgresError.Report {
  /// Whether servers put values of rows or parameters into the message itself: data exceptions, errors raised by
  /// functions, and those of foreign data wrappers and external routines.
  var quotesValues: Bool { ["22", "P0", "HV", "38", "39", "XX"].contains(sqlState.family) }
}
