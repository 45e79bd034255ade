public import PostgresClient
import Synchronization

/// Works off jobs until it is told to drain: claims, runs handlers, completes, beats, and looks after what others left behind.
///
/// ```swift
/// var kinds = JobKinds()
/// kinds.registerEach("replan", timeout: .seconds(600), limit: .atOnce(2)) { job, control in
///   let repaired = try await replan(job.payload.text)
///   return .done(
///     result: JSONB("{\"repaired\":\(repaired.count)}"),
///     effects: [.statement(insertRepairs, Parameters(repaired.map(\.id), repaired.map(\.text)))])
/// }
/// let queries = try QueryCatalogue.read("sql/queries").table(of: JobQuery.self)
/// let worker = Worker(ConnectionSettings(conninfo), queries, kinds, WorkerSettings(queues: ["default"]), observer: metrics)
/// async let ended: Void = worker.run()
/// …
/// await worker.drain(within: .seconds(30))   // on SIGTERM; returns when everything in hand is settled or given back
/// try await ended
/// ```
///
/// - Exactly once: what a handler gives as effects is committed together with the completion under a fencing token, or not at all.
///   What it does elsewhere (a call to a carrier) may happen again after a crash; `job.id` is the key to hand along.
/// - A worker that was stopped, cut off or killed harms nobody: its lease runs out and any other worker takes its jobs over. It notices
///   by itself, drops everything and begins anew.
/// - It needs a role that may read and write rows, no more (`tradewind_service`).
/// - Handlers run on the process's usual threads; beats run on one of the worker's own, so no handler can hold them up.
public final class Worker: Sendable {
  struct Running: Sendable {
    let jobs: [Job]
    /// Where the claim found each of them.
    let places: [RowPlace]
    let kind: Int
    let control: JobControl
    let started: ContinuousClock.Instant
    var task: Task<Void, Never>?
    var outcome: BatchOutcome?
    var duration: Duration = .zero
  }

  struct State {
    var machine: WorkerMachine
    /// What the groups of the machine stand for.
    var running: [Int: Running] = [:]
    /// Index of each kind number in `kinds.all`.
    var kindOf: [Int32: Int] = [:]
    var queueNames: [Int16: String] = [:]
    var statements: [Int16: QueueStatements] = [:]
    var beating: Connection?
    var isStopped = false
    var hasBegun = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var wakeAt: Duration?
    var lastBeat: Duration?
  }

  let connectionSettings: ConnectionSettings
  let queries: QueryTable<JobQuery>
  let kinds: JobKinds
  let settings: WorkerSettings
  let observer: any WorkerObserver
  let pass: @Sendable (WorkerPoint) -> Void
  let pool: Pool
  let thread: IOThread
  let state: Mutex<State>
  let began = ContinuousClock.now

  /// A worker that has not begun.
  ///
  /// - Parameters:
  ///   - connectionSettings: Where the database is, and as whom.
  ///   - queries: Those of `sql/queries`.
  ///   - kinds: What it can do.
  ///   - settings: How it behaves.
  ///   - observer: Is told what it does.
  ///   - seed: Chance for spreading pauses.
  ///   - pass: Called at named places, for tests that stop it there.
  public init(
    _ connectionSettings: ConnectionSettings, _ queries: QueryTable<JobQuery>, _ kinds: JobKinds,
    _ settings: WorkerSettings = WorkerSettings(), observer: any WorkerObserver = SilentObserver(),
    seed: UInt64 = .random(in: 0 ... .max),
    pass: @escaping @Sendable (WorkerPoint) -> Void = { _ in }
  ) {
    self.connectionSettings = Self.tuned(connectionSettings, settings)
    self.queries = queries
    self.kinds = kinds
    self.settings = settings
    self.observer = observer
    self.pass = pass
    thread = IOThread()
    // Two beyond the exchanges, so that rescue and upkeep wait for no job.
    pool = Pool(
      self.connectionSettings,
      PoolSettings(
        minimum: 0, maximum: settings.exchanges + 2, deadline: .seconds(10),
        checkAfterIdle: .seconds(30)),
      on: thread)
    state = Mutex(State(machine: WorkerMachine(settings: settings, seed: seed)))
  }

  /// Statements that take arrays have one sane plan: the one that looks every row up.
  ///
  /// A table that was empty when a statement was
  /// planned would suggest another, and a million rows later that one would still be used.
  static func tuned(
    _ connection: ConnectionSettings, _ settings: WorkerSettings
  ) -> ConnectionSettings {
    var tuned = connection
    guard settings.prepares else {
      tuned.preparedStatements = 0
      return tuned
    }
    tuned.plansOnce = true
    for option in [
      "enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_sort",
      "enable_incremental_sort", "enable_bitmapscan", "enable_material", "jit",
    ] {
      tuned.serverOptions[option] = "off"
    }
    return tuned
  }

