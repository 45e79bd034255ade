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
  init?(_ pid: Int32, of data: String) {
    handle = process_handle(pid)
    self.pid = pid
    // Kernels and containers that know no handles say one or the other.
    guard handle >= 0 || errno == ENOSYS || errno == EPERM else { return nil }
    // What is read now is of the process behind the handle, if that is still there afterwards.
    guard Self.isServer(pid, of: data), isAlive else { return nil }
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

  /// Its program is `postgres`, and its working folder is its data directory.
  ///
  /// In most containers not even root may look at those of another user's process; there its command line must do, which says
  /// what this program started, and as whom.
  private static func isServer(_ pid: Int32, of data: String) -> Bool {
    let entry = "/proc/\(pid)"
    if let program = ClusterFiles.target(entry + "/exe"),
      let folder = ClusterFiles.target(entry + "/cwd")
    {
      return name(of: program) == "postgres" && folder == ClusterFiles.resolved(data)
    }
    guard errno == EACCES || errno == EPERM,
      let owner = ClusterFiles.entry(entry)?.owner, owner == ClusterFiles.entry(data)?.owner,
      let line = ClusterFiles.text(entry + "/cmdline")
    else { return false }
    return isServer(commandLine: line, of: data)
  }

  /// Whether a command line, its words parted by NULs, is that of the server of a data directory.
  static func isServer(commandLine line: String, of data: String) -> Bool {
    let words = line.split(separator: "\0", omittingEmptySubsequences: false)
    guard words.count > 2, words[1] == "-D", words[2] == data else { return false }
    return name(of: String(words[0])) == "postgres"
  }

  /// The name of a program; the kernel says behind it that it was replaced by a newer one.
  private static func name(of program: String) -> Substring? {
    program.split(separator: "/").last?.split(separator: " ").first
  }
}
