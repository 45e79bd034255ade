import CLibPQ
import Glibc
import Synchronization

/// What a thread that waits for sockets calls when one of them is ready.
protocol SocketOwner: AnyObject, Sendable {
  /// The socket can be read or written, or has ended.
  func socketIsReady()
}

/// One thread that waits for the sockets of all connections, and for their timers.
///
/// It is also a task executor: a task that prefers it runs between two waits, on the thread that receives the answers, so that
/// a round trip costs no change of threads:
///
/// ```swift
/// try await withTaskExecutorPreference(connection.thread) { try await connection.query("SELECT 1") }
/// ```
///
/// Such a task must not compute for long: every connection waits meanwhile.
///
/// Bounds relied on: the descriptors are open as long as the object, which its thread keeps for ever; the number that epoll
/// returns is looked up, never used as an address.
public final class IOThread: TaskExecutor, Sendable {
  /// The thread connections use unless told otherwise.
  ///
  /// It starts at first use and ends with the process.
  public static let shared = IOThread()

  /// A registered socket, by a number that is never used twice.
  struct Registration: Hashable, Sendable {
    let number: UInt64
    let descriptor: Int32
  }

  private struct Timer {
    let deadline: ContinuousClock.Instant
    let fire: @Sendable () -> Void
  }

  /// The thread keeps no connection alive that nobody uses any more.
  private struct Watched {
    weak var owner: (any SocketOwner)?
  }

  private struct State {
    var owners: [UInt64: Watched] = [:]
    var lastNumber: UInt64 = 0
    var timers: [Timer] = []
    var jobs: [UnownedJob] = []
    var isAsleep = false
  }

  private let epoll: Int32
  private let bell: Int32
  private let state = Mutex(State())
  /// Tasks that wait for the result of a statement, on all connections.
  private let asking = Atomic(0)
  private let threadNumber = Atomic<UInt>(0)
  private static let bellNumber: UInt64 = 0

  /// Starts a thread of its own.
  public init() {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(epoll >= 0 && bell >= 0, "no file descriptors left to wait with")
    control(EPOLL_CTL_ADD, bell, number: Self.bellNumber, events: EPOLLIN.rawValue)
    startThread { self.run() }
  }

  // MARK: Sockets

  /// Waits for a socket to be readable from now on.
  func register(_ descriptor: Int32, owner: any SocketOwner) -> Registration {
    let number = state.withLock { state in
      state.lastNumber += 1
      state.owners[state.lastNumber] = Watched(owner: owner)
      return state.lastNumber
    }
    control(EPOLL_CTL_ADD, descriptor, number: number, events: EPOLLIN.rawValue)
    return Registration(number: number, descriptor: descriptor)
  }