  /// Works until it has been drained.
  ///
  /// A server out of reach is waited for. Cancelling the task drains without grace.
  ///
  /// - Throws: `PostgresError` where waiting would not help: a connection string that makes no sense, a schema that is not there.
  public func run() async throws {
    let isFirst = state.withLock { state in
      defer { state.hasBegun = true }
      return !state.hasBegun
    }
    precondition(isFirst, "a worker is run once")
    try await check()
    let listener = settings.listens ? listen() : nil
    await withTaskCancellationHandler {
      tell { machine, _ in machine.start() }
      await untilStopped()
    } onCancel: {
      Task { await self.drain(within: .zero) }
    }
    listener?.cancel()
    await pool.drain(patience: .seconds(2))
    state.withLock { $0.beating }?.close()
  }

  /// Takes no more, lets what is in hand end, and gives back what does not end in time.
  ///
  /// Returns when the worker has stopped: everything is settled or waits for another worker. Asked again, the shorter time counts.
  public func drain(within grace: Duration) async {
    let isRunning = state.withLock { $0.hasBegun && !$0.isStopped }
    guard isRunning else { return }
    observer.happened(.draining)
    tell { machine, now in machine.drainAsked(within: grace, at: now) }
    await untilStopped()
  }

  /// How the worker stands: for `/healthz` and `/readyz`.
  public struct Health: Hashable, Sendable {
    /// Its lease, while it has one.
    public let lease: Int64?
    /// Jobs claimed and not settled.
    public let inHand: Int
    /// Whether it takes no more.
    public let isDraining: Bool
    /// Since its last sign of life was answered.
    public let sinceBeat: Duration?
  }

  /// How the worker stands now.
  public var health: Health {
    state.withLock { state in
      var isDraining = state.machine.pendingDrain != nil
      switch state.machine.phase {
      case .draining, .retiring, .stopped: isDraining = true
      case .registering, .working: break
      }
      return Health(
        lease: state.machine.lease,
        inHand: state.machine.groups.values.reduce(0) { $0 + $1.keys.count },
        isDraining: isDraining, sinceBeat: state.lastBeat.map { began.duration(to: .now) - $0 })
    }
  }

  // MARK: The machine

  /// Time since the worker was made.
  var now: Duration { began.duration(to: .now) }

  /// Tells the machine of an event, and does what it decides.
  func tell(_ event: (inout WorkerMachine, Duration) -> Void) {
    change { state, now in event(&state.machine, now) }
  }

  /// As `tell`, for events that change what the groups stand for.
  func change(_ event: (inout State, Duration) -> Void) {
    let (actions, wake) = state.withLock { state -> ([WorkerMachine.Action], Duration?) in
      let now = self.now
      event(&state, now)
      let actions = state.machine.takeActions()
      // One timer is enough, unless the next thing to do comes before it.
      guard let next = state.machine.nextTick, next < state.wakeAt ?? .seconds(1 << 40) else {
        return (actions, nil)
      }
      state.wakeAt = next
      return (actions, next)
    }
    if let wake {
      thread.schedule(after: Swift.max(.zero, wake - now)) { [weak self] in self?.wake(wake) }
    }
    for action in actions { perform(action) }
  }

  private func wake(_ at: Duration) {
    change { state, now in
      if state.wakeAt == at { state.wakeAt = nil }
      state.machine.tick(at: now)
    }
  }

  private func untilStopped() async {
    await withCheckedContinuation { continuation in
      let isStopped = state.withLock { state in
        if !state.isStopped { state.waiting.append(continuation) }
        return state.isStopped
      }
      if isStopped { continuation.resume() }
    }
  }

  private func stopped() {
    let waiting = state.withLock { state in
      state.isStopped = true
      defer { state.waiting = [] }
      return state.waiting
    }
    observer.happened(.stopped)
    for continuation in waiting { continuation.resume() }
  }

  /// Runs something on the worker's own thread.
  func onThread(_ body: @escaping @Sendable () async -> Void) {
    Task(executorPreference: thread) { await body() }
  }

  private func perform(_ action: WorkerMachine.Action) {
    switch action {
    case .register: onThread { await self.register() }
    case .beat(let lease, let sent): onThread { await self.beat(lease, sent) }
    case .dropBeat: dropBeat()
    case .lookAtHeld(let lease): onThread { await self.lookAtHeld(lease) }
    case .run(let group): run(group)
    case .timeOut(let group): timeOut(group)
    case .cancel(let group, let key): cancel(group, key)
    case .exchange(let number, let lease, let settling, let claim):
      onThread { await self.exchange(number, lease, settling, claim) }
    case .look: onThread { await self.look() }
    case .takeLimit(let scope, let lease, let count):
      onThread { await self.takeLimit(scope, lease, count) }
    case .returnLimit(let scope, let lease, let count):
      onThread { await self.returnLimit(scope, lease, count) }
    case .release(let lease, let keys): onThread { await self.release(lease, keys) }
    case .rescue(let lease): onThread { await self.rescue(lease) }
    case .fireSchedules: onThread { await self.fireSchedules() }
    case .upkeep: onThread { await self.keepUp() }
    case .measure: onThread { await self.measure() }
    case .fence(let lease):
      stopHandlers()
      observer.happened(.fenced(lease: lease))
    case .tellDraining(let lease): onThread { await self.tellDraining(lease) }
    case .stopAll: stopHandlers()
    case .retire(let lease): onThread { await self.retire(lease) }
    case .stopped: stopped()
    }
  }
}
