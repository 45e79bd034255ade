/// Brings a database up to date with the migrations of a folder, and says how it stands.
///
/// Any number of processes may do so at once: each migration is applied by one of them. A migration and its record are one
/// transaction. It never waits long for a lock on a table, because all who come after it would wait with it: after
/// ``lockTimeout`` it lets go, so that the running version works on, and tries again later. Nothing is kept in the session, so a
/// pooler may stand between.
public struct Migrator: Sendable {
  /// What happens meanwhile, for people who wait.
  public enum Progress: Hashable, Sendable {
    /// Another process is at it; trying again after a pause.
    case waiting(Duration)
    /// Begins.
    case applying(Migration)
    /// Committed, after so long.
    case applied(Migration, Duration)
    /// Others hold a lock it needs; trying again after a pause.
    case blocked(Migration, Duration)
  }

  /// What was done.
  public struct Report: Hashable, Sendable {
    /// Migrations applied by this call, in order, with the time each took.
    public var applied: [(Migration, Duration)] { zip(migrations, durations).map { ($0, $1) } }
    /// How many a database has now.
    public let total: Int
    private let migrations: [Migration]
    private let durations: [Duration]

    init(_ applied: [(Migration, Duration)], total: Int) {
      migrations = applied.map(\.0)
      durations = applied.map(\.1)
      self.total = total
    }
  }

  /// What is to be applied, by number.
  public let migrations: [Migration]
  /// How long a migration may wait for a lock on a table.
  public let lockTimeout: Duration
  /// How long to go on without getting anywhere, while another process migrates or others hold locks.
  public let patience: Duration
  private let folder: String

  /// Reads the migrations of a folder.
  ///
  /// - Parameters:
  ///   - folder: Such as `sql/migrations`.
  ///   - lockTimeout: How long a migration may wait for a lock, and keep others waiting behind it.
  ///   - patience: How long to try again before giving up.
  /// - Throws: `SQLFileError` with everything that is wrong with the files.
  public init(
    folder: String, lockTimeout: Duration = .seconds(1), patience: Duration = .seconds(60)
  ) throws(SQLFileError) {
    migrations = try Migration.read(folder)
    self.folder = folder
    self.lockTimeout = lockTimeout
    self.patience = patience
  }

  /// How the database stands.
  ///
  /// - Parameter connection: Of any role: the records are open to all.
  /// - Returns: Each migration and how it stands.
  /// - Throws: `PostgresError`.
  public func status(on connection: Connection) async throws -> MigrationStatus {
    MigrationStatus(
      files: migrations, records: try await Self.records(on: connection), folder: folder)
  }

  /// Applies what is pending.
  ///
  /// - Parameters:
  ///   - connection: Of a role that may create schemas and roles; not used by others meanwhile.
  ///   - onProgress: Called as things happen.
  /// - Returns: What was done.
  /// - Throws: `SQLFileError` if the files and the records do not fit, and then nothing has been done; `MigrationError` if one
  ///   could not be applied, and then those before it are; `PostgresError` if the connection ends.
  public func migrate(
    on connection: Connection,
    onProgress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> Report {
    var work = MigrationWork(self, folder: folder, onProgress: onProgress)
    return try await work.run(on: connection)
  }

  /// What the database remembers; nothing where no migration was applied.
  static func records(on connection: Connection) async throws -> [MigrationRecord] {
    guard try await connection.query(MigrationLedger.exists)[0].decode(Bool.self) else { return [] }
    return try await connection.query(MigrationLedger.records).map(MigrationLedger.record)
  }
}

/// One call of ``Migrator/migrate(on:onProgress:)``: does what the machine says.
private struct MigrationWork {
  let migrator: Migrator
  let onProgress: @Sendable (Migrator.Progress) -> Void
  var machine: MigrationMachine
  var applied: [(Migration, Duration)] = []
  let start = ContinuousClock.now

  init(
    _ migrator: Migrator, folder: String,
    onProgress: @escaping @Sendable (Migrator.Progress) -> Void
  ) {
    self.migrator = migrator
    self.onProgress = onProgress
    machine = MigrationMachine(
      files: migrator.migrations, folder: folder, patience: migrator.patience)
  }

  mutating func step(after event: MigrationMachine.Event?) -> MigrationMachine.Action {
    machine.step(after: event, at: start.duration(to: .now))
  }

  mutating func run(on connection: Connection) async throws -> Migrator.Report {
    var action = step(after: nil)
    while true {
      switch action {
      case .look: action = step(after: .seen(try await Migrator.records(on: connection)))
      case .attempt: action = try await attempt(on: connection)
      case .pause(let pause, let reason):
        switch reason {
        case .busy: onProgress(.waiting(pause))
        case .blocked(let migration): onProgress(.blocked(migration, pause))
        }
        try await Task.sleep(for: pause)
        action = step(after: .rested)
      case .finish: return Migrator.Report(applied, total: migrator.migrations.count)
      case .refuse(let error): throw error
      case .giveUp(let code, let why): throw MigrationError(code, why)
      case .apply(let migration): preconditionFailure("\(migration.label) without the lock")
      }
    }
  }

  /// One transaction: the lock, the records, and the next migration with its record.
  private mutating func attempt(on connection: Connection) async throws -> MigrationMachine.Action {
    var underWay: Migration?
    let begin = ContinuousClock.now
    do {
      let action = try await connection.transaction { tx in
        try await tx.query(MigrationLedger.settle, "\(migrator.lockTimeout.milliseconds)")
        guard try await tx.query(MigrationLedger.lock)[0].decode(Bool.self) else {
          return step(after: .busy)
        }
        let action = step(after: .held(try await Migrator.records(on: tx)))
        guard case .apply(let migration) = action else { return action }
        underWay = migration
        onProgress(.applying(migration))
        try await apply(migration, on: tx)
        return action
      }
      guard case .apply(let migration) = action else { return action }
      let took = begin.duration(to: .now)
      applied.append((migration, took))
      onProgress(.applied(migration, took))
      return step(after: .applied(migration))
    } catch let error as PostgresError {
      guard let migration = underWay, error.code == .server else { throw error }
      // It lost against others and left nothing behind.
      if error.errorClass == .retryTransaction { return step(after: .blocked(migration)) }
      throw error.errorClass == .other || error.errorClass == .duplicate
        ? MigrationError(error, of: migration) : error
    }
  }

  private func apply(_ migration: Migration, on connection: Connection) async throws {
    try await connection.run(script: MigrationLedger.create)
    try await connection.run(script: Statement(trusted: migration.sql, name: migration.label))
    // A migration may have taken on the role of the owner, who may not write this.
    try await connection.run(script: "SET LOCAL ROLE NONE")
    try await connection.query(
      MigrationLedger.insert, Int32(migration.number), migration.name, migration.checksum)
  }
}
