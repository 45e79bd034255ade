/// Whom a pool lends which connection, decided from events and the time.
///
/// A value without sockets, threads or clocks. Waiters are served in the order they came; of idle connections the one used last is
/// lent first, so that the others grow old and go.
struct PoolMachine: Sendable {
  /// A connection by a number that is never used twice.
  struct Member: Hashable, Sendable {
    let number: Int
  }

  /// A task that waits.
  struct Waiter: Hashable, Sendable {
    let number: Int
  }

  typealias Instant = ContinuousClock.Instant

  /// What to do, in this order.
  enum Action: Hashable, Sendable {
    case open(Member)
    /// Open after a pause, since the last attempt failed.
    case openLater(Member, after: Duration)
    /// Ask whether it still stands, and report with `checked`.
    case check(Member)
    case close(Member)
    case lend(Member, to: Waiter)
    case refuse(Waiter, PostgresError)
    /// Call `tick` then.
    case wake(at: Instant)
    /// Nothing is left.
    case drained
  }

  private enum Standing: Hashable {
    case opening
    case idle(since: Instant, expires: Instant)
    case checking(for: Waiter, expires: Instant)
    case lent(expires: Instant)
  }

  private struct Waiting {
    let waiter: Waiter
    let deadline: Instant
  }

  let settings: PoolSettings
  private(set) var isDraining = false
  private var hasReportedDrained = false
  private var members: [Member: Standing] = [:]
  /// Idle ones, the one used last at the end.
  private var idle: [Member] = []
  private var waiting: [Waiting] = []
  private var lastNumber = 0
  private var failures = 0
  /// The earliest tick that has been asked for.
  private var wakeAt: Instant?
  private var lastFailure: PostgresError?
  private(set) var actions: [Action] = []

  init(_ settings: PoolSettings) { self.settings = settings }

  /// Connections that are open, being opened or lent.
  var count: Int { members.count }
  /// Connections nobody uses.
  var idleCount: Int { idle.count }
  /// Tasks that wait.
  var waitingCount: Int { waiting.count }

  mutating func takeActions() -> [Action] {
    defer { actions = [] }
    return actions
  }

  // MARK: Events

  /// The pool begins.
  mutating func start(_ now: Instant) { refill(now) }

  /// A task wants a connection.
  mutating func ask(_ waiter: Waiter, deadline: Instant, _ now: Instant) {
    guard !isDraining else {
      actions.append(.refuse(waiter, Self.draining))
      return
    }
    waiting.append(Waiting(waiter: waiter, deadline: deadline))
    wake(at: deadline)
    serve(now)
  }

  /// A task does not want one any more.
  mutating func withdraw(_ waiter: Waiter) {
    waiting.removeAll { $0.waiter == waiter }
  }

  /// A connection stands, until an age decided by whoever opened it.
  mutating func opened(_ member: Member, expires: Instant, _ now: Instant) {
    failures = 0
    lastFailure = nil
    guard !isDraining else {
      remove(member, closing: true)
      return
    }
    rest(member, expires: expires, now)
  }

  /// A connection could not be made.
  ///
  /// Where trying again would end the same way, those who wait are told at once.
  mutating func openFailed(_ member: Member, _ error: PostgresError, _ now: Instant) {
    failures += 1
    lastFailure = error
    if !error.isWorthRetrying {
      for one in waiting { actions.append(.refuse(one.waiter, error)) }
      waiting = []
    }
    guard !isDraining, !waiting.isEmpty || members.count <= settings.minimum else {
      remove(member, closing: false)
      return
    }
    actions.append(.openLater(member, after: Self.pause(afterFailures: failures)))
  }

  /// A task gives its connection back.
  mutating func returned(_ member: Member, isUsable: Bool, _ now: Instant) {
    guard case .lent(let expires) = members[member] else { return }
    guard isUsable, !isDraining, now < expires else {
      remove(member, closing: true)
      refill(now)
      serve(now)
      return
    }
    rest(member, expires: expires, now)
  }

  /// A connection has been asked whether it still stands.
  mutating func checked(_ member: Member, stands: Bool, _ now: Instant) {
    guard case .checking(let waiter, let expires) = members[member] else { return }
    guard stands, !isDraining else {
      remove(member, closing: true)
      refill(now)
      serve(now)
      return
    }
    guard let index = waiting.firstIndex(where: { $0.waiter == waiter }) else {
      rest(member, expires: expires, now)
      return
    }
    waiting.remove(at: index)
    members[member] = .lent(expires: expires)
    actions.append(.lend(member, to: waiter))
  }

