import Glibc
import Synchronization

/// A program started by a thread that waits for its end.
///
/// The thread matters: a program that asked to end with its parent ends with the thread that started it. Bounds relied on:
/// arrays of C strings end with a null pointer and live for the call.
final class SpawnedProcess: Sendable {
  private struct State {
    var pid: pid_t = 0
    var status: Int32?
    var launchError: Int32 = 0
  }

  private let state = Mutex(State())

  /// Starts a program; its output goes to a file.
  ///
  /// - Throws: A failure if it cannot be started.
  init(_ arguments: [String], output: String) throws {
    let started = DispatchFlag()
    let state = SharedState(self)
    startDetached {
      let pid = Self.spawn(arguments, output: output)
      state.process.state.withLock { state in
        if pid > 0 { state.pid = pid } else { state.launchError = -pid }
      }
      started.set()
      guard pid > 0 else { return }
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      state.process.state.withLock { $0.status = status }
    }
    started.wait()
    let failure = self.state.withLock { $0.launchError }
    guard failure == 0 else {
      throw ScratchPostgres.Failure("cannot start \(arguments[0]) (errno \(failure))")
    }
  }

  /// Its process id.
  var pid: pid_t { state.withLock { $0.pid } }

  /// How it ended, as `waitpid` tells; nil while it runs.
  var status: Int32? { state.withLock { $0.status } }

  /// Sends a signal, unless it has ended: the id might be another's by then.
  func signal(_ signal: Int32) {
    state.withLock { state in
      if state.status == nil, state.pid > 0 { kill(state.pid, signal) }
    }
  }

  /// Waits for its end for at most so many milliseconds.
  func wait(milliseconds: Int) -> Int32? {
    for _ in 0..<Swift.max(1, milliseconds / 2) {
      if let status { return status }
      usleep(2000)
    }
    return status
  }

  /// Runs a program to its end and gives its exit status, or -1 if it was killed or did not end in time.
  static func run(_ arguments: [String], output: String = "/dev/null", milliseconds: Int = 60_000)
    throws -> Int32
  {
    let process = try SpawnedProcess(arguments, output: output)
    guard let status = process.wait(milliseconds: milliseconds) else {
      process.signal(SIGKILL)
      return -1
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
  }

  private static func spawn(_ arguments: [String], output: String) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    // A locale that the machine may not have would stop initdb; PG* variables are for the tests, not for the server.
    var environment: [UnsafeMutablePointer<CChar>?] =
      [
        strdup("PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")),
        strdup("LC_ALL=C.UTF-8"), strdup("HOME=/tmp"),
      ] + [nil]
    defer { for pointer in environment { free(pointer) } }
    var pid: pid_t = 0
    let failure = posix_spawnp(&pid, arguments[0], &actions, nil, &pointers, &environment)
    return failure == 0 ? pid : -failure
  }
}

/// Keeps a process reachable from its thread.
private final class SharedState: Sendable {
  let process: SpawnedProcess
  init(_ process: SpawnedProcess) { self.process = process }
}

/// Set once by one thread, waited for by another.
private final class DispatchFlag: Sendable {
  private let isSet = Atomic(false)
  func set() { isSet.store(true, ordering: .releasing) }
  func wait() { while !isSet.load(ordering: .acquiring) { usleep(200) } }
}

/// Starts a thread that nobody joins.
///
/// Bound relied on: the box is retained once and released once, by the thread.
public func startDetached(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  precondition(status == 0, "cannot start a thread (errno \(status))")
  pthread_detach(thread)
}
