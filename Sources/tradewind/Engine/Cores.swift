import Dispatch
import Glibc

/// The processors of this machine, and work on each of them.
enum Cores {
  /// Processors that are switched on.
  static let count = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Runs a body so many times, at once as far as there are processors, and waits for all.
  static func each(of count: Int = Cores.count, _ body: @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }
}
