import Glibc
import PostgresClient
import Synchronization
import TestSupport
import Testing

/// The server the tests of this target run against.
enum Server {
  /// Whether one is installed; suites that need it are skipped otherwise, and say so.
  static let isInstalled = ScratchPostgres.programs != nil

  /// The cluster all tests share: nobody stops it.
  static var shared: ScratchPostgres { get throws { try ScratchPostgres.shared.get() } }

  static func settings(database: String = "postgres") throws -> ConnectionSettings {
    ConnectionSettings(try shared.conninfo(database: database))
  }

  /// A connection to the shared cluster, for one test.
  static func connect() async throws -> Connection { try await .open(settings()) }

  /// Waits until something holds, for at most ten seconds.
  static func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<1000 {
      if try await condition() { return true }
      try await Task.sleep(for: .milliseconds(10))
    }
    return false
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs only where a PostgreSQL server is installed.
  static var needsServer: Self {
    .enabled(if: Server.isInstalled, "no PostgreSQL server is installed on this machine")
  }
}

/// Counts from any task.
final class Counter: Sendable {
  private let value = Atomic(0)
  var count: Int { value.load(ordering: .relaxed) }
  func add() { _ = next() }
  /// Counts, and gives what was counted before.
  func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
}
