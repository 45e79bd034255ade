import Testing

/// The rules of claim, beat, rescue and completion, tried in every order of their steps.
///
/// Each step is one statement or transaction of `sql/queries`, reduced to what it tests and changes. Two workers, a rescuer, up to three
/// jobs; a lease may run out at any moment, an answer may be lost at any completion, a worker may start anew at any time. In every
/// state that can be reached no effect is doubled and nothing was completed by a stale lease; and from every one the jobs that are
/// left are all done by a later worker, so none is lost.
@Suite struct LeaseModelTests {
  /// What a rule is without, to see that the model would notice.
  enum Omission: CaseIterable {
    case nothing
    /// Completion by id alone.
    case fence
    /// Completion by id and lease, whatever the attempt.
    case attempt
    /// A claim does not look whether its lease is there.
    case leaseAtClaim
    /// Leases are given up without their jobs, and nobody looks for orphans.
    case jobsOfTheDead
    /// Effects are committed before the completion is tried.
    case together
  }

  struct Job: Hashable {
    var lease: UInt8 = 0
    var attempt: UInt8 = 0
    var isDone = false
    var effects: UInt8 = 0
  }

  /// What a worker believes: its lease, and jobs it works on.
  struct Worker: Hashable {
    var lease: UInt8 = 0
    /// Attempt of each job in hand, 0: not in hand.
    ///
    /// Two of them, since a job that was timed out may come again while its first
    /// handler still runs.
    var inHand: [UInt8]
    var zombies: [UInt8]
  }

  struct World: Hashable {
    var jobs: [Job]
    var workers: [Worker]
    /// Rows of the lease table: alive, or run out and not yet given up.
    var alive = Leases()
    var runOut = Leases()
    /// Given up, with the second half of the rescue still to come.
    var dying = Leases()
    var dead = Leases()
    var nextLease: UInt8 = 1
    var fault = Fault.none
  }

  enum Fault: UInt8, Hashable {
    case none
    case effectDoubled
    case completedStale
    case completedDead
    case lost
    case tooManyStates
  }

  /// Some of a few leases.
  struct Leases: OptionSet, Hashable {
    var rawValue: UInt8 = 0
    static func only(_ lease: UInt8) -> Leases { Leases(rawValue: 1 << lease) }
    func has(_ lease: UInt8) -> Bool { rawValue & 1 << lease != 0 }
    var numbers: [UInt8] { (0..<8).filter(has) }
  }

  struct Model {
    let jobs: Int
    let maxLeases: UInt8
    let maxAttempt: UInt8
    let omission: Omission

    var start: World {
      let idle = [UInt8](repeating: 0, count: jobs)
      return World(
        jobs: Array(repeating: Job(), count: jobs),
        workers: Array(repeating: Worker(inHand: idle, zombies: idle), count: 2))
    }

    /// Every state one step away.
    func steps(_ world: World) -> [World] {
      var next: [World] = []
      for worker in world.workers.indices {
        register(world, worker, &next)
        for job in world.jobs.indices {
          claim(world, worker, job, &next)
          settle(world, worker, job, &next)
        }
      }
      for lease in world.alive.numbers {
        var later = world
        later.alive.remove(.only(lease))
        later.runOut.insert(.only(lease))
        next.append(later)
      }
      rescue(world, &next)
      return next
    }

    /// A process starts, or a fenced worker begins anew: it knows of nothing it held.
    private func register(_ world: World, _ worker: Int, _ next: inout [World]) {
      guard world.nextLease <= maxLeases else { return }
      var later = world
      let idle = [UInt8](repeating: 0, count: jobs)
      later.workers[worker] = Worker(lease: world.nextLease, inHand: idle, zombies: idle)
      later.alive.insert(.only(world.nextLease))
      later.nextLease += 1
      next.append(later)
      // Or the old handlers are still at it: a worker that was stopped and does not know it goes on with the old lease; that is
      // the state before.
    }

    private func claim(_ world: World, _ worker: Int, _ job: Int, _ next: inout [World]) {
      let lease = world.workers[worker].lease
      guard lease != 0, !world.jobs[job].isDone, world.jobs[job].lease == 0,
        world.jobs[job].attempt < maxAttempt
      else { return }
      guard world.alive.has(lease) || omission == .leaseAtClaim else { return }
      var later = world
      later.jobs[job].lease = lease
      later.jobs[job].attempt += 1
      let before = later.workers[worker].inHand[job]
      if before != 0 { later.workers[worker].zombies[job] = before }
      later.workers[worker].inHand[job] = later.jobs[job].attempt
      next.append(later)
      // The answer is lost: the job is held, and its worker does not know.
      var lost = later
      lost.workers[worker] = world.workers[worker]
      next.append(lost)
    }

