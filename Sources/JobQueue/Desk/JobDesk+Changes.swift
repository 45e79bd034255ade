public import PostgresClient

extension JobDesk {
  /// What became of asking for a cancellation.
  public enum Cancellation: String, Hashable, Sendable {
    /// It waited, and is cancelled.
    case cancelled
    /// It runs; its worker has been told.
    case asked
  }

  /// Cancels a job, or has its worker told to stop it.
  ///
  /// - Throws: ``QueueFault`` where there is none or it has ended; `PostgresError`.
  public func cancel(_ id: UniqueID, tenant: Int32) async throws -> Cancellation {
    try await pool.withConnection { connection in
      // A job may be claimed or put back between two looks.
      for _ in 0..<5 {
        if try await connection.query(queries[.cancelWaiting], tenant, id).affectedRows > 0 {
          return .cancelled
        }
        if try await connection.query(queries[.askCancel], tenant, id).affectedRows > 0 {
          try await connection.query(queries[.wakeCancel])
          return .asked
        }
      }
      guard let row = try await connection.query(queries[.jobByID], tenant, id).first else {
        throw QueueFault.unknownJob("\(id)")
      }
      throw QueueFault.wrongState("\(id)", try Entry(row).state, "waiting or running")
    }
  }

  /// Queues a job again that failed, died or was cancelled, or has one that waits for later run now.
  ///
  /// - Throws: ``QueueFault`` where there is none, or it waits, runs or is done; `PostgresError`.
  public func retry(_ id: UniqueID, tenant: Int32) async throws {
    try await pool.withConnection { connection in
      let moved = try await connection.query(
        queries[.requeueJobs], tenant, id, Int16?.none, Int32(1))
      if !moved.isEmpty { return }
      if try await connection.query(queries[.hurryJob], tenant, id).affectedRows > 0 { return }
      guard let row = try await connection.query(queries[.jobByID], tenant, id).first else {
        throw QueueFault.unknownJob("\(id)")
      }
      throw QueueFault.wrongState(
        "\(id)", try Entry(row).state, "failed, dead, cancelled or scheduled")
    }
  }

  /// Queues the latest jobs of a queue again that failed or died.
  ///
  /// - Returns: How many.
  /// - Throws: ``QueueFault`` (`TW-JOB-001`); `PostgresError`.
  public func retryDead(in queue: String, tenant: Int32, limit: Int32) async throws -> Int {
    try await pool.withConnection { connection in
      let number = try await number(of: queue, on: connection)
      return try await connection.query(
        queries[.requeueJobs], tenant, UniqueID?.none, number, limit
      ).count
    }
  }

  /// Nothing more of a queue is claimed; what runs goes on.
  ///
  /// - Throws: ``QueueFault`` (`TW-JOB-001`); `PostgresError`.
  public func pause(_ queue: String) async throws { try await set(.pauseQueue, queue) }

  /// A queue is claimed from again.
  ///
  /// - Throws: ``QueueFault`` (`TW-JOB-001`); `PostgresError`.
  public func resume(_ queue: String) async throws {
    try await set(.resumeQueue, queue)
    try await pool.withConnection { connection in
      let number = try await number(of: queue, on: connection)
      try await connection.query(queries[.wakeQueue], "\(number)")
    }
  }

  private func set(_ query: JobQuery, _ queue: String) async throws {
    try await pool.withConnection { connection in
      guard try await connection.query(queries[query], queue).affectedRows > 0 else {
        throw QueueFault.unknownQueue(queue)
      }
    }
  }

  /// What is removed by ``purge(_:_:kind:)``.
  public enum Leftovers: Hashable, Sendable {
    /// What waits or is scheduled.
    case waiting
    /// What failed or died.
    case dead
  }

  /// Removes jobs of a queue for good, a page at a time; what runs is left alone.
  ///
  /// - Returns: How many.
  /// - Throws: ``QueueFault`` (`TW-JOB-001`); `PostgresError`.
  public func purge(
    _ leftovers: Leftovers, _ queue: String, kind: (name: String, version: Int32)? = nil
  ) async throws -> Int {
    try await pool.withConnection { connection in
      let number = try await number(of: queue, on: connection)
      var kindNumber: Int32?
      if let kind {
        kindNumber = try await connection.query(queries[.kindNumber], kind.name, kind.version)[0]
          .decode(Int32.self)
      }
      let query = queries[leftovers == .waiting ? .purgeWaiting : .purgeWrong]
      var removed = 0
      while true {
        let some = try await connection.query(query, number, kindNumber).affectedRows
        removed += some
        if some == 0 || leftovers == .dead { return removed }
      }
    }
  }

  func number(of queue: String, on connection: Connection) async throws -> Int16 {
    guard let row = try await connection.query(queries[.queueOrder], queue).first else {
      throw QueueFault.unknownQueue(queue)
    }
    return try row.decode(Int16.self)
  }
}
