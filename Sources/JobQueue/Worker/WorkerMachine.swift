/// What a worker does next: a value that is told events and answers with actions.
///
/// It knows no server, clock or chance: time is the duration since the worker began, chance a generator given at the beginning.
/// Whoever holds it tells it what happened, then carries out ``takeActions()`` in order; every action is answered by an event.
///
/// ```
///             registered                 drainAsked             nothing in hand
/// registering ───────────▶ working ─────────────────▶ draining ────────────────▶ retiring ──▶ stopped
///      ▲                      │ beat refused, or unanswered for 2/3 of the term
///      └──────────────────────┘ (fence: everything in hand is dropped)
/// ```
struct WorkerMachine: Sendable {
  enum Phase: Hashable, Sendable {
    case registering
    case working
    case draining(until: Duration)
    case retiring
    case stopped
  }

  /// Some jobs of one kind, handed to a handler together.
  struct Group: Hashable, Sendable {
    enum Stage: Hashable, Sendable {
      case running
      case ready
      case settling
    }
    let lane: Int
    let kind: Int32
    let keys: [AttemptKey]
    /// Limits of which each of them holds one.
    let scopes: [LimitScope]
    var stage = Stage.running
    var deadline: Duration?
  }

  /// A transaction under way.
  struct Exchange: Hashable, Sendable {
    let groups: [Int]
    let claim: ClaimOrder?
    let sent: Duration
  }

  /// What is to be done.
  enum Action: Hashable, Sendable {
    /// Ask for a lease.
    case register
    /// Tell the server that the lease lives on.
    case beat(lease: Int64, sent: Duration)
    /// Give up the beat under way, and its connection.
    case dropBeat
    /// Look what the server believes this lease holds.
    case lookAtHeld(lease: Int64)
    /// Hand jobs to the handler of their kind.
    case run(group: Int)
    /// Stop a handler that takes too long, and settle its jobs as timed out.
    case timeOut(group: Int)
    /// Tell a handler that one of its jobs is to be cancelled.
    case cancel(group: Int, AttemptKey)
    /// One transaction: settle these groups, then claim.
    case exchange(number: Int, lease: Int64, settling: [Int], claim: ClaimOrder?)
    /// Look which queues have something due.
    case look
    /// Take of a limit.
    case takeLimit(LimitScope, lease: Int64, count: Int)
    /// Give back of a limit.
    case returnLimit(LimitScope, lease: Int64, count: Int)
    /// Give back jobs that are not worked on.
    case release(lease: Int64, [AttemptKey])
    /// Take over the jobs of leases that have run out.
    case rescue(lease: Int64)
    /// Fire schedules that are due.
    case fireSchedules
    /// Do for all workers what is due.
    case upkeep
    /// Measure depth and age.
    case measure
    /// Drop everything: stop all handlers, forget all jobs; the lease is not to be trusted any more.
    case fence(lease: Int64)
    /// Tell the server that no more is taken.
    case tellDraining(lease: Int64)
    /// Stop all handlers: the time of grace is over.
    case stopAll
    /// Give up the lease.
    case retire(lease: Int64)
    /// The worker has ended.
    case stopped
  }

  let settings: WorkerSettings
  var phase = Phase.registering
  var lease: Int64?
  var clock: LeaseClock?
  var lanes: [LaneState] = []
  /// What is held of each limit that a lane needs.
  var blocks: [LimitScope: LimitBlock] = [:]
  var rules = TenantRules()
  /// Jobs that one call of each kind's handler takes, and how long it may take.
  var batches: [Int32: (size: Int, timeout: Duration?)] = [:]
  var groups: [Int: Group] = [:]
  /// Groups whose outcomes are known and not committed, in that order.
  var ready: [Int] = []
  var exchanges: [Int: Exchange] = [:]
  var pace: PollPace
  var isLooking = false
  /// After a failure nothing is exchanged before that.
  var holdUntil: Duration = .zero
  var failures = 0
  var lastNumber = 0
  var nextLane = 0
  var chores = ChoreTimes()
  /// Keys that a look found held under this lease and that nobody here knows, and when it was made.
  var strangers: (keys: Set<AttemptKey>, at: Duration) = ([], .zero)
  var generator: SeededChance
  var actions: [Action] = []

  /// A worker that has not begun.
  init(settings: WorkerSettings, seed: UInt64) {
    self.settings = settings
    pace = PollPace(shortest: settings.shortestPoll, longest: settings.longestPoll)
    generator = SeededChance(state: seed)
  }

  /// What has been decided since the last call.
  mutating func takeActions() -> [Action] {
    defer { actions.removeAll(keepingCapacity: true) }
    return actions
  }

  /// Jobs claimed and not settled, and those asked for.
  var inHand: Int {
    groups.values.reduce(0) { $0 + $1.keys.count }
      + exchanges.values.reduce(0) { $0 + ($1.claim?.count ?? 0) }
  }

