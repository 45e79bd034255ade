import PostgresClient
import Testing

@testable import JobQueue

@Suite struct WorkerMachineTests {
  @Test("completion of one batch and claim of the next share a transaction")
  func fused() throws {
    var driver = MachineDriver()
    let first = try #require(driver.take().exchanges.first)
    #expect(first.settling.isEmpty && first.claim?.count == 10)
    let batch = driver.jobs(10)
    let groups = driver.answer(first.number, batch)
    #expect(groups.count == 1)
    #expect(driver.take().contains(.run(group: groups[0])))
    driver.machine.handled(groups[0], at: driver.now)
    let second = try #require(driver.take().exchanges.first)
    #expect(second.settling == groups)
    #expect(second.claim?.count == 10, "what is settled makes room for what is claimed")
  }

  @Test("no more is in hand than there are slots, whatever is under way")
  func slots() throws {
    var driver = MachineDriver(
      WorkerSettings(slots: 25, batch: 10, exchanges: 4, maintains: false), batch: 1)
    var asked = 0
    for exchange in driver.take().exchanges { asked += exchange.claim?.count ?? 0 }
    #expect(asked == 10, "one claim until it is known to bring what it asks for")
    let batch = driver.jobs(10)
    _ = driver.answer(1, batch)
    asked = 10
    for exchange in driver.take().exchanges { asked += exchange.claim?.count ?? 0 }
    #expect(asked == 25)
    #expect(driver.machine.inHand == 25)
  }

  @Test("jobs are handed out by kind, no more to a call than its kind takes")
  func groups() {
    var driver = MachineDriver(batch: 3)
    _ = driver.take()
    let mixed = driver.jobs(4) + driver.jobs(2, kind: 2) + driver.jobs(1)
    let begun = driver.machine.exchanged(1, mixed, at: .zero)
    #expect(begun.map(\.positions) == [[0, 1, 2], [3, 6], [4, 5]])
  }

  @Test("an idle worker looks ever less often, and a hint makes it look at once")
  func polling() {
    var driver = MachineDriver()
    var looks: [Duration] = []
    var pending = driver.take().exchanges
    while driver.now < .seconds(60) {
      for exchange in pending {
        looks.append(driver.now)
        _ = driver.answer(exchange.number, [])
      }
      pending = driver.take().exchanges
      if pending.isEmpty {
        let actions = driver.advance()
        for sent in actions.beats {
          driver.machine.beatAnswered(
            7, sent: sent, nextExpiry: nil, isDraining: false, at: driver.now)
        }
        pending = actions.exchanges
      }
    }
    let late = looks.filter { $0 > .seconds(20) }
    #expect(late.count >= 6 && late.count <= 11, "about every five seconds: \(late.count) in forty")
    driver.machine.hinted(1, at: driver.now)
    #expect(driver.take().exchanges.count == 1)
    driver.machine.hinted(2, at: driver.now)
    #expect(driver.take().exchanges.isEmpty, "another queue's hint is nobody's business")
  }

  @Test("two thirds of a term without an answered beat, and everything is dropped")
  func selfFence() throws {
    var driver = MachineDriver()
    let exchange = try #require(driver.take().exchanges.first)
    let batch = driver.jobs(3)
    let groups = driver.answer(exchange.number, batch)
    _ = driver.take()
    var fencedAt: Duration?
    var lastSent = Duration.zero
    for _ in 0..<200 where fencedAt == nil {
      let actions = driver.advance()
      for sent in actions.beats {
        // The first two are answered.
        if sent <= .seconds(10) {
          lastSent = sent
          driver.machine.beatAnswered(
            7, sent: sent, nextExpiry: nil, isDraining: false, at: driver.now)
        }
      }
      for exchange in actions.exchanges { _ = driver.answer(exchange.number, []) }
      if actions.contains(.fence(lease: 7)) { fencedAt = driver.now }
    }
    #expect(fencedAt == lastSent + .seconds(10))
    #expect(driver.machine.groups.isEmpty && driver.machine.phase == .registering)
    // What comes of the old life counts for nothing.
    driver.machine.handled(groups[0], at: driver.now)
    driver.machine.beatAnswered(
      7, sent: .seconds(15), nextExpiry: nil, isDraining: false, at: driver.now)
    #expect(driver.machine.phase == .registering)
    var actions = driver.take()
    while !actions.contains(.register) { actions = driver.advance() }
    #expect(driver.now < .seconds(30))
  }

