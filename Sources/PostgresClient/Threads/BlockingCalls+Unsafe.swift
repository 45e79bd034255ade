// Attributes of threads are the C library's, but count as CLibPQ's if the compiler meets that module first.
import CLibPQ
import Glibc
import Synchronization

/// Starts a thread that nobody joins.
///
/// Bound relied on: the box is retained once and released once, by the thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  pthread_attr_setstacksize(&attributes, 1 << 20)
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(body))
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  pthread_attr_destroy(&attributes)
  precondition(status == 0, "cannot start a thread (errno \(status))")
}

/// Calls that block: names are resolved, connections made and cancelled on threads of their own, never on those that run
/// tasks or wait for sockets.
///
/// A thread lives for as long as there are calls to make. At most `limit` run at a time; further calls wait in order.
final class BlockingCalls: Sendable {
  static let shared = BlockingCalls(limit: 32)

  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var running = 0
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) { self.limit = limit }

  /// Makes a call as soon as a thread is free.
  func run(_ call: @escaping @Sendable () -> Void) {
    let mustStart = state.withLock { state in
      state.waiting.append(call)
      guard state.running < limit else { return false }
      state.running += 1
      return true
    }
    if mustStart { startThread { self.work() } }
  }

  private func work() {
    while let call = next() { call() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.running -= 1
      return nil
    }
  }
}