  // MARK: Beginning

  /// The worker begins.
  mutating func start() { actions.append(.register) }

  /// A lease was given; `lanes` and `batches` are what can be claimed under it.
  mutating func registered(
    _ lease: Int64, lanes: [ClaimLane],
    batches: [Int32: (size: Int, timeout: Duration?)], rules: TenantRules = TenantRules(),
    sent: Duration, at now: Duration
  ) {
    guard phase == .registering else { return }
    self.lease = lease
    self.lanes = lanes.map { LaneState($0, usesFloor: settings.usesFloor) }
    blocks = [:]
    take(rules)
    self.batches = batches
    clock = LeaseClock(term: settings.leaseTerm, registered: sent)
    chores.restart(at: now, settings)
    pace.reset(at: now)
    phase = .working
    failures = 0
    holdUntil = now
    if let drainUntil = pendingDrain { beginDrain(until: drainUntil) }
    decide(at: now)
  }

  /// No lease was given, since the server is out of reach; a later tick asks again.
  mutating func registerFailed(at now: Duration) {
    guard phase == .registering else { return }
    failures = Swift.min(failures + 1, 8)
    holdUntil = now + retryPause()
    isRegisterDue = true
    if let until = pendingDrain, now >= until { stop() }
  }

  var isRegisterDue = false
  var pendingDrain: Duration?

  /// Time has passed.
  mutating func tick(at now: Duration) { decide(at: now) }

  /// A pause after failures in a row: 50 ms, doubling, to two seconds, spread.
  mutating func retryPause() -> Duration {
    let ceiling = Swift.min(2000, 25 << Swift.min(failures, 7))
    return .milliseconds(Int.random(in: (ceiling / 2)...ceiling, using: &generator))
  }

  mutating func newNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  // MARK: The lease

  /// A beat was answered.
  mutating func beatAnswered(
    _ lease: Int64, sent: Duration, nextExpiry: Duration?, isDraining: Bool, at now: Duration
  ) {
    guard lease == self.lease else { return }
    clock?.answered(sent: sent)
    // The next lease to run out is looked at when it does: its worker lives, or its jobs are taken over at once.
    if let nextExpiry {
      let spread = Duration.milliseconds(Int.random(in: 5...100, using: &generator))
      chores.rescueAt = Swift.min(chores.rescueAt, now + Swift.max(.zero, nextExpiry) + spread)
    }
    if inHand > 0 || !strangers.keys.isEmpty || isClaimLost {
      actions.append(.lookAtHeld(lease: lease))
    }
    if isDraining, phase == .working { beginDrain(until: now + .seconds(3600)) }
    decide(at: now)
  }

  /// A beat failed, or its answer was lost.
  mutating func beatFailed(_ lease: Int64, sent: Duration, at now: Duration) {
    guard lease == self.lease else { return }
    clock?.failed(sent: sent, at: now)
    decide(at: now)
  }

  /// The server does not know the lease any more.
  mutating func beatRefused(_ lease: Int64, at now: Duration) {
    guard lease == self.lease else { return }
    fence(at: now)
    decide(at: now)
  }

  var isClaimLost = false
  /// Releases under way.
  var releasing = 0

  /// Everything in hand is dropped, and the worker begins anew: its jobs may be somebody else's by now.
  mutating func fence(at now: Duration) {
    guard let lease, phase != .stopped else { return }
    actions.append(.fence(lease: lease))
    groups = [:]
    ready = []
    exchanges = [:]
    strangers = ([], .zero)
    isClaimLost = false
    releasing = 0
    isLooking = false
    self.lease = nil
    clock = nil
    lanes = []
    blocks = [:]
    if case .draining = phase {
      // Nothing is left to wait for.
      stop()
      return
    }
    if phase == .retiring {
      stop()
      return
    }
    phase = .registering
    isRegisterDue = true
    holdUntil = now + retryPause()
  }

  mutating func stop() {
    guard phase != .stopped else { return }
    phase = .stopped
    actions.append(.stopped)
  }
}

/// When a worker last looked after what.
struct ChoreTimes: Hashable, Sendable {
  var rescueAt: Duration = .zero
  var firingAt: Duration = .zero
  var upkeepAt: Duration = .zero
  var measureAt: Duration = .zero
  var isRescuing = false
  var isFiring = false
  var isKeeping = false
  var isMeasuring = false

  /// A new lease: look at everything once, soon.
  mutating func restart(at now: Duration, _ settings: WorkerSettings) {
    self = ChoreTimes()
    rescueAt = now
    firingAt = now
    upkeepAt = now + .milliseconds(200)
    measureAt = now
    if !settings.maintains {
      rescueAt = .seconds(1 << 40)
      firingAt = rescueAt
      upkeepAt = rescueAt
    }
  }
}

/// Chance that can be repeated: SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededChance: RandomNumberGenerator, Hashable, Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