  /// A connection has ended by itself.
  ///
  /// One that is lent is noticed when it comes back.
  mutating func died(_ member: Member, _ now: Instant) {
    guard case .idle = members[member] else { return }
    remove(member, closing: true)
    refill(now)
    serve(now)
  }

  /// Time has passed.
  mutating func tick(_ now: Instant) {
    if let wakeAt, wakeAt <= now { self.wakeAt = nil }
    for one in waiting where one.deadline <= now {
      let cause = lastFailure.map { "; the last connection failed: \($0.message)" } ?? ""
      actions.append(
        .refuse(
          one.waiter,
          PostgresError(
            .poolDeadline,
            "none of \(settings.maximum) connections became free in time\(cause)")))
    }
    waiting.removeAll { $0.deadline <= now }
    for member in idle {
      guard case .idle(let since, let expires) = members[member] else { continue }
      let isSpare = members.count > settings.minimum && since + settings.maximumIdle <= now
      if expires <= now || isSpare {
        remove(member, closing: true)
      } else {
        // One of the minimum stays however long it was idle.
        let spareAt = since + settings.maximumIdle
        wake(at: spareAt > now ? Swift.min(expires, spareAt) : expires)
      }
    }
    refill(now)
    if let next = waiting.lazy.map(\.deadline).min() { wake(at: next) }
  }

  /// Nothing is lent any more; the last connection to come back ends the pool.
  mutating func drain() {
    guard !isDraining else { return }
    isDraining = true
    for one in waiting { actions.append(.refuse(one.waiter, Self.draining)) }
    waiting = []
    for member in idle { remove(member, closing: true) }
    reportDrained()
  }

  // MARK: Rules

  private static let draining = PostgresError(
    .poolDraining, "the pool is closing and lends no more connections")

  /// 50 ms, doubled with each failure; half a second at most, so that work goes on soon after a server returns.
  private static func pause(afterFailures failures: Int) -> Duration {
    .milliseconds(Swift.min(500, 50 << Swift.min(failures - 1, 6)))
  }

  /// Asks for a tick, unless an earlier one is coming anyway.
  private mutating func wake(at instant: Instant) {
    if let wakeAt, wakeAt <= instant { return }
    wakeAt = instant
    actions.append(.wake(at: instant))
  }

  private mutating func rest(_ member: Member, expires: Instant, _ now: Instant) {
    members[member] = .idle(since: now, expires: expires)
    idle.append(member)
    wake(at: Swift.min(expires, now + settings.maximumIdle))
    serve(now)
  }

  /// Serves those who wait, in order, and opens connections for those that cannot be served.
  private mutating func serve(_ now: Instant) {
    while let next = firstUnserved, let member = idle.popLast() {
      guard case .idle(let since, let expires) = members[member] else { continue }
      if expires <= now {
        remove(member, closing: true)
      } else if now - since > settings.checkAfterIdle {
        members[member] = .checking(for: next.waiter, expires: expires)
        actions.append(.check(member))
      } else {
        waiting.removeAll { $0.waiter == next.waiter }
        members[member] = .lent(expires: expires)
        actions.append(.lend(member, to: next.waiter))
      }
    }
    let coming = members.values.count { standing in
      switch standing {
      case .opening, .checking: true
      case .idle, .lent: false
      }
    }
    var missing = Swift.min(waiting.count - coming, settings.maximum - members.count)
    while missing > 0 {
      open()
      missing -= 1
    }
  }

  /// The first waiter for whom no connection is being checked.
  private var firstUnserved: Waiting? {
    let promised = Set(
      members.values.compactMap { standing -> Waiter? in
        if case .checking(let waiter, _) = standing { waiter } else { nil }
      })
    return waiting.first { !promised.contains($0.waiter) }
  }

  private mutating func refill(_ now: Instant) {
    guard !isDraining else { return }
    while members.count < settings.minimum { open() }
  }

  private mutating func open() {
    lastNumber += 1
    let member = Member(number: lastNumber)
    members[member] = .opening
    actions.append(
      failures == 0 ? .open(member) : .openLater(member, after: Self.pause(afterFailures: failures))
    )
  }

  private mutating func remove(_ member: Member, closing: Bool) {
    members[member] = nil
    idle.removeAll { $0 == member }
    if closing { actions.append(.close(member)) }
    reportDrained()
  }

  private mutating func reportDrained() {
    guard isDraining, members.isEmpty, !hasReportedDrained else { return }
    hasReportedDrained = true
    actions.append(.drained)
  }
}
