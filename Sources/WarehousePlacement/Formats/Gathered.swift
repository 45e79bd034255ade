import Synchronization

/// Results of pieces of work that end in any order, handed back in the order of the pieces.
final class Gathered<Result: Sendable>: Sendable {
  private let slots: Mutex<[Result?]>

  init(_ count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

  func put(_ result: Result, at piece: Int) { slots.withLock { $0[piece] = result } }

  /// What was put, in order.
  var all: [Result] { slots.withLock { $0.compactMap { $0 } } }
}
