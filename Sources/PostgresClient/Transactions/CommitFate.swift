/// One life of a server: from a start, or the recovery from a crash, to the next.
///
/// Within one life a transaction id is given out once. A crash may forget that an id was given out, so the next life can give it
/// to somebody else.
struct ServerLife: Hashable, Sendable {
  /// The cluster.
  let system: Int64
  /// Raised when a standby takes over.
  let timeline: String
  /// When the server was started.
  let startedAt: Timestamp
  /// When its counters were last set back.
  ///
  /// The recovery from a crash does that without a new start; an administrator may, too, so it tells lives
  /// apart and is no bound for when this one began.
  let countersSince: Timestamp

  static let query: Statement = Statement(
    "server life",
    """
    SELECT (SELECT system_identifier FROM pg_control_system()),
      CASE WHEN pg_is_in_recovery() THEN '' ELSE
        substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) END,
      pg_postmaster_start_time(), (SELECT stats_reset FROM pg_stat_archiver)
    """)

  static func read(_ row: Row) throws -> ServerLife {
    let (system, timeline, startedAt, countersSince) = try row.decode(
      Int64.self, String.self, Timestamp.self, Timestamp.self)
    return ServerLife(
      system: system, timeline: timeline, startedAt: startedAt, countersSince: countersSince)
  }
}

/// A transaction whose `COMMIT` was sent, and the life of the server it was sent to.
struct CommitTrace: Hashable, Sendable {
  let transaction: TransactionID
  let life: ServerLife
}

/// What became of a transaction.
enum CommitFate: Hashable, Sendable {
  case committed
  /// Nothing of it was kept.
  case rolledBack
  /// The server is still at it.
  case undecided
  /// Nobody can say.
  case unknown
}

/// What a server says of a transaction id.
struct CommitEvidence: Hashable, Sendable {
  let life: ServerLife
  /// `committed`, `aborted`, `in progress`; nil where the id is too old to be known.
  let status: String?
  /// The id has not been given out yet: whatever had it was forgotten.
  let isInFuture: Bool
  /// When it was committed, where the server keeps that (`track_commit_timestamp`).
  let committedAt: Timestamp?

  /// What follows for the transaction that was traced.
  ///
  /// That an id is not committed is proof in any life: what was committed and kept stays committed. That it is committed is proof in
  /// the life it was given out in; in a later one it might be somebody else's, unless the commit is older than that life.
  func fate(of trace: CommitTrace) -> CommitFate {
    guard life.system == trace.life.system else { return .unknown }
    if isInFuture { return .rolledBack }
    switch status {
    case "aborted": return .rolledBack
    case "in progress": return life == trace.life ? .undecided : .rolledBack
    case "committed":
      if life == trace.life { return .committed }
      guard let committedAt, committedAt < life.startedAt else { return .unknown }
      return .committed
    default: return .unknown
    }
  }
}
