import Glibc
import JobQueue
import PostgresClient
import Synchronization

/// A file outside the database that is only ever added to, so that it can testify against it.
///
/// Lines of a call are one write, and survive the process; bound relied on: a buffer is written up to its count.
final class AppendLog: Sendable {
  private let descriptor: Int32
  private let lease = Mutex<Int64>(0)

  struct CannotOpen: Error, CustomStringConvertible {
    let description: String
  }

  init(_ path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw CannotOpen(description: "cannot open \(path)") }
  }

  func write(_ lines: String) {
    var rest = Array(lines.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// From now on attempts are noted under this lease.
  func holds(_ lease: Int64) { self.lease.withLock { $0 = lease } }

  /// Attempts that begin, by monotonic milliseconds.
  func begins(_ jobs: [Job]) {
    let lease = self.lease.withLock { $0 }
    let now = Self.milliseconds
    write(jobs.map { "begin \($0.id) \($0.attempt) \(lease) \(now)\n" }.joined())
  }

  /// Of the clock that all processes of a machine share and nobody sets.
  static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// What a process has used so far.
enum ProcessTimes {
  /// Processor milliseconds, of the program and of the kernel for it.
  static var processorMilliseconds: Int64 {
    var usage = rusage()
    // RUSAGE_SELF, which Swift sees under a type of its own.
    getrusage(0, &usage)
    return Int64(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
      + Int64(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000
  }
}

/// Signals, as tasks see them.
///
/// Bound relied on: a handler does nothing but write one byte to a pipe that was made before, which a thread reads.
enum Signals {
  private static let ends: (read: Int32, write: Int32) = {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    return (ends[0], ends[1])
  }()

  /// Calls back on a thread of its own for each of these signals; for one use in a process.
  static func handle(_ signals: [Int32], _ body: @escaping @Sendable (Int32) -> Void) {
    let read = ends.read
    startThread {
      var byte: UInt8 = 0
      while Glibc.read(read, &byte, 1) == 1 { body(Int32(byte)) }
    }
    for number in signals {
      _ = signal(number) { caught in
        var byte = UInt8(truncatingIfNeeded: caught)
        _ = write(Signals.ends.write, &byte, 1)
      }
    }
  }
}

/// Starts a thread that nobody joins.
///
/// Bound relied on: the box is retained once and released once, by the thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  pthread_detach(thread)
}
