import PostgresClient

@testable import JobQueue

/// Drives a machine by hand: a clock that is set, and the actions since the last look.
struct MachineDriver {
  var machine: WorkerMachine
  var now = Duration.zero
  private var nextID: UInt64 = 0

  init(
    _ settings: WorkerSettings = WorkerSettings(slots: 10, batch: 10, maintains: false),
    lanes: [ClaimLane] = [ClaimLane(queue: 1, isFair: false, kinds: [1], limit: nil)],
    batch: Int = 10, timeout: Duration? = nil
  ) {
    machine = WorkerMachine(settings: settings, seed: 1)
    machine.start()
    _ = machine.takeActions()
    machine.registered(
      7, lanes: lanes, batches: [1: (batch, timeout), 2: (batch, timeout)], sent: .zero, at: .zero)
  }

  mutating func take() -> [WorkerMachine.Action] { machine.takeActions() }

  /// Time goes on to the next thing the machine wants to do, or to a time before it.
  mutating func advance(to time: Duration? = nil) -> [WorkerMachine.Action] {
    now = Swift.max(now, time ?? machine.nextTick ?? now)
    machine.tick(at: now)
    return take()
  }

  mutating func job(kind: Int32 = 1, tenant: Int32 = 1, attempt: Int16 = 1) -> ClaimedJob {
    nextID += 1
    return ClaimedJob(
      key: AttemptKey(
        queue: 1, tenant: tenant, id: UniqueID(high: 0, low: nextID), attempt: attempt),
      kind: kind, priority: 4, runAt: Timestamp(microseconds: Int64(nextID)), timeout: nil)
  }

  mutating func jobs(_ count: Int, kind: Int32 = 1) -> [ClaimedJob] {
    (0..<count).map { _ in job(kind: kind) }
  }

  /// The answer to an exchange.
  mutating func answer(_ number: Int, _ jobs: [ClaimedJob]) -> [Int] {
    machine.exchanged(number, jobs, at: now).map(\.group)
  }
}

extension [WorkerMachine.Action] {
  struct Exchange {
    let number: Int
    let settling: [Int]
    let claim: ClaimOrder?
  }

  var exchanges: [Exchange] {
    compactMap { action in
      guard case .exchange(let number, _, let settling, let claim) = action else { return nil }
      return Exchange(number: number, settling: settling, claim: claim)
    }
  }

  var beats: [Duration] {
    compactMap { if case .beat(_, let sent) = $0 { sent } else { nil } }
  }
}
