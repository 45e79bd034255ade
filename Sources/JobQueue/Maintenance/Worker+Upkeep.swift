import PostgresClient
import Synchronization

/// Maintenance: whichever worker comes first does a task that is due, the others find it done.
extension Worker {
  /// Transactions that something may keep visible before it is told of: claims walk over what died since then.
  static let horizonAlarm: Int64 = 100_000

  func keepUp() async {
    for task in UpkeepTask.allCases {
      do {
        try await pool.withConnection { connection in
          let begun = try await connection.query(
            queries[.beginUpkeep], task.rawValue, task.interval.microseconds)
          if !begun.isEmpty { try await carryOut(task, on: connection) }
        }
      } catch {
        observer.happened(.setback("upkeep: \(task.rawValue)", error))
      }
    }
    await watchHorizon()
    tell { machine, now in machine.upkeepEnded(at: now) }
  }

  private func carryOut(_ task: UpkeepTask, on connection: Connection) async throws {
    switch task {
    case .days:
      try await connection.query(queries[.keepDays], settings.retention.microseconds)
    case .keys:
      var removed: Int64 = 1000
      // A page at a time, so that no transaction holds many locks; the rest the next time.
      for _ in 0..<20 where removed == 1000 {
        removed = try await connection.query(queries[.forgetKeys])[0].decode(Int64.self)
      }
    case .statistics: try await connection.query(queries[.analyseJobs])
    case .vacuum:
      for row in try await connection.query(queries[.mayVacuum]) {
        let (table, isOurs) = try row.decode(String.self, Bool.self)
        // The name comes quoted from the server itself.
        if isOurs {
          try await connection.query(
            Statement(trusted: "VACUUM (SKIP_LOCKED, TRUNCATE off) \(table)", name: "vacuum"))
        }
      }
    case .orphans:
      let lease = state.withLock { $0.machine.lease }
      if let lease {
        let leases = try await takeOver(lease, orphans: true)
        if !leases.isEmpty { observer.happened(.rescued(leases: leases)) }
      }
    }
  }

  private func watchHorizon() async {
    do {
      let row = try await pool.withConnection { connection in
        try await connection.query(queries[.heldHorizon]).first?.decode(Int64?.self, String.self)
      }
      if let row, let age = row.0, age > Self.horizonAlarm {
        observer.happened(.horizonHeld(transactions: age, holder: row.1))
      }
    } catch {
      observer.happened(.setback("horizon", error))
    }
  }
}
