/// What is due, at any time.
extension WorkerMachine {
  /// Decides all that can be decided now; deciding twice changes nothing.
  mutating func decide(at now: Duration) {
    switch phase {
    case .stopped: return
    case .registering:
      if let until = pendingDrain, now >= until, isRegisterDue { return stop() }
      if isRegisterDue, now >= holdUntil {
        isRegisterDue = false
        actions.append(.register)
      }
      return
    case .working, .draining, .retiring: break
    }
    guard let lease else { return }
    if let clock, now >= clock.fence {
      fence(at: now)
      return
    }
    beat(lease, at: now)
    timeOut(at: now)
    if case .draining(let until) = phase {
      drain(lease, until: until, at: now)
    }
    guard phase == .working || isDraining else { return }
    exchangeAll(at: now)
    guard phase == .working else { return }
    poll(at: now)
    limits(lease, at: now)
    lookAfterOthers(lease, at: now)
  }

  private var isDraining: Bool { if case .draining = phase { true } else { false } }

  private mutating func beat(_ lease: Int64, at now: Duration) {
    let hadOne = clock?.sent != nil
    guard clock?.isDue(at: now) == true else { return }
    if hadOne { actions.append(.dropBeat) }
    actions.append(.beat(lease: lease, sent: now))
  }

  private mutating func timeOut(at now: Duration) {
    for (number, group) in groups where group.stage == .running {
      guard let deadline = group.deadline, now >= deadline else { continue }
      groups[number]?.stage = .ready
      ready.append(number)
      actions.append(.timeOut(group: number))
    }
  }

  /// Looks for work where none is known.
  private mutating func poll(at now: Duration) {
    guard now >= pace.next, !isLooking, now >= holdUntil else { return }
    guard !lanes.isEmpty, !lanes.contains(where: { $0.mayHaveWork || $0.underWay > 0 }) else {
      return
    }
    pace.looked(at: now, using: &generator)
    if lanes.count == 1, scopes(of: lanes[0].lane).isEmpty {
      lanes[0].mayHaveWork = true
      exchangeAll(at: now)
    } else {
      isLooking = true
      actions.append(.look)
    }
  }

  private mutating func lookAfterOthers(_ lease: Int64, at now: Duration) {
    if now >= chores.rescueAt, !chores.isRescuing {
      chores.isRescuing = true
      // Whatever the beats say, at least once in a term.
      chores.rescueAt = now + settings.leaseTerm
      actions.append(.rescue(lease: lease))
    }
    if now >= chores.firingAt, !chores.isFiring {
      chores.isFiring = true
      actions.append(.fireSchedules)
    }
    if now >= chores.upkeepAt, !chores.isKeeping {
      chores.isKeeping = true
      let spread = Int.random(in: 50_000...70_000, using: &generator)
      chores.upkeepAt = now + .milliseconds(spread)
      actions.append(.upkeep)
    }
    if now >= chores.measureAt, !chores.isMeasuring {
      chores.isMeasuring = true
      chores.measureAt = now + settings.measureEvery
      actions.append(.measure)
    }
  }

  /// A rescue has ended; where it took over as many leases as it may at once, there may be more.
  mutating func rescued(_ leases: Int, at now: Duration) {
    chores.isRescuing = false
    if leases >= 32 { chores.rescueAt = now }
    if leases > 0 {
      for index in lanes.indices { lanes[index].mayHaveWork = true }
    }
    decide(at: now)
  }

  /// Schedules were fired; the next one is due after that time, if there is one.
  mutating func firedSchedules(next: Duration?, at now: Duration) {
    chores.isFiring = false
    // Looked at now and then all the same: another program may have added one.
    let pause = Swift.max(.milliseconds(20), Swift.min(next ?? .seconds(60), .seconds(60)))
    chores.firingAt = now + pause
    decide(at: now)
  }

  /// Upkeep has ended.
  mutating func upkeepEnded(at now: Duration) {
    chores.isKeeping = false
    decide(at: now)
  }

  /// A measurement has ended.
  mutating func measured(at now: Duration) {
    chores.isMeasuring = false
    decide(at: now)
  }

  // MARK: Draining

  /// No more is claimed; what is in hand may go on until then.
  mutating func drainAsked(within grace: Duration, at now: Duration) {
    switch phase {
    case .registering:
      pendingDrain = now + grace
      if lease == nil, isRegisterDue { stop() }
    case .working: beginDrain(until: now + grace)
    case .draining(let until): phase = .draining(until: Swift.min(until, now + grace))
    case .retiring, .stopped: break
    }
    decide(at: now)
  }

  mutating func beginDrain(until: Duration) {
    phase = .draining(until: until)
    if let lease { actions.append(.tellDraining(lease: lease)) }
  }

  private mutating func drain(_ lease: Int64, until: Duration, at now: Duration) {
    if now >= until, groups.values.contains(where: { $0.stage == .running }) {
      // Handlers that did not end in time: their jobs wait for another worker.
      let left = groups.filter { $0.value.stage == .running }
      actions.append(.stopAll)
      release(left.values.flatMap(\.keys), lease)
      for number in left.keys { groups[number] = nil }
    }
    guard groups.isEmpty, exchanges.isEmpty, releasing == 0 else {
      // What cannot be settled long after the grace is left to rescue.
      if now >= until + settings.leaseTerm { stop() }
      return
    }
    phase = .retiring
    surrenderAll(lease)
    actions.append(.retire(lease: lease))
  }

  /// The lease was given up, or that failed; then it runs out.
  mutating func retired(at now: Duration) {
    guard phase == .retiring else { return }
    stop()
  }

  // MARK: Waking

  /// When to be told of the time again; nil: never.
  var nextTick: Duration? {
    switch phase {
    case .stopped, .retiring: return nil
    case .registering:
      guard isRegisterDue else { return pendingDrain }
      return Swift.min(holdUntil, pendingDrain ?? holdUntil)
    case .working, .draining: break
    }
    guard let clock else { return nil }
    var next = Swift.min(clock.nextBeat, clock.fence)
    for group in groups.values where group.stage == .running {
      if let deadline = group.deadline { next = Swift.min(next, deadline) }
    }
    if case .draining(let until) = phase {
      let hasRunning = groups.values.contains { $0.stage == .running }
      next = Swift.min(next, hasRunning ? until : until + settings.leaseTerm)
      if !ready.isEmpty { next = Swift.min(next, holdUntil) }
      return next
    }
    let hasWork = !ready.isEmpty || lanes.contains { $0.mayHaveWork }
    if hasWork, exchanges.count < settings.exchanges {
      if failures > 0 { next = Swift.min(next, holdUntil) }
      // A few slots are free, and it is not worth a transaction of its own yet.
      if inHand < settings.slots { next = Swift.min(next, Swift.max(pace.next, holdUntil)) }
    }
    if !isLooking, !lanes.contains(where: { $0.mayHaveWork || $0.underWay > 0 }) {
      next = Swift.min(next, Swift.max(pace.next, holdUntil))
    }
    if let asking = nextQuestion { next = Swift.min(next, asking) }
    if !chores.isRescuing { next = Swift.min(next, chores.rescueAt) }
    if !chores.isFiring { next = Swift.min(next, chores.firingAt) }
    if !chores.isKeeping { next = Swift.min(next, chores.upkeepAt) }
    if !chores.isMeasuring { next = Swift.min(next, chores.measureAt) }
    return next
  }
}
