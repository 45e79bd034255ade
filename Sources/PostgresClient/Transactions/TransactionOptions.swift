/// How a transaction is run.
public struct TransactionOptions: Hashable, Sendable {
  /// What a transaction sees of others.
  public enum Level: String, Hashable, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first one.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; be ready to run it again (`ErrorClass.retryTransaction`).
    case serialisable = "SERIALIZABLE"
  }

  /// What it sees of others.
  public var level: Level
  /// It writes nothing.
  public var isReadOnly: Bool
  /// Its id is noted at the beginning, so that its fate can be asked for if the connection ends during
  /// `COMMIT`.
  ///
  /// Costs an id, no round trip.
  public var isTraced: Bool
  /// How long to look for an answer to that question, while the server restarts or another takes over.
  public var resolvingPatience: Duration

  /// Read committed and traced, unless told otherwise.
  public init(
    _ level: Level = .readCommitted, isReadOnly: Bool = false, isTraced: Bool = true,
    resolvingPatience: Duration = .seconds(15)
  ) {
    self.level = level
    self.isReadOnly = isReadOnly
    self.isTraced = isTraced
    self.resolvingPatience = resolvingPatience
  }

  /// The statement that begins it.
  var begin: Statement {
    switch (level, isReadOnly) {
    case (.readCommitted, false): "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
    case (.readCommitted, true): "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"
    case (.repeatableRead, false): "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"
    case (.repeatableRead, true): "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case (.serialisable, false): "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
    case (.serialisable, true): "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"
    }
  }
}
