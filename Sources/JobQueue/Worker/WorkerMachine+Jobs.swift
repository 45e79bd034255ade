/// Claiming, running and settling.
extension WorkerMachine {
  /// Somebody says that a queue has work; nil: any of them may.
  mutating func hinted(_ queue: Int16?, at now: Duration) {
    for index in lanes.indices where queue == nil || lanes[index].lane.queue == queue {
      lanes[index].mayHaveWork = true
    }
    pace.reset(at: now)
    decide(at: now)
  }

  /// A look over all queues was answered with those that have something due; nil: it failed.
  mutating func looked(_ due: Set<Int16>?, at now: Duration) {
    isLooking = false
    for index in lanes.indices where due?.contains(lanes[index].lane.queue) == true {
      lanes[index].mayHaveWork = true
    }
    decide(at: now)
  }

  /// A transaction was committed: its groups are settled, its claim brought these jobs.
  ///
  /// - Returns: The groups to run, each with the positions of its jobs among those that came.
  mutating func exchanged(
    _ number: Int, _ jobs: [ClaimedJob], at now: Duration
  ) -> [(group: Int, positions: [Int])] {
    guard let exchange = exchanges.removeValue(forKey: number) else { return [] }
    failures = 0
    for group in exchange.groups { forget(group) }
    var begun: [(group: Int, positions: [Int])] = []
    if let order = exchange.claim {
      lanes[order.lane].answered(order, jobs, from: exchange.sent, to: now)
      release(order.count - jobs.count, of: order.scopes, hasRun: false)
      if !jobs.isEmpty { pace.reset(at: now) }
      begun = begin(jobs, order, at: now)
    }
    decide(at: now)
    return begun
  }

  /// A transaction came to nothing, or nobody knows what came of it: settling is tried again, which is safe, since whatever was
  /// committed is not held any more.
  ///
  /// - Parameters:
  ///   - number: Which.
  ///   - isUnknown: Whether the claim in it may have been made.
  ///   - now: The time.
  mutating func exchangeFailed(_ number: Int, isUnknown: Bool, at now: Duration) {
    guard let exchange = exchanges.removeValue(forKey: number) else { return }
    failures = Swift.min(failures + 1, 8)
    holdUntil = now + retryPause()
    for group in exchange.groups { groups[group]?.stage = .ready }
    ready = exchange.groups + ready
    if let order = exchange.claim {
      lanes[order.lane].failed(order)
      release(order.count, of: order.scopes, hasRun: false)
      lanes[order.lane].mayHaveWork = true
      if isUnknown { isClaimLost = true }
    }
    decide(at: now)
  }

  /// A handler has ended, or was stopped: what became of its jobs is known.
  mutating func handled(_ group: Int, at now: Duration) {
    guard groups[group]?.stage == .running else { return }
    groups[group]?.stage = .ready
    ready.append(group)
    decide(at: now)
  }

  /// What the server says this lease holds, and which of it is to be cancelled, as of a look that began then.
  mutating func held(
    _ rows: [(key: AttemptKey, cancelAsked: Bool)], lease: Int64, asked: Duration, at now: Duration
  ) {
    guard lease == self.lease else { return }
    let known = Dictionary(
      groups.flatMap { entry in entry.value.keys.map { ($0, entry.key) } },
      uniquingKeysWith: { first, _ in first })
    for row in rows where row.cancelAsked {
      if let group = known[row.key], groups[group]?.stage == .running {
        actions.append(.cancel(group: group, row.key))
      }
    }
    let unknown = Set(rows.map(\.key)).filter { known[$0] == nil }
    // Twice unknown, with no claim under way since before the first look: a claim whose answer was lost.
    let isClear = exchanges.values.allSatisfy { $0.claim == nil || $0.sent >= strangers.at }
    let lost = isClear ? unknown.intersection(strangers.keys) : []
    if !lost.isEmpty { release(lost, lease) }
    strangers = (unknown.subtracting(lost), asked)
    if unknown.isEmpty { isClaimLost = false }
    decide(at: now)
  }

  mutating func release(_ keys: some Sequence<AttemptKey>, _ lease: Int64) {
    releasing += 1
    actions.append(.release(lease: lease, keys.sorted()))
  }

