import Glibc

/// Which processors processes run on.
///
/// A wake-up from one processor to another costs several times what a round trip costs on one, and the scheduler puts client and
/// server now so, now so: what is compared must be placed alike.
enum Placement {
  /// Keeps a process, with all its threads, on one processor; false where that is not allowed, or there is no such processor.
  static func keep(_ process: Int32, on processor: Int) -> Bool {
    taskset("\(processor)", process)
  }

  /// Lets a process run anywhere again.
  static func release(_ process: Int32) {
    _ = taskset("0-\(sysconf(Int32(_SC_NPROCESSORS_CONF)) - 1)", process)
  }

  private static func taskset(_ processors: String, _ process: Int32) -> Bool {
    system("taskset --all-tasks --cpu-list --pid \(processors) \(process) >/dev/null 2>&1") == 0
  }
}