    private func settle(_ world: World, _ worker: Int, _ job: Int, _ next: inout [World]) {
      let lease = world.workers[worker].lease
      let attempts = Set(
        [world.workers[worker].inHand[job], world.workers[worker].zombies[job]].filter { $0 != 0 })
      for attempt in attempts {
        var later = world
        complete(&later, lease, job, attempt)
        // The answer was lost: the worker tries again some time.
        next.append(later)
        if later.workers[worker].inHand[job] == attempt { later.workers[worker].inHand[job] = 0 }
        if later.workers[worker].zombies[job] == attempt { later.workers[worker].zombies[job] = 0 }
        next.append(later)
        // Timed out or put back: it waits again, its handler may still run.
        var back = world
        if holds(back.jobs[job], lease, attempt) {
          back.jobs[job].lease = 0
          next.append(back)
        }
      }
    }

    private func holds(_ job: Job, _ lease: UInt8, _ attempt: UInt8) -> Bool {
      guard !job.isDone else { return false }
      switch omission {
      case .fence, .together: return true
      case .attempt: return job.lease == lease
      default: return job.lease == lease && job.attempt == attempt
      }
    }

    private func complete(_ world: inout World, _ lease: UInt8, _ job: Int, _ attempt: UInt8) {
      let isHeld = holds(world.jobs[job], lease, attempt)
      if isHeld || omission == .together { world.jobs[job].effects += 1 }
      guard isHeld else {
        if world.jobs[job].effects > 1 { world.fault = .effectDoubled }
        return
      }
      if world.jobs[job].lease != lease || world.jobs[job].attempt != attempt {
        world.fault = .completedStale
      }
      if world.dead.has(lease) { world.fault = .completedDead }
      world.jobs[job].isDone = true
      world.jobs[job].lease = 0
      if world.jobs[job].effects > 1 { world.fault = .effectDoubled }
    }

    /// Both halves are one transaction, but each statement sees what was committed before it; so others come in between.
    private func rescue(_ world: World, _ next: inout [World]) {
      for lease in world.runOut.numbers {
        var later = world
        later.runOut.remove(.only(lease))
        if omission == .jobsOfTheDead {
          later.dead.insert(.only(lease))
        } else {
          later.dying.insert(.only(lease))
        }
        next.append(later)
      }
      for lease in world.dying.numbers {
        var later = world
        later.dying.remove(.only(lease))
        later.dead.insert(.only(lease))
        for job in later.jobs.indices where later.jobs[job].lease == lease {
          later.jobs[job].lease = 0
        }
        next.append(later)
      }
    }

    /// What a later worker finds when all others are gone: every job is done once in the end, or was never to be.
    func isLost(_ world: World) -> Bool {
      for job in world.jobs where !job.isDone {
        let isFree = job.lease == 0
        let isRescuable =
          world.alive.has(job.lease) || world.runOut.has(job.lease)
          || world.dying.has(job.lease)
        if !isFree, !isRescuable { return true }
      }
      return false
    }

    /// Walks every reachable state; gives the first fault found, and how many there were.
    func explore(limit: Int = 3_000_000) -> (fault: Fault, states: Int) {
      var seen: Set<World> = [start]
      var queue = [start]
      while let world = queue.popLast() {
        for later in steps(world) {
          if later.fault != .none { return (later.fault, seen.count) }
          if isLost(later) { return (.lost, seen.count) }
          if seen.insert(later).inserted { queue.append(later) }
        }
        if seen.count > limit { return (.tooManyStates, seen.count) }
      }
      return (.none, seen.count)
    }
  }

  @Test("no order of steps doubles an effect, completes under a stale lease, or loses a job")
  func everyOrder() {
    let one = Model(jobs: 1, maxLeases: 3, maxAttempt: 3, omission: .nothing).explore()
    #expect(one.fault == .none)
    let two = Model(jobs: 2, maxLeases: 2, maxAttempt: 2, omission: .nothing).explore()
    #expect(two.fault == .none)
    let three = Model(jobs: 3, maxLeases: 2, maxAttempt: 1, omission: .nothing).explore()
    #expect(three.fault == .none)
    #expect(one.states > 1_000 && two.states > 5_000 && three.states > 1_000)
    print("figure lease model: \(one.states), \(two.states) and \(three.states) states")
  }

  @Test(
    "without any one of the rules there is an order that goes wrong", arguments: Omission.allCases)
  func omissions(_ omission: Omission) {
    guard omission != .nothing else { return }
    let found = Model(jobs: 1, maxLeases: 3, maxAttempt: 3, omission: omission).explore()
    let isFound = ![.none, .tooManyStates].contains(found.fault)
    #expect(isFound, "\(omission) makes no difference")
  }
}
