import PostgresClient
import Synchronization

/// The transactions in which jobs are settled and claimed.
extension Worker {
  /// A group to be settled.
  struct Settling: Sendable {
    let number: Int
    let jobs: [Job]
    /// Where each lies; nil: to be looked up.
    var places: [RowPlace]?
    let kind: Int
    let outcome: BatchOutcome
    let duration: Duration

    /// The effects of those of its jobs that are done, given their positions.
    func effects(of positions: [Int]) -> [Effect] {
      var all: [Effect] = []
      var done: [Int] = []
      for position in positions {
        guard case .done(_, let effects) = outcome.outcomes[position] else { continue }
        done.append(position)
        all += effects
      }
      if let shared = outcome.effects, !done.isEmpty { all += shared(done) }
      return all
    }

    /// With its rows to be looked up by their keys.
    var sought: Settling {
      var sought = self
      sought.places = nil
      return sought
    }

    func item(_ position: Int, as outcome: Outcome? = nil) -> Settlement.Item {
      Settlement.Item(
        key: jobs[position].attemptKey, kind: kind, maxAttempts: jobs[position].maxAttempts,
        outcome: outcome ?? self.outcome.outcomes[position], place: places?[position])
    }
  }

  /// Settles groups and claims more, in one transaction and one round trip where nothing is in the way.
  func exchange(_ number: Int, _ lease: Int64, _ groups: [Int], _ claim: ClaimOrder?) async {
    let settling = state.withLock { state in
      groups.compactMap { group -> Settling? in
        guard let entry = state.running[group], let outcome = entry.outcome else { return nil }
        return Settling(
          number: group, jobs: entry.jobs, places: settings.usesPlaces ? entry.places : nil,
          kind: entry.kind, outcome: outcome,
          duration: entry.duration)
      }
    }
    let lane = claim.flatMap { order in
      state.withLock { state in
        state.machine.lanes.indices.contains(order.lane)
          ? state.machine.lanes[order.lane].lane : nil
      }
    }
    do {
      let (reports, rows) = try await settleAndClaim(lease, settling, claim, lane)
      pass(.answerUnread)
      let claimed = try jobs(in: rows, lane)
      if !claimed.isEmpty { pass(.afterClaim) }
      took(number, groups, claimed)
      for report in reports {
        observer.settled(
          kind: kinds.all[report.kind].name, outcomes: report.words, duration: report.duration)
      }
    } catch {
      observer.happened(.setback("exchange", error))
      let code = (error as? PostgresError)?.code
      let isUnknown = claim != nil && [.connectionLost, .closed, .undecodable].contains(code)
      tell { machine, now in machine.exchangeFailed(number, isUnknown: isUnknown, at: now) }
    }
  }

  /// How the jobs of a group ended, for the observer.
  struct Report: Sendable {
    let kind: Int
    let words: [String: Int]
    let duration: Duration
  }

  private func settleAndClaim(
    _ lease: Int64, _ settling: [Settling], _ claim: ClaimOrder?, _ lane: ClaimLane?
  ) async throws -> ([Report], ResultSet?) {
    // Effects that need answers have a transaction of their own for each job.
    let (alone, together) = settling.parted { group in
      group.effects(of: Array(group.jobs.indices)).contains {
        if case .work = $0 { true } else { false }
      }
    }
    var reports = try await settleOneByOne(lease, alone)
    do {
      let (more, rows) = try await pool.withConnection { connection in
        try await fused(lease, together, claim, lane, on: connection)
      }
      return (reports + more, rows)
    } catch let error as PostgresError where !together.isEmpty && error.isAboutOneJob {
      // One of them is not held any more, or its effects cannot be: nothing was kept.
      do {
        // Perhaps it only lies elsewhere by now.
        guard error.isFencedOut else { throw error }
        reports += try await pool.withConnection { connection in
          try await fused(lease, together.map(\.sought), nil, nil, on: connection).0
        }
      } catch let error as PostgresError where error.isAboutOneJob {
        reports += try await settleOneByOne(lease, together)
      }
      let (_, rows) = try await pool.withConnection { connection in
        try await fused(lease, [], claim, lane, on: connection)
      }
      return (reports, rows)
    }
  }

  /// One round trip: everything up to the sync is one transaction.
  private func fused(
    _ lease: Int64, _ settling: [Settling], _ claim: ClaimOrder?, _ lane: ClaimLane?,
    on connection: Connection
  ) async throws -> ([Report], ResultSet?) {
    guard !settling.isEmpty || claim != nil else { return ([], nil) }
    var reports: [Report] = []
    let rows = try await connection.pipeline { pipeline -> PendingResult? in
      var items: [Settlement.Item] = []
      for group in settling {
        for position in group.jobs.indices { items.append(group.item(position)) }
      }
      if !items.isEmpty {
        let settlement = settlement(items, lease)
        var start = 0
        for group in settling {
          let words = settlement.words[start..<(start + group.jobs.count)]
          start += group.jobs.count
          reports.append(
            Report(kind: group.kind, words: words.counted(), duration: group.duration))
        }
        // First of all: whoever holds them no more does nothing else.
        for step in settlement.steps {
          try await pipeline.send(statement(for: step), parameters: step.parameters)
        }
        for group in settling {
          for effect in group.effects(of: Array(group.jobs.indices)) {
            if case .statement(let statement, let parameters) = effect {
              try await pipeline.send(statement, parameters: parameters)
            }
          }
        }
        pass(.midEffect)
      }
      var claimed: PendingResult?
      if let claim, let lane {
        claimed = try await pipeline.send(
          statements(of: lane.queue).claim, parameters: claim.parameters(lease, lane))
      }
      pipeline.sync()
      pass(.commitSent)
      return claimed
    }
    // The scope has ended, so the transaction is committed: only now is what was claimed one's own.
    return (reports, try await rows?.rows)
  }

