import PostgresClient

extension JobDesk {
  /// Adds a schedule, or replaces the one of that name; where pattern and zone stay as they were, so does its next firing.
  ///
  /// - Throws: ``QueueFault`` where the queue is not there or the zone unknown to the server; `PostgresError`.
  public func set(_ schedule: Schedule) async throws {
    try await pool.withConnection { connection in
      let queue = try await number(of: schedule.queue, on: connection)
      let kind = try await connection.query(
        queries[.kindNumber], schedule.kind, schedule.version)[0].decode(Int32.self)
      let wall: String
      do {
        wall = try await connection.query(queries[.wallClock], schedule.zone)[0].decode(String.self)
      } catch let error as PostgresError where error.sqlState == "22023" {
        throw QueueFault.badSchedule(schedule.name, "time zone \(schedule.zone) is unknown")
      }
      guard let now = CivilMinute(wall), let next = schedule.pattern.next(after: now) else {
        throw QueueFault.badSchedule(schedule.name, "\(schedule.pattern) never comes")
      }
      try await connection.query(
        queries[.setSchedule], schedule.tenant, schedule.name, queue, kind,
        schedule.pattern.description, schedule.zone, schedule.payload, schedule.priority,
        schedule.maxAttempts, schedule.catchesUp, next.description)
    }
  }

  /// Removes a schedule.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: `PostgresError`.
  @discardableResult
  public func removeSchedule(_ name: String, tenant: Int32 = 1) async throws -> Bool {
    try await pool.withConnection { connection in
      try await connection.query(queries[.removeSchedule], tenant, name).affectedRows > 0
    }
  }
}
