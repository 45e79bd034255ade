import Glibc

/// Which processors processes run on.
///
/// A wake-up from one processor to another costs some ten times what a round trip costs on one, and the scheduler puts client and
/// server now so, now so: what is compared must be placed alike.
///
/// Bound relied on: the set lives for the call it is passed to.
enum Placement {
  /// Keeps a process, with all its threads, on one processor; false where that is not allowed, or there is no such processor.
  static func keep(_ process: Int32, on processor: Int) -> Bool {
    set(process, [processor])
  }

  /// Lets a process run anywhere again.
  static func release(_ process: Int32) { _ = set(process, Array(0..<processors)) }

  private static var processors: Int { Int(sysconf(Int32(_SC_NPROCESSORS_CONF))) }

  private static func set(_ process: Int32, _ allowed: [Int]) -> Bool {
    var bits = [UInt64](repeating: 0, count: 16)
    for processor in allowed where processor < 1024 {
      bits[processor / 64] |= 1 << UInt64(processor % 64)
    }
    guard let threads = threads(of: process) else { return false }
    return bits.withUnsafeBytes { bytes in
      guard let set = bytes.baseAddress?.assumingMemoryBound(to: cpu_set_t.self) else {
        return false
      }
      return threads.allSatisfy { sched_setaffinity($0, bytes.count, set) == 0 }
    }
  }

  private static func threads(of process: Int32) -> [Int32]? {
    guard let folder = opendir("/proc/\(process)/task") else { return nil }
    defer { closedir(folder) }
    var threads: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let thread = Int32(name) { threads.append(thread) }
    }
    return threads
  }
}
