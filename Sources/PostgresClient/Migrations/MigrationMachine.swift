/// Decides what to do next to bring a database up to date: from the files, from what the database remembers, and from how attempts
/// ended.
///
/// A value without connection or clock; ``Migrator`` does what it says. It begins with ``Action/look``.
struct MigrationMachine {
  /// What is to be done.
  enum Action: Equatable {
    /// Read the records, without lock.
    case look
    /// Begin a transaction, try the lock, and read the records.
    case attempt
    /// Run a migration in that transaction, and record it.
    case apply(Migration)
    /// Let go, and attempt after a while.
    case pause(Duration, Reason)
    /// Let go: all is applied.
    case finish
    /// Let go: the files are not in order.
    case refuse(SQLFileError)
    /// Let go: it takes too long.
    case giveUp(MigrationError.Code, String)
  }

  /// Why there is a pause.
  enum Reason: Equatable {
    /// Another process has the lock.
    case busy
    /// Others hold a lock that the migration needs.
    case blocked(Migration)
  }

  /// What was found or came of it.
  enum Event {
    /// The records, read without lock.
    case seen([MigrationRecord])
    /// Another process has the lock.
    case busy
    /// The lock is ours, and these are the records.
    case held([MigrationRecord])
    /// The pause is over.
    case rested
    /// The migration is committed.
    case applied(Migration)
    /// The migration had to wait for a lock of others for longer than it may.
    case blocked(Migration)
  }

  let files: [Migration]
  let folder: String
  /// How long to go on without getting anywhere.
  let patience: Duration
  private var lastProgress: Duration = .zero
  private var pause = MigrationMachine.shortestPause

  static let shortestPause = Duration.milliseconds(100)
  static let longestPause = Duration.seconds(5)

  init(files: [Migration], folder: String, patience: Duration) {
    self.files = files
    self.folder = folder
    self.patience = patience
  }

  /// The next step.
  ///
  /// - Parameters:
  ///   - event: What came of the last one; nil at the beginning.
  ///   - now: The time since the beginning.
  /// - Returns: What to do, and to come back with what came of it.
  mutating func step(after event: Event?, at now: Duration) -> Action {
    switch event {
    case nil, .rested: return .look
    case .seen(let records): return decide(records, otherwise: { _ in .attempt })
    case .held(let records): return decide(records, otherwise: Action.apply)
    case .busy:
      return wait(
        for: .busy, at: now, .locked,
        "another process is migrating this database and does not finish; look at pg_locks for its "
          + "advisory lock, then try again")
    case .applied(let migration):
      lastProgress = now
      pause = Self.shortestPause
      return migration.number == files.last?.number ? .finish : .attempt
    case .blocked(let migration):
      return wait(
        for: .blocked(migration), at: now, .blocked,
        "\(migration.file) needs a lock that others do not let go of; end long transactions "
          + "(pg_stat_activity), then try again")
    }
  }

  private func decide(
    _ records: [MigrationRecord], otherwise proceed: (Migration) -> Action
  ) -> Action {
    let status = MigrationStatus(files: files, records: records, folder: folder)
    if let refusal = status.refusal { return .refuse(refusal) }
    return status.pending.first.map(proceed) ?? .finish
  }

  private mutating func wait(
    for reason: Reason, at now: Duration, _ code: MigrationError.Code, _ why: String
  ) -> Action {
    guard now - lastProgress + pause <= patience else {
      return .giveUp(code, "after \((now - lastProgress).components.seconds) s: \(why)")
    }
    defer { pause = min(pause * 2, Self.longestPause) }
    return .pause(pause, reason)
  }
}
