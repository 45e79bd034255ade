import Testing

@testable import PostgresClient

/// The rules of a pool, without connections or clocks.
@Suite struct PoolMachineTests {
  typealias Machine = PoolMachine
  let start = ContinuousClock.now
  let forever = ContinuousClock.now + .seconds(100_000)

  func at(_ seconds: Double) -> Machine.Instant { start + .seconds(seconds) }
  func member(_ number: Int) -> Machine.Member { Machine.Member(number: number) }
  func waiter(_ number: Int) -> Machine.Waiter { Machine.Waiter(number: number) }

  /// Actions but for ticks, which have a test of their own.
  func acts(_ machine: inout Machine) -> [Machine.Action] {
    machine.takeActions().filter { if case .wake = $0 { false } else { true } }
  }

  func ask(
    _ machine: inout Machine, _ number: Int, at seconds: Double = 0, for patience: Double = 30
  ) {
    machine.ask(waiter(number), deadline: at(seconds + patience), at(seconds))
  }

  @Test func minimumIsOpenedAtOnce() {
    var machine = Machine(PoolSettings(minimum: 2, maximum: 3))
    machine.start(start)
    #expect(acts(&machine) == [.open(member(1)), .open(member(2))])
    machine.opened(member(1), expires: forever, start)
    #expect(machine.idleCount == 1)
  }

  @Test func firstComeFirstServed() {
    var machine = Machine(PoolSettings(maximum: 1))
    for number in 1...3 { ask(&machine, number) }
    #expect(acts(&machine) == [.open(member(1))])
    machine.opened(member(1), expires: forever, at(1))
    #expect(acts(&machine) == [.lend(member(1), to: waiter(1))])
    machine.returned(member(1), isUsable: true, at(2))
    #expect(acts(&machine) == [.lend(member(1), to: waiter(2))])
    machine.withdraw(waiter(3))
    machine.returned(member(1), isUsable: true, at(3))
    #expect(acts(&machine) == [])
    #expect(machine.idleCount == 1)
  }

  /// No more connections are opened than there are tasks waiting, nor more than allowed.
  @Test func opensWhatIsNeeded() {
    var machine = Machine(PoolSettings(maximum: 3))
    for number in 1...5 { ask(&machine, number) }
    #expect(acts(&machine) == [.open(member(1)), .open(member(2)), .open(member(3))])
    #expect(machine.count == 3)
    #expect(machine.waitingCount == 5)
  }

