import PostgresClient
import Synchronization

/// What a worker does for all: hints, limits, rescue, schedules, measurement.
extension Worker {
  /// Listens for hints; whatever may have been missed is looked for once.
  func listen() -> Task<Void, Never> {
    Task(executorPreference: thread) { [weak self, thread, connectionSettings] in
      do {
        for try await event in Listener(
          connectionSettings, channels: [JobSender.channel], on: thread)
        {
          guard let self else { return }
          switch event {
          case .mayHaveMissed: tell { machine, now in machine.hinted(nil, at: now) }
          case .message(let message): heard(message.payload)
          }
        }
      } catch {
        // Polling finds everything, only later.
        self?.observer.happened(.setback("listen", error))
      }
    }
  }

  private func heard(_ payload: String) {
    if let queue = Int16(payload) {
      tell { machine, now in
        if machine.lanes.contains(where: { $0.lane.queue == queue }) {
          machine.hinted(queue, at: now)
        }
      }
    } else if payload == "cancel" {
      let lease = state.withLock { state in state.machine.groups.isEmpty ? nil : state.machine.lease
      }
      if let lease { onThread { await self.lookAtHeld(lease) } }
    }
  }

  func look() async {
    do {
      let (queues, kinds) = state.withLock { state in
        (Set(state.machine.lanes.map(\.lane.queue)), Set(state.machine.lanes.flatMap(\.lane.kinds)))
      }
      let due = try await pool.withConnection { connection in
        try await connection.query(queries[.dueLanes], queues.sorted(), kinds.sorted()).decode(
          Int16.self)
      }
      tell { machine, now in machine.looked(Set(due), at: now) }
    } catch {
      observer.happened(.setback("look", error))
      tell { machine, now in machine.looked(nil, at: now) }
    }
  }

  func takeLimit(_ scope: LimitScope, _ lease: Int64, _ count: Int) async {
    var given = 0
    do {
      given = try await pool.withConnection { connection in
        try await connection.query(
          queries[.takeLimit], lease, scope.name, Int32(count), scope.tenant
        ).first.map { Int(try $0.decode(Int32.self)) } ?? 0
      }
    } catch {
      observer.happened(.setback("take of a limit", error))
    }
    let count = given
    tell { machine, now in machine.limitGiven(scope, count, lease: lease, at: now) }
  }

  func returnLimit(_ scope: LimitScope, _ lease: Int64, _ count: Int) async {
    do {
      try await pool.withConnection { connection in
        try await connection.query(
          queries[.returnLimit], lease, scope.name, Int32(count), scope.tenant)
      }
    } catch {
      // It goes back with the lease.
      observer.happened(.setback("return of a limit", error))
    }
  }

  /// What was set for tenants and for all jobs together.
  func readRules(on connection: Connection) async throws -> TenantRules {
    var rules = TenantRules()
    for row in try await connection.query(queries[.tenantRules], LimitScope.ofAllKinds) {
      let (tenant, isRate, weight) = try row.decode(Int32.self, Bool?.self, Int32?.self)
      if let isRate {
        let scope = LimitScope(name: LimitScope.ofAllKinds, tenant: tenant, isRate: isRate)
        if tenant == 0 { rules.ofAll = scope } else { rules.ofTenants[tenant] = scope }
      }
      if let weight { rules.weights[tenant] = weight }
    }
    return rules
  }

  // MARK: Rescue

  func rescue(_ lease: Int64) async {
    var leases: [Int64] = []
    do {
      leases = try await takeOver(lease, orphans: false)
      if !leases.isEmpty { observer.happened(.rescued(leases: leases)) }
    } catch {
      observer.happened(.setback("rescue", error))
    }
    let count = leases.count
    tell { machine, now in machine.rescued(count, at: now) }
  }

  /// Frees the jobs of leases that have run out, or of leases that are not there at all.
  func takeOver(_ lease: Int64, orphans: Bool) async throws -> [Int64] {
    try await pool.withConnection { connection in
      try await connection.transaction(TransactionOptions(isTraced: false)) { connection in
        let rows = try await connection.query(queries[orphans ? .orphanedLeases : .expireLeases])
        let dead = try rows.decode(Int64.self)
        guard !dead.isEmpty else { return [] }
        pass(.inRescue)
        // One behind the other, each seeing what was committed before it.
        try await connection.query(queries[.buryJobs], dead)
        try await connection.query(queries[.freeJobs], dead)
        try await connection.query(queries[.freeHolds], dead)
        if !orphans {
          try await connection.query(
            queries[.noteLostLeases], dead, try rows.map { try $0.value(1, as: String.self) },
            try rows.map { try $0.value(2, as: Int32.self) },
            try rows.map { try $0.value(3, as: Timestamp.self) }, lease)
        }
        return dead
      }
    }
  }

  // MARK: Schedules

  func fireSchedules() async {
    var next: Duration?
    do {
      let (fired, pause) = try await pool.withConnection { connection in
        let fired = try await fireDue(on: connection)
        let pause = try await connection.query(queries[.nextSchedule])[0].decode(Int64?.self)
        return (fired, pause)
      }
      next = pause.map { .microseconds($0) }
      if !fired.isEmpty {
        observer.happened(.fired(fired.count))
        for queue in Set(fired) { tell { machine, now in machine.hinted(queue, at: now) } }
      }
    } catch {
      observer.happened(.setback("schedules", error))
      next = .seconds(5)
    }
    let pause = next
    tell { machine, now in machine.firedSchedules(next: pause, at: now) }
  }

  /// The queues of the jobs that were fired.
  private func fireDue(on connection: Connection) async throws -> [Int16] {
    // Most of the time nothing is due: that is told without a transaction.
    let soonest = try await connection.query(queries[.nextSchedule])[0].decode(Int64?.self)
    guard let soonest, soonest <= 0 else { return [] }
    return try await connection.transaction(TransactionOptions(isTraced: false)) { connection in
      var queues: [Int16] = []
      for row in try await connection.query(queries[.dueSchedules]) {
        let (tenant, name, cron, catchesUp, due, now) = try row.decode(
          Int32.self, String.self, String.self, Bool.self, String.self, String.self)
        guard let pattern = CronPattern(cron), let due = CivilMinute(due),
          let now = CivilMinute(now),
          let following = Schedule.following(due, pattern, now: now, catchesUp: catchesUp)
        else { continue }
        queues += try await connection.query(
          queries[.fireSchedule], tenant, name, following.description
        ).decode(Int16.self)
      }
      return queues
    }
  }

  // MARK: Measurement

  func measure() async {
    do {
      let queues = state.withLock { $0.queueNames.keys.sorted() }
      let (rows, rules) = try await pool.withConnection { connection in
        let read = try await readRules(on: connection)
        return (try await connection.query(queries[.queueDepths], queues, Int32(100_000)), read)
      }
      tell { machine, now in machine.ruled(rules, at: now) }
      for row in rows {
        let (name, depth, oldest) = try row.decode(String.self, Int64.self, Int64?.self)
        observer.measured(
          queue: name, depth: Int(depth), oldest: oldest.map { .microseconds($0) })
      }
    } catch {
      observer.happened(.setback("measure", error))
    }
    tell { machine, now in machine.measured(at: now) }
  }
}
