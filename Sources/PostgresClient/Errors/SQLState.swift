/// A five-character code of the server (PostgreSQL documentation, appendix A).
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The five characters.
  public let rawValue: String

  /// A code by its five characters.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// A code by its five characters.
  public init(stringLiteral value: String) { rawValue = value }

  /// The five characters.
  public var description: String { rawValue }

  /// The first two characters, which name a family of errors.
  public var family: Substring { rawValue.prefix(2) }

  /// What to do about an error with this code.
  public var errorClass: ErrorClass {
    switch rawValue {
    case "40001", "40P01", "55P03", "26000": .retryTransaction
    case "57P01", "57P02", "57P03", "57P05", "25006", "25P03": .reconnect
    case "57014": .cancelled
    case "23505": .duplicate
    case "53100": .diskFull
    case "53300": .tooManyConnections
    default: family == "08" ? .reconnect : .other
    }
  }
}

/// What an error asks of whoever meets it.
public enum ErrorClass: String, Hashable, Sendable, CaseIterable {
  /// Run the whole transaction again: it lost against another one and left nothing behind.
  case retryTransaction = "retry_transaction"
  /// This connection is no use any more; whether the last statement took effect is told by `PostgresError.code`.
  case reconnect
  /// Somebody asked the server to stop: a cancelled task, `statement_timeout`, an administrator.
  case cancelled
  /// A row with that key is there already.
  case duplicate
  /// The server has no room left on a disk; back off and try again later.
  case diskFull = "disk_full"
  /// The server has no connection left to give.
  case tooManyConnections = "too_many_connections"
  /// The server stopped answering during `COMMIT`: ask what became of the transaction, do not run it again.
  case unknownOutcome = "unknown_outcome"
  /// This process has no connection free; try again later.
  case busy
  /// None of these: another attempt would end the same way.
  case other
}
