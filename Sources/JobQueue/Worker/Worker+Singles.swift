import PostgresClient

/// Settling jobs one by one, where together they could not be.
extension Worker {
  /// Each job in a transaction of its own: one that is not held any more is dropped, one whose effects fail is tried again later.
  ///
  /// - Throws: An error that says nothing about a job, such as a lost connection; then all are settled again, which those that
  ///   were settled here do not mind.
  func settleOneByOne(_ lease: Int64, _ settling: [Settling]) async throws -> [Report] {
    var reports: [Report] = []
    for group in settling.map(\.sought) {
      var words: [String: Int] = [:]
      for position in group.jobs.indices {
        words[try await settleOne(lease, group, position), default: 0] += 1
      }
      reports.append(Report(kind: group.kind, words: words, duration: group.duration))
    }
    return reports
  }

  private func settleOne(
    _ lease: Int64, _ group: Settling, _ position: Int
  ) async throws -> String {
    do {
      return try await pool.withConnection { connection in
        try await write(
          lease, group.item(position), group.effects(of: [position]), on: connection)
      }
    } catch let error as PostgresError where error.isFencedOut {
      return try await fateOf(lease, group, position)
    } catch let error as PostgresError where !error.isAboutOneJob {
      throw error
    } catch {
      // Its effects cannot be: an attempt that went wrong.
      let failed = group.item(position, as: .retry(Setback(error)))
      do {
        return try await pool.withConnection { connection in
          try await write(lease, failed, [], on: connection)
        }
      } catch let error as PostgresError where error.isFencedOut {
        return "fenced"
      }
    }
  }

  /// Settled before, with the answer lost, or somebody else's by now.
  private func fateOf(_ lease: Int64, _ group: Settling, _ position: Int) async throws -> String {
    let job = group.jobs[position]
    let rows = try await pool.withConnection { connection in
      try await connection.query(
        queries[.settledJobs], lease, [job.tenant], [job.id], [job.attempt])
    }
    guard !rows.isEmpty else { return "fenced" }
    return settlement([group.item(position)], lease).words[0]
  }

  private func write(
    _ lease: Int64, _ item: Settlement.Item, _ effects: [Effect], on connection: Connection
  ) async throws -> String {
    let settlement = settlement([item], lease)
    let needsAnswers = effects.contains { if case .work = $0 { true } else { false } }
    guard needsAnswers else {
      try await connection.pipeline { pipeline in
        for step in settlement.steps {
          try await pipeline.send(statement(for: step), parameters: step.parameters)
        }
        for case .statement(let statement, let parameters) in effects {
          try await pipeline.send(statement, parameters: parameters)
        }
      }
      return settlement.words[0]
    }
    // Not traced: whether it was committed is told by the job itself, which is then not held any more.
    try await connection.transaction(TransactionOptions(isTraced: false)) { connection in
      for step in settlement.steps {
        try await connection.query(statement(for: step), parameters: step.parameters)
      }
      for effect in effects {
        switch effect {
        case .statement(let statement, let parameters):
          try await connection.query(statement, parameters: parameters)
        case .work(let body): try await body(connection)
        }
      }
    }
    return settlement.words[0]
  }
}
