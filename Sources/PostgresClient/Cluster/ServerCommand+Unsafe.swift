import CLibPQ
import Glibc
import Synchronization

/// A program to run: with an environment of its own, without any file this process has open, in a session of its own.
///
/// So what it starts outlives this process however that ends, hears nothing of its terminal, and keeps no pipe open that
/// somebody waits for. Bounds relied on: arrays of C strings end with a null pointer and live for the call; the set of signals
/// is filled in before it is read.
struct ServerCommand {
  let arguments: [String]
  /// Where what it says goes.
  let log: String
  /// What it reads.
  let input: String

  init(_ arguments: [String], log: String = "/dev/null", input: String = "/dev/null") {
    self.arguments = arguments
    self.log = log
    self.input = input
  }

  /// Starts it.
  ///
  /// - Throws: errno, as a `ClusterError`, if it cannot be.
  func start() throws(ClusterError) -> ServerChild {
    let pid = spawn(output: nil)
    guard pid > 0 else {
      throw ClusterError(
        .fileFault, "cannot run \(arguments[0]): \(String(cString: strerror(-pid)))")
    }
    return ServerChild(pid)
  }

  /// Runs it to its end: its exit status, or nil if it was killed or took too long.
  func run(seconds: Int) throws(ClusterError) -> Int32? {
    let child = try start()
    for _ in 0..<(seconds * 200) {
      if let status = child.status { return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil }
      usleep(5000)
    }
    child.kill()
    return nil
  }

  /// Runs it to its end and gives what it printed, if it ended well.
  func output(seconds: Int) -> String? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let pid = spawn(output: ends[1])
    close(ends[1])
    guard pid > 0 else { return nil }
    let child = ServerChild(pid)
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    var isReadable = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    while poll(&isReadable, 1, Int32(seconds * 1000)) > 0 {
      let count = piece.withUnsafeMutableBytes { Glibc.read(ends[0], $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      text += piece[..<count]
    }
    for _ in 0..<200 where child.status == nil { usleep(5000) }
    guard child.status == 0 else {
      child.kill()
      return nil
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The process id, or the negative of errno.
  private func spawn(output: Int32?) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      posix_spawn_file_actions_adddup2(&actions, 1, 2)
    }
    // Above all not the lock: it would be held for as long as the server lives.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    // The server's user may not be allowed to enter the folder this process is in.
    posix_spawn_file_actions_addchdir_np(&actions, "/")
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | SPAWN_IN_OWN_SESSION)
    // PG* variables are for clients; a locale that the machine has not stops initdb.
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let variables = ["PATH=\(path):/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C.UTF-8", "HOME=/"]
    var pointers = arguments.map { strdup($0) } + [nil]
    var environment = variables.map { strdup($0) } + [nil]
    defer { for pointer in pointers + environment { free(pointer) } }
    var pid: pid_t = 0
    let failure = posix_spawnp(
      &pid, arguments[0], &actions, &attributes, &pointers, &environment)
    return failure == 0 ? pid : -failure
  }
}

/// A program that was started; a thread waits for its end, so that it leaves nothing behind in a process that lives long.
final class ServerChild: Sendable {
  let processID: Int32
  private let ended = Mutex<Int32?>(nil)

  fileprivate init(_ pid: pid_t) {
    processID = pid
    startThread { [self] in
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0 {
        guard errno == EINTR else { break }
      }
      ended.withLock { $0 = status }
    }
  }

  /// How it ended, as `waitpid` tells; nil while it runs.
  var status: Int32? { ended.withLock { $0 } }

  /// Ends it at once, with all it started.
  func kill() {
    ended.withLock { ended in
      if ended == nil { _ = Glibc.kill(-processID, SIGKILL) }
    }
  }
}
