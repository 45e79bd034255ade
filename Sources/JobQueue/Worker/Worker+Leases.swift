import Glibc
import PostgresClient
import Synchronization

/// The worker's lease and the beats that keep it.
extension Worker {
  /// Fails at once where the schema is not there, rather than trying for ever.
  func check() async throws {
    do {
      let connection = try await Connection.open(connectionSettings, on: thread)
      defer { connection.close() }
      _ = try await connection.query(queries[.queueOrder], "default")
    } catch let error as PostgresError {
      let isForGood =
        error.code == .badConninfo || error.code == .unverifiedHost
        || ["28", "3D", "3F", "42"].contains(error.sqlState.map { String($0.family) } ?? "")
      if isForGood { throw error }
      observer.happened(.setback("connect", error))
    }
  }

  func register() async {
    let sent = now
    do {
      let (lease, lanes, batches, rules) = try await pool.withConnection { connection in
        var batches: [Int32: (size: Int, timeout: Duration?)] = [:]
        var numbers: [Int32] = []
        for (index, kind) in kinds.all.enumerated() {
          let number = try await connection.query(
            queries[.kindNumber], kind.name, kind.version)[0].decode(Int32.self)
          numbers.append(number)
          batches[number] = (kind.batch, kind.timeout)
          state.withLock { $0.kindOf[number] = index }
          if let limit = kind.limit {
            try await connection.query(
              queries[.setLimit], kind.name, limit.cap, limit.perMinute, Int32(0))
          }
        }
        var lanes: [ClaimLane] = []
        for name in settings.queues {
          try await connection.query(
            queries[.openQueue], name, settings.fairQueues.contains(name))
          let (queue, isFair) = try await connection.query(queries[.queueOrder], name)[0].decode(
            Int16.self, Bool.self)
          state.withLock { state in
            state.queueNames[queue] = name
            state.statements[queue] = QueueStatements(queries, queue: queue, isFair: isFair)
          }
          lanes += lanesOf(queue, isFair: isFair, numbers)
        }
        let lease = try await connection.query(
          queries[.registerLease], node, getpid(), settings.version, Int32(settings.slots),
          settings.leaseTerm.microseconds)[0].decode(Int64.self)
        return (lease, lanes, batches, try await readRules(on: connection))
      }
      observer.happened(.registered(lease: lease))
      change { state, now in
        state.lastBeat = now
        // From here on the beats keep it; what came before this statement cannot have counted.
        state.machine.registered(
          lease, lanes: lanes, batches: batches, rules: rules,
          sent: Swift.max(sent, now - self.settings.leaseTerm / 3),
          at: now)
      }
    } catch {
      observer.happened(.setback("register", error))
      tell { machine, now in machine.registerFailed(at: now) }
    }
  }

  /// One lane for all kinds without a limit, one for each kind with one.
  private func lanesOf(_ queue: Int16, isFair: Bool, _ numbers: [Int32]) -> [ClaimLane] {
    var free: [Int32] = []
    var limited: [String: (numbers: [Int32], isRate: Bool)] = [:]
    for (kind, number) in zip(kinds.all, numbers) {
      guard let limit = kind.limit else {
        free.append(number)
        continue
      }
      limited[kind.name, default: ([], limit.perMinute > 0)].numbers.append(number)
    }
    var lanes: [ClaimLane] = []
    if !free.isEmpty {
      lanes.append(ClaimLane(queue: queue, isFair: isFair, kinds: free, limit: nil))
    }
    for (name, entry) in limited.sorted(by: { $0.key < $1.key }) {
      lanes.append(
        ClaimLane(
          queue: queue, isFair: isFair, kinds: entry.numbers,
          limit: LimitScope(name: name, isRate: entry.isRate)))
    }
    return lanes
  }

  private var node: String {
    settings.node ?? Machine.name
  }

  /// Over a connection of its own, so that no job can hold it up.
  func beat(_ lease: Int64, _ sent: Duration) async {
    pass(.inBeat)
    do {
      let connection = try await beatingConnection()
      let rows = try await connection.query(
        queries[.beatLease], lease, settings.leaseTerm.microseconds)
      guard let row = rows.first else {
        tell { machine, now in machine.beatRefused(lease, at: now) }
        return
      }
      let (isDraining, expiry) = try row.decode(Bool.self, Int64?.self)
      change { state, now in
        state.lastBeat = now
        state.machine.beatAnswered(
          lease, sent: sent, nextExpiry: expiry.map { .microseconds($0) }, isDraining: isDraining,
          at: now)
      }
    } catch {
      observer.happened(.setback("beat", error))
      dropBeat()
      tell { machine, now in machine.beatFailed(lease, sent: sent, at: now) }
    }
  }

  private func beatingConnection() async throws -> Connection {
    if let known = state.withLock({ $0.beating }), !known.isClosed { return known }
    let connection = try await Connection.open(connectionSettings, on: thread)
    let isLate = state.withLock { state in
      state.beating = connection
      return state.isStopped
    }
    if isLate { connection.close() }
    return connection
  }

  func dropBeat() {
    state.withLock { state in
      defer { state.beating = nil }
      return state.beating
    }?.close()
  }

  func lookAtHeld(_ lease: Int64) async {
    let asked = now
    do {
      let rows = try await pool.withConnection { connection in
        try await connection.query(queries[.heldJobs], lease)
      }
      let held = try rows.map { row in
        let (queue, tenant, id, attempt, isCancelled) = try row.decode(
          Int16.self, Int32.self, UniqueID.self, Int16.self, Bool.self)
        return (AttemptKey(queue: queue, tenant: tenant, id: id, attempt: attempt), isCancelled)
      }
      tell { machine, now in machine.held(held, lease: lease, asked: asked, at: now) }
    } catch {
      observer.happened(.setback("look at held jobs", error))
    }
  }

  func tellDraining(_ lease: Int64) async {
    pass(.inDrain)
    do {
      try await pool.withConnection { try await $0.query(queries[.drainLease], lease) }
    } catch {
      observer.happened(.setback("drain", error))
    }
  }

  /// A lease that cannot be given up runs out.
  func retire(_ lease: Int64) async {
    do {
      try await pool.withConnection(deadline: .seconds(2)) {
        try await $0.query(queries[.retireLease], lease)
      }
    } catch {
      observer.happened(.setback("retire", error))
    }
    tell { machine, now in machine.retired(at: now) }
  }

  func release(_ lease: Int64, _ keys: [AttemptKey]) async {
    do {
      try await pool.withConnection(deadline: .seconds(2)) {
        try await $0.query(
          queries[.releaseJobs], lease, keys.map(\.queue), keys.map(\.tenant), keys.map(\.id),
          keys.map(\.attempt))
      }
    } catch {
      observer.happened(.setback("release", error))
    }
    tell { machine, now in machine.released(lease, at: now) }
  }
}
