/// Whether a transaction is open on a connection, as the server last said.
public enum TransactionStatus: Hashable, Sendable {
  /// None is.
  case idle
  /// A statement is under way.
  case active
  /// One is open.
  case open
  /// One is open and has failed: only `ROLLBACK` helps.
  case failed
  /// The connection has ended.
  case unknown
}