  @Test("a beat that is refused fences at once")
  func refusedBeat() {
    var driver = MachineDriver()
    _ = driver.take()
    driver.machine.beatRefused(7, at: .seconds(5))
    #expect(driver.take().contains(.fence(lease: 7)))
    #expect(driver.machine.lease == nil)
  }

  @Test("a beat unanswered when the next is due is given up with its connection")
  func stuckBeat() {
    var driver = MachineDriver()
    _ = driver.take()
    #expect(driver.advance(to: .seconds(5)).beats == [.seconds(5)])
    let actions = driver.advance(to: .seconds(10) - .milliseconds(1))
    #expect(actions.beats.isEmpty)
    driver.machine.beatAnswered(
      7, sent: .seconds(4), nextExpiry: nil, isDraining: false, at: driver.now)
    let next = driver.advance(to: .seconds(10))
    let drop = next.firstIndex(of: .dropBeat)
    let beat = next.firstIndex(of: .beat(lease: 7, sent: .seconds(10)))
    #expect(drop != nil && beat != nil && (drop ?? 9) < (beat ?? 0))
  }

  @Test(
    "a handler that takes too long is stopped, its jobs are settled, and what it says later is not heard"
  )
  func timeout() throws {
    var driver = MachineDriver(timeout: .seconds(2))
    let exchange = try #require(driver.take().exchanges.first)
    let batch = driver.jobs(2)
    let groups = driver.answer(exchange.number, batch)
    for exchange in driver.take().exchanges { _ = driver.answer(exchange.number, []) }
    _ = driver.take()
    let actions = driver.advance(to: .seconds(2))
    #expect(actions.contains(.timeOut(group: groups[0])))
    #expect(actions.exchanges.first?.settling == groups)
    driver.machine.handled(groups[0], at: driver.now)
    let isSettledTwice = driver.take().exchanges.contains { $0.settling == groups }
    #expect(!isSettledTwice)
  }

  @Test("a transaction that failed is tried again after a pause, with the same groups first")
  func failedExchange() throws {
    var driver = MachineDriver()
    let first = try #require(driver.take().exchanges.first)
    let batch = driver.jobs(10)
    let groups = driver.answer(first.number, batch)
    _ = driver.take()
    driver.machine.handled(groups[0], at: driver.now)
    let second = try #require(driver.take().exchanges.first)
    driver.machine.exchangeFailed(second.number, isUnknown: true, at: driver.now)
    #expect(driver.take().exchanges.isEmpty, "not at once")
    let actions = driver.advance()
    #expect(driver.now > .zero && driver.now < .milliseconds(200))
    #expect(actions.exchanges.first?.settling == groups)
  }

  @Test("a claim whose answer was lost is given back after two looks, and not before")
  func lostClaim() throws {
    var driver = MachineDriver()
    let first = try #require(driver.take().exchanges.first)
    driver.machine.exchangeFailed(first.number, isUnknown: true, at: .zero)
    let lost = driver.job().key
    let known = driver.job()
    let again = try #require(driver.advance().exchanges.first)
    _ = driver.answer(again.number, [known])
    var claims = driver.take().exchanges
    while let claim = claims.first {
      _ = driver.answer(claim.number, [])
      claims = driver.take().exchanges
    }
    func rows() -> [(key: AttemptKey, cancelAsked: Bool)] { [(lost, false), (known.key, false)] }
    driver.machine.held(rows(), lease: 7, asked: .seconds(5), at: .seconds(5))
    #expect(!driver.take().contains { if case .release = $0 { true } else { false } })
    driver.machine.held(rows(), lease: 7, asked: .seconds(9), at: .seconds(9))
    #expect(driver.take().contains(.release(lease: 7, [lost])))
  }

  @Test("a job that is to be cancelled is told so while it runs")
  func cancellation() throws {
    var driver = MachineDriver()
    let first = try #require(driver.take().exchanges.first)
    let batch = driver.jobs(2)
    let groups = driver.answer(first.number, batch)
    _ = driver.take()
    driver.machine.held(
      [(batch[0].key, false), (batch[1].key, true)], lease: 7, asked: .zero, at: .zero)
    #expect(driver.take().contains(.cancel(group: groups[0], batch[1].key)))
  }

