import Synchronization

/// Counts what several threads have done.
final class ProgressCount: Sendable {
  private let count = Atomic<Int>(0)

  init() {}

  /// Adds, and gives the sum.
  func add(_ more: Int) -> Int { count.add(more, ordering: .relaxed).newValue }
}
