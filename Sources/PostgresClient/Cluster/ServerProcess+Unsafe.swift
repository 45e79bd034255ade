import CLibPQ
import Glibc

/// A server process that is known to be the one of a data directory.
///
/// Held by a handle of the kernel's: a signal reaches this process or none, never one that was given its number later. Bound relied
/// on: a handle is a descriptor that this value closes once.
struct ServerProcess: ~Copyable {
  private let handle: Int32
  private let pid: Int32

  /// Looks up a process by its number; nil if it is gone, or is not the server of that data directory.
  ///
  /// The server's program is `postgres`, and its working folder is its data directory. Who may not look cannot own it.
  init?(_ pid: Int32, of data: String) {
    handle = process_handle(pid)
    self.pid = pid
    // What is read now is of the process behind the handle, if that is still there afterwards.
    guard handle >= 0 || errno == ENOSYS, Self.isServer(pid, of: data), isAlive else { return nil }
  }

  deinit { if handle >= 0 { close(handle) } }

  /// Whether some process has the number.
  static func exists(_ pid: Int32) -> Bool { kill(pid, 0) == 0 || errno == EPERM }

  /// Asks it to end: no new work, connections closed, everything written down.
  func stop() { signal(SIGINT) }

  private var isAlive: Bool {
    handle < 0 ? Self.exists(pid) : process_signal(handle, 0) == 0
  }

  private func signal(_ number: Int32) {
    if handle < 0 { kill(pid, number) } else { _ = process_signal(handle, number) }
  }

  private static func isServer(_ pid: Int32, of data: String) -> Bool {
    guard let program = ClusterFiles.target("/proc/\(pid)/exe"),
      let folder = ClusterFiles.target("/proc/\(pid)/cwd"),
      let own = ClusterFiles.resolved(data)
    else { return false }
    // The program may have been upgraded under it.
    let name = program.split(separator: "/").last?.split(separator: " ").first
    return name == "postgres" && folder == own
  }
}