  /// Changes what a socket is waited for; neither means that even its end is not reported.
  func watch(_ registration: Registration, reading: Bool, writing: Bool, wasWatched: Bool) {
    let events =
      (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
    guard events != 0 else {
      // Ends are reported even where nothing is asked for, and would keep the thread busy.
      control(EPOLL_CTL_DEL, registration.descriptor, number: registration.number, events: 0)
      return
    }
    control(
      wasWatched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, registration.descriptor,
      number: registration.number, events: events)
  }

  /// Asks not to be woken by what a watched socket has to be read, since somebody else looks, or again to be.
  func mute(_ registration: Registration, _ isMuted: Bool, writing: Bool) {
    let events = (isMuted ? 0 : EPOLLIN.rawValue) | (writing ? EPOLLOUT.rawValue : 0)
    control(
      EPOLL_CTL_MOD, registration.descriptor, number: registration.number, events: events)
  }

  /// Stops waiting for a socket; call it before the socket is closed.
  func remove(_ registration: Registration, isWatched: Bool) {
    if isWatched {
      control(EPOLL_CTL_DEL, registration.descriptor, number: registration.number, events: 0)
    }
    state.withLock { $0.owners[registration.number] = nil }
  }

  private func control(_ operation: Int32, _ descriptor: Int32, number: UInt64, events: UInt32) {
    var event = epoll_event(events: events, data: epoll_data_t(u64: number))
    epoll_ctl(epoll, operation, descriptor, &event)
  }

  // MARK: Who waits

  /// Counts a task that waits for a result; whether it is the only one.
  func beginAsking() -> Bool { asking.add(1, ordering: .relaxed).newValue == 1 }

  func endAsking() { asking.subtract(1, ordering: .relaxed) }

  /// Whether the caller runs on this thread.
  var isCurrent: Bool { threadNumber.load(ordering: .relaxed) == UInt(pthread_self()) }

  /// Whether no more than one task waits for a result.
  var isAskedByOne: Bool { asking.load(ordering: .relaxed) <= 1 }

  // MARK: Timers

  /// Calls back on this thread after a time; the callback must not block.
  public func schedule(after delay: Duration, _ fire: @escaping @Sendable () -> Void) {
    let timer = Timer(deadline: ContinuousClock.now + delay, fire: fire)
    let mustRing = state.withLock { state in
      // The soonest is last, where taking it costs nothing.
      let place = state.timers.firstIndex { $0.deadline <= timer.deadline } ?? state.timers.count
      state.timers.insert(timer, at: place)
      return state.isAsleep
    }
    if mustRing { ring() }
  }

  // MARK: Tasks

  /// Runs a piece of a task between two waits.
  public func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    let mustRing = state.withLock { state in
      state.jobs.append(unowned)
      let mustRing = state.isAsleep
      state.isAsleep = false
      return mustRing
    }
    if mustRing { ring() }
  }

  private func ring() {
    var one: UInt64 = 1
    write(bell, &one, MemoryLayout<UInt64>.size)
  }

  // MARK: The thread

  private func run() {
    threadNumber.store(UInt(pthread_self()), ordering: .relaxed)
    let capacity = 64
    let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: capacity)
    var jobs: [UnownedJob] = []
    var owners: [any SocketOwner] = []
    while true {
      state.withLock { swap(&jobs, &$0.jobs) }
      for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
      jobs.removeAll(keepingCapacity: true)
      let timeout = state.withLock { state -> Int32 in
        guard state.jobs.isEmpty else { return 0 }
        state.isAsleep = true
        return Self.timeout(until: state.timers.last?.deadline)
      }
      let count = Int(epoll_wait(epoll, events, Int32(capacity), timeout))
      let due = state.withLock { state -> [@Sendable () -> Void] in
        state.isAsleep = false
        for index in 0..<Swift.max(0, count) {
          if let owner = state.owners[events[index].data.u64]?.owner { owners.append(owner) }
        }
        return state.timers.isEmpty ? [] : Self.takeDue(&state.timers)
      }
      if count > 0, (0..<count).contains(where: { events[$0].data.u64 == Self.bellNumber }) {
        var rings: UInt64 = 0
        read(bell, &rings, MemoryLayout<UInt64>.size)
      }
      for owner in owners { owner.socketIsReady() }
      owners.removeAll(keepingCapacity: true)
      for fire in due { fire() }
    }
  }

  private static func takeDue(_ timers: inout [Timer]) -> [@Sendable () -> Void] {
    let now = ContinuousClock.now
    var due: [@Sendable () -> Void] = []
    while let timer = timers.last, timer.deadline <= now {
      due.append(timer.fire)
      timers.removeLast()
    }
    return due
  }

  /// Milliseconds to wait, rounded up so that a timer is not met too early again and again.
  private static func timeout(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let parts = (deadline - ContinuousClock.now).components
    guard parts.seconds >= 0, parts.attoseconds >= 0 else { return 0 }
    guard parts.seconds < 1_000_000 else { return 1_000_000_000 }
    return Int32(parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000) + 1
  }
}