  @Test func deadline() {
    var machine = Machine(PoolSettings(maximum: 1))
    ask(&machine, 1, for: 5)
    ask(&machine, 2, for: 3)
    #expect(machine.takeActions().contains(.wake(at: at(3))))
    machine.tick(at(3))
    let actions = machine.takeActions()
    #expect(
      actions.contains {
        if case .refuse(waiter(2), let error) = $0 { error.code == .poolDeadline } else { false }
      })
    #expect(actions.contains(.wake(at: at(5))), "the next deadline is waited for")
    #expect(machine.waitingCount == 1)
  }

  /// Ten thousand loans do not ask for ten thousand ticks.
  @Test func ticksAreAskedForOnce() {
    var machine = Machine(PoolSettings(maximum: 1))
    var ticks = 0
    for number in 1...10_000 {
      ask(&machine, number, at: Double(number) / 1000)
      if number == 1 { machine.opened(member(1), expires: forever, start) }
      machine.returned(member(1), isUsable: true, at(Double(number) / 1000))
      ticks += machine.takeActions().count { if case .wake = $0 { true } else { false } }
    }
    #expect(ticks == 1)
  }

  @Test func lastUsedIsLentFirst() {
    var machine = Machine(PoolSettings(minimum: 2, maximum: 2))
    machine.start(start)
    machine.opened(member(1), expires: forever, at(0))
    machine.opened(member(2), expires: forever, at(0.1))
    _ = machine.takeActions()
    ask(&machine, 1, at: 0.5)
    #expect(acts(&machine) == [.lend(member(2), to: waiter(1))])
  }

  @Test func checkedAfterASecondIdle() {
    var machine = Machine(PoolSettings(maximum: 2))
    ask(&machine, 1)
    machine.opened(member(1), expires: forever, at(0))
    machine.returned(member(1), isUsable: true, at(0))
    _ = machine.takeActions()
    ask(&machine, 2, at: 1.5)
    #expect(acts(&machine) == [.check(member(1))])
    // Another one that comes meanwhile is not promised the same connection.
    ask(&machine, 3, at: 1.5)
    #expect(acts(&machine) == [.open(member(2))])
    machine.checked(member(1), stands: true, at(1.6))
    #expect(acts(&machine) == [.lend(member(1), to: waiter(2))])
  }

  @Test func deadOneIsReplaced() {
    var machine = Machine(PoolSettings(maximum: 1))
    ask(&machine, 1)
    machine.opened(member(1), expires: forever, at(0))
    machine.returned(member(1), isUsable: true, at(0))
    ask(&machine, 2, at: 5)
    _ = machine.takeActions()
    machine.checked(member(1), stands: false, at(5))
    #expect(acts(&machine) == [.close(member(1)), .open(member(2))])
    machine.opened(member(2), expires: forever, at(5))
    #expect(acts(&machine) == [.lend(member(2), to: waiter(2))])
  }

  @Test func waiterGoneDuringItsCheck() {
    var machine = Machine(PoolSettings(maximum: 1))
    ask(&machine, 1)
    machine.opened(member(1), expires: forever, at(0))
    machine.returned(member(1), isUsable: true, at(0))
    ask(&machine, 2, at: 5)
    ask(&machine, 3, at: 5)
    machine.withdraw(waiter(2))
    _ = machine.takeActions()
    machine.checked(member(1), stands: true, at(5))
    #expect(acts(&machine) == [.lend(member(1), to: waiter(3))])
  }

  @Test func brokenOneIsNotLentAgain() {
    var machine = Machine(PoolSettings(minimum: 1, maximum: 2))
    machine.start(start)
    machine.opened(member(1), expires: forever, at(0))
    ask(&machine, 1)
    _ = machine.takeActions()
    machine.returned(member(1), isUsable: false, at(1))
    #expect(acts(&machine) == [.close(member(1)), .open(member(2))])
  }

  @Test func lifetime() {
    var machine = Machine(PoolSettings(maximum: 1))
    ask(&machine, 1)
    machine.opened(member(1), expires: at(10), at(0))
    machine.returned(member(1), isUsable: true, at(11))
    #expect(acts(&machine).last == .close(member(1)))
    #expect(machine.count == 0)
    // An idle one that expires is closed by a tick.
    ask(&machine, 2, at: 20)
    machine.opened(member(2), expires: at(30), at(20))
    machine.returned(member(2), isUsable: true, at(21))
    machine.tick(at(30))
    #expect(acts(&machine).last == .close(member(2)))
  }

  @Test func idleAboveTheMinimum() {
    var machine = Machine(PoolSettings(minimum: 1, maximum: 2, maximumIdle: .seconds(60)))
    machine.start(start)
    ask(&machine, 1)
    ask(&machine, 2)
    machine.opened(member(1), expires: forever, at(0))
    machine.opened(member(2), expires: forever, at(0))
    machine.returned(member(1), isUsable: true, at(1))
    machine.returned(member(2), isUsable: true, at(2))
    _ = machine.takeActions()
    machine.tick(at(61))
    #expect(acts(&machine) == [.close(member(1))])
    machine.tick(at(200))
    #expect(acts(&machine) == [], "the minimum stays")
  }

  @Test func idleOneThatDies() {
    var machine = Machine(PoolSettings(minimum: 1, maximum: 1))
    machine.start(start)
    machine.opened(member(1), expires: forever, at(0))
    _ = machine.takeActions()
    machine.died(member(1), at(1))
    #expect(acts(&machine) == [.close(member(1)), .open(member(2))])
    machine.died(member(1), at(1))
    #expect(acts(&machine) == [], "once is enough")
  }

  /// What cannot pass is told at once; what may pass is tried again after a growing pause, until the deadlines.
  @Test func failures() {
    var machine = Machine(PoolSettings(maximum: 1))
    ask(&machine, 1)
    _ = machine.takeActions()
    let restarting = PostgresError(.cannotConnect, "connection refused")
    for pause in [50, 100, 200, 400, 500, 500] {
      machine.openFailed(member(1), restarting, at(1))
      #expect(acts(&machine) == [.openLater(member(1), after: .milliseconds(pause))])
    }
    machine.tick(at(30))
    let refusal = acts(&machine)
    #expect(
      refusal.contains {
        if case .refuse(_, let error) = $0 {
          error.message.hasSuffix("the last connection failed: connection refused")
        } else {
          false
        }
      })
    machine.openFailed(member(1), restarting, at(31))
    #expect(acts(&machine) == [], "nobody waits any more")
    #expect(machine.count == 0)

    var second = Machine(PoolSettings(maximum: 1))
    ask(&second, 1)
    _ = second.takeActions()
    let wrong = PostgresError(
      .init(sqlState: "28P01", severity: "FATAL", message: "m"), code: .cannotConnect)
    second.openFailed(member(1), wrong, at(0))
    #expect(acts(&second) == [.refuse(waiter(1), wrong)])
  }

  @Test func drain() {
    var machine = Machine(PoolSettings(maximum: 2))
    ask(&machine, 1)
    machine.opened(member(1), expires: forever, at(0))
    ask(&machine, 2)
    _ = machine.takeActions()
    machine.drain()
    #expect(acts(&machine).count == 1, "whoever waits is refused")
    machine.opened(member(2), expires: forever, at(1))
    #expect(acts(&machine) == [.close(member(2))])
    machine.returned(member(1), isUsable: true, at(2))
    #expect(acts(&machine) == [.close(member(1)), .drained])
    ask(&machine, 3)
    #expect(
      acts(&machine).contains {
        if case .refuse(_, let error) = $0 { error.code == .poolDraining } else { false }
      })
  }

  /// Random events: never more than allowed, never two with one connection, nobody forgotten.
  @Test func randomLife() {
    for seed in 0..<200 {
      var generator = SplitMix(state: UInt64(seed))
      let settings = PoolSettings(
        minimum: Int.random(in: 0...2, using: &generator),
        maximum: Int.random(in: 2...5, using: &generator))
      var machine = Machine(settings)
      machine.start(start)
      var (opening, lent, checking) = (Set<Int>(), Set<Int>(), Set<Int>())
      var waiting = Set<Int>()
      var now = 0.0
      var asked = 0
      func apply(_ machine: inout Machine) {
        for action in machine.takeActions() {
          switch action {
          case .open(let member), .openLater(let member, _): opening.insert(member.number)
          case .check(let member): checking.insert(member.number)
          case .lend(let member, let to):
            #expect(lent.insert(member.number).inserted)
            #expect(waiting.remove(to.number) != nil)
          case .refuse(let waiter, _): #expect(waiting.remove(waiter.number) != nil)
          case .close, .wake, .drained: break
          }
        }
        #expect(machine.count <= settings.maximum)
        #expect(machine.waitingCount == waiting.count)
        #expect(waiting.isEmpty || machine.count > 0, "somebody waits for nothing")
      }
      apply(&machine)
      for _ in 0..<300 {
        now += Double.random(in: 0...1, using: &generator)
        switch Int.random(in: 0...6, using: &generator) {
        case 0, 1:
          asked += 1
          waiting.insert(asked)
          ask(&machine, asked, at: now, for: Double.random(in: 0...20, using: &generator))
        case 2:
          guard let one = opening.min() else { continue }
          opening.remove(one)
          if Bool.random(using: &generator) {
            machine.opened(member(one), expires: at(now + 50), at(now))
          } else {
            machine.openFailed(member(one), PostgresError(.cannotConnect, "x"), at(now))
          }
        case 3:
          guard let one = lent.min() else { continue }
          lent.remove(one)
          machine.returned(member(one), isUsable: Bool.random(using: &generator), at(now))
        case 4:
          guard let one = checking.min() else { continue }
          checking.remove(one)
          machine.checked(member(one), stands: Bool.random(using: &generator), at(now))
        case 5: machine.tick(at(now))
        default:
          guard let one = waiting.randomElement(using: &generator) else { continue }
          waiting.remove(one)
          machine.withdraw(waiter(one))
        }
        apply(&machine)
      }
    }
  }
}

/// Sebastiano Vigna's SplitMix64 (2015): small, repeatable.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