  /// Jobs were given back, or that failed; then they are given back with the lease.
  mutating func released(_ lease: Int64, at now: Duration) {
    guard lease == self.lease else { return }
    releasing -= 1
    decide(at: now)
  }

  // MARK: Groups

  private mutating func begin(
    _ jobs: [ClaimedJob], _ order: ClaimOrder, at now: Duration
  ) -> [(group: Int, positions: [Int])] {
    var byKind: [Int32: [Int]] = [:]
    var met: [Int32] = []
    for (position, job) in jobs.enumerated() {
      if byKind[job.kind] == nil { met.append(job.kind) }
      byKind[job.kind, default: []].append(position)
    }
    var begun: [(group: Int, positions: [Int])] = []
    for kind in met {
      guard let positions = byKind[kind], let batch = batches[kind] else { continue }
      for start in stride(from: 0, to: positions.count, by: batch.size) {
        let some = Array(positions[start..<Swift.min(start + batch.size, positions.count)])
        let number = newNumber()
        let own = some.compactMap { jobs[$0].timeout }.min()
        let timeout = own ?? batch.timeout
        groups[number] = Group(
          lane: order.lane, kind: kind, keys: some.map { jobs[$0].key }, scopes: order.scopes,
          deadline: timeout.map { now + $0 })
        actions.append(.run(group: number))
        begun.append((number, some))
      }
    }
    return begun
  }

  private mutating func forget(_ number: Int) {
    guard let group = groups.removeValue(forKey: number) else { return }
    release(group.keys.count, of: group.scopes, hasRun: true)
  }

  // MARK: Exchanges

  /// Sends as many transactions as may be under way and have something to do.
  mutating func exchangeAll(at now: Duration) {
    guard let lease, now >= holdUntil else { return }
    while exchanges.count < settings.exchanges {
      let settling = takeReady()
      let claim = phase == .working ? nextClaim(settling: settling, at: now) : nil
      guard !settling.isEmpty || claim != nil else { return }
      let number = newNumber()
      for group in settling { groups[group]?.stage = .settling }
      exchanges[number] = Exchange(groups: settling, claim: claim, sent: now)
      actions.append(.exchange(number: number, lease: lease, settling: settling, claim: claim))
    }
  }

  /// Ready groups for one transaction: as many as make a few batches, the oldest first.
  private mutating func takeReady() -> [Int] {
    var jobs = 0
    var count = 0
    while count < ready.count, jobs < settings.batch * 2 {
      jobs += groups[ready[count]]?.keys.count ?? 0
      count += 1
    }
    let taken = Array(ready[..<count])
    ready.removeFirst(count)
    return taken
  }

  /// The next lane's claim, if one has work for the room there is.
  private mutating func nextClaim(settling: [Int], at now: Duration) -> ClaimOrder? {
    // What this transaction settles makes room in it.
    let settled = settling.reduce(0) { $0 + (groups[$1]?.keys.count ?? 0) }
    let free = settings.slots - inHand + settled
    guard free > 0 else { return nil }
    let isBusy = inHand > settled
    // A few at a time would cost a transaction each; where nothing else is in hand, one is enough.
    let least = Swift.max(1, Swift.min(settings.batch, settings.slots) / 4)
    let isWorthwhile = free >= least || !isBusy || !settling.isEmpty
    guard isWorthwhile || now >= pace.next else { return nil }
    for offset in 0..<lanes.count {
      let number = (nextLane + offset) % lanes.count
      guard lanes[number].mayHaveWork, isServed(lanes[number].lane) else { continue }
      // Two claims of a lane at a time only while it brings all that is asked for.
      guard lanes[number].underWay == 0 || !lanes[number].wasShort else { continue }
      var count = Swift.min(settings.batch, free)
      let scopes = scopes(of: lanes[number].lane)
      for scope in scopes { count = Swift.min(count, blocks[scope]?.free ?? 0) }
      guard count > 0 else { continue }
      for scope in scopes { blocks[scope]?.reserve(count) }
      nextLane = (number + 1) % lanes.count
      if !isWorthwhile { pace.looked(at: now, using: &generator) }
      return lanes[number].order(number, count: count, scopes, rules, at: now)
    }
    return nil
  }
}