  func settlement(_ items: [Settlement.Item], _ lease: Int64) -> Settlement {
    var generator = SystemRandomNumberGenerator()
    return Settlement(
      items, lease: lease, backoff: { kinds.all[$0].backoff }, using: &generator)
  }

  /// The statements on a queue's jobs, which every queue has that a job was claimed from.
  private func statements(of queue: Int16) -> QueueStatements {
    let known = state.withLock { $0.statements[queue] }
    return known ?? QueueStatements(queries, queue: queue, isFair: false)
  }

  func statement(for step: Settlement.Step) -> Statement {
    let statements = statements(of: step.queue)
    return step.isEnd ? statements.complete : statements.retry
  }

  /// A job that was claimed, the number of its kind, and where it lies.
  private struct Claimed {
    let job: Job
    let kind: Int32
    let place: RowPlace
  }

  /// What was claimed, if anything.
  private func jobs(in rows: ResultSet?, _ lane: ClaimLane?) throws -> [Claimed] {
    guard let rows, let lane else { return [] }
    let kindOf = state.withLock { $0.kindOf }
    var jobs: [Claimed] = []
    jobs.reserveCapacity(rows.count)
    for row in rows {
      let (
        place, tenant, id, kind, attempt, maxAttempts, priority, runAt, timeout, trace, payload
      ) =
        try row.decode(
          RowPlace.self, Int32.self, UniqueID.self, Int32.self, Int16.self, Int16.self, Int16.self,
          Timestamp.self,
          Int32?.self, String?.self, JSONB.self)
      guard let index = kindOf[kind] else { continue }
      jobs.append(
        Claimed(
          job: Job(
            id: id, tenant: tenant, queue: lane.queue, kind: kinds.all[index].name,
            version: kinds.all[index].version, attempt: attempt, maxAttempts: maxAttempts,
            priority: priority, runAt: runAt, timeout: timeout.map { .milliseconds(Int64($0)) },
            trace: trace, payload: payload),
          kind: kind, place: place))
    }
    return jobs
  }

  /// A transaction was committed: its groups are forgotten, what it brought is handed out.
  private func took(_ number: Int, _ groups: [Int], _ claimed: [Claimed]) {
    let seen = claimed.map { one in
      ClaimedJob(
        key: one.job.attemptKey, kind: one.kind, priority: one.job.priority, runAt: one.job.runAt,
        timeout: one.job.timeout)
    }
    change { state, now in
      for group in groups { state.running[group] = nil }
      for (group, positions) in state.machine.exchanged(number, seen, at: now) {
        guard let first = positions.first, let kind = state.kindOf[claimed[first].kind] else {
          continue
        }
        state.running[group] = Running(
          jobs: positions.map { claimed[$0].job }, places: positions.map { claimed[$0].place },
          kind: kind, control: JobControl(), started: .now)
      }
    }
  }
}

extension ClaimOrder {
  /// As `claim_strict` or `claim_fair` take them.
  func parameters(_ lease: Int64, _ lane: ClaimLane) -> Parameters {
    if lane.isFair {
      let others = lane.tenant == nil ? rules.ofTenants.keys.sorted() : []
      let weights = rules.weights.sorted { $0.key < $1.key }
      return Parameters(
        lease, lane.queue, tenant, levels, lane.kinds, Int32(count), lane.tenant, others,
        weights.map(\.key), weights.map(\.value))
    }
    return Parameters(
      lease, lane.queue, levels, floors.map(\.at), floors.map(\.id), reach == .recent, lane.kinds,
      Int32(count))
  }
}

extension PostgresError {
  /// Whether the jobs of a transaction may fare better one by one: one is not held any more, or its effects cannot be.
  var isAboutOneJob: Bool {
    switch errorClass {
    case .other, .duplicate, .cancelled: code == .server
    default: false
    }
  }

  /// Whether a job is not held any more under its lease and attempt (`tradewind.insist`).
  var isFencedOut: Bool { sqlState == "TW002" }
}

extension Array {
  /// Those that hold, and the others.
  func parted(_ holds: (Element) -> Bool) -> (holding: [Element], others: [Element]) {
    (filter(holds), filter { !holds($0) })
  }
}

extension Sequence where Element == String {
  /// How many there are of each.
  func counted() -> [String: Int] { reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