  @Test(
    "a drain claims nothing more, settles what ends, gives back what does not, then gives up the lease"
  )
  func drain() throws {
    var driver = MachineDriver(batch: 1)
    let first = try #require(driver.take().exchanges.first)
    let batch = driver.jobs(2)
    let groups = driver.answer(first.number, batch)
    for exchange in driver.take().exchanges { _ = driver.answer(exchange.number, []) }
    _ = driver.take()
    driver.machine.drainAsked(within: .seconds(3), at: driver.now)
    #expect(driver.take().contains(.tellDraining(lease: 7)))
    driver.machine.handled(groups[0], at: driver.now)
    let last = try #require(driver.take().exchanges.first)
    #expect(last.settling == [groups[0]] && last.claim == nil)
    _ = driver.answer(last.number, [])
    #expect(driver.take().isEmpty)
    let actions = driver.advance(to: .seconds(3))
    #expect(actions.contains(.stopAll))
    #expect(actions.contains(.release(lease: 7, [batch[1].key])))
    #expect(!actions.contains(.retire(lease: 7)), "not before it is given back")
    driver.machine.released(7, at: driver.now)
    #expect(driver.take() == [.retire(lease: 7)])
    driver.machine.retired(at: driver.now)
    #expect(driver.take() == [.stopped])
    #expect(driver.machine.nextTick == nil)
  }

  @Test(
    "kinds with a limit are claimed by themselves, never more than is held, and what is idle goes back"
  )
  func limits() throws {
    let scope = LimitScope(name: "plan", isRate: false)
    var driver = MachineDriver(
      lanes: [ClaimLane(queue: 1, isFair: false, kinds: [2], limit: scope)], batch: 1)
    var actions = driver.take()
    #expect(actions.exchanges.isEmpty)
    #expect(actions.contains(.takeLimit(scope, lease: 7, count: 10)))
    driver.machine.limitGiven(scope, 3, lease: 7, at: .zero)
    let claim = try #require(driver.take().exchanges.first)
    #expect(claim.claim?.count == 3)
    let batch = driver.jobs(1, kind: 2)
    let groups = driver.answer(claim.number, batch)
    // Two of three were not needed; the next claim asks for them once more, and then they go back.
    actions = driver.take()
    for exchange in actions.exchanges { _ = driver.answer(exchange.number, []) }
    #expect(driver.take().contains(.returnLimit(scope, lease: 7, count: 2)))
    driver.machine.handled(groups[0], at: driver.now)
    actions = driver.take()
    for exchange in actions.exchanges { _ = driver.answer(exchange.number, []) }
    #expect(driver.take().contains(.returnLimit(scope, lease: 7, count: 1)))
  }

  @Test("the next lease to run out is looked at when it does")
  func rescue() {
    var driver = MachineDriver(WorkerSettings(slots: 10, batch: 10))
    _ = driver.take()
    driver.machine.rescued(0, at: .zero)
    driver.machine.beatAnswered(
      7, sent: .zero, nextExpiry: .seconds(2), isDraining: false, at: .zero)
    for exchange in driver.take().exchanges { _ = driver.answer(exchange.number, []) }
    var rescuedAt: Duration?
    for _ in 0..<100 where rescuedAt == nil {
      let actions = driver.advance()
      for exchange in actions.exchanges { _ = driver.answer(exchange.number, []) }
      if actions.contains(.rescue(lease: 7)) { rescuedAt = driver.now }
    }
    let at = rescuedAt ?? .zero
    #expect(at >= .seconds(2) && at <= .milliseconds(2100))
  }

  @Test("a worker that has no server waits for it, ever longer, and may be told to stop meanwhile")
  func noServer() {
    var machine = WorkerMachine(settings: WorkerSettings(), seed: 3)
    machine.start()
    #expect(machine.takeActions() == [.register])
    var now = Duration.zero
    var pauses: [Duration] = []
    for _ in 0..<12 {
      machine.registerFailed(at: now)
      #expect(machine.takeActions().isEmpty)
      guard let next = machine.nextTick else { break }
      pauses.append(next - now)
      now = next
      machine.tick(at: now)
      #expect(machine.takeActions() == [.register])
    }
    #expect(pauses.count == 12 && pauses.allSatisfy { $0 <= .seconds(2) })
    #expect(pauses[11] >= .seconds(1))
    machine.registerFailed(at: now)
    machine.drainAsked(within: .seconds(5), at: now)
    #expect(machine.takeActions() == [.stopped])
  }
}
