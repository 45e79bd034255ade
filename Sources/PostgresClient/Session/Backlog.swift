import Synchronization

/// Items on their way from the thread that receives them to the task that takes them, never many more than a limit.
///
/// The rule is a value (`State`); the class adds the lock.
final class Backlog<Element: Sendable>: Sendable {
  /// What a taker gets.
  enum Taken: Sendable {
    /// Some, and whether receiving had stopped for want of room.
    case items([Element], wasFull: Bool)
    case end(Result<Void, any Error>)
    case nothingYet
  }

  struct State {
    private(set) var items: [Element] = []
    private(set) var cost = 0
    private(set) var end: Result<Void, any Error>?
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Whether no more should be received until something is taken.
    var isFull: Bool { cost >= limit }

    mutating func add(_ item: Element, cost itemCost: Int) {
      guard end == nil else { return }
      items.append(item)
      cost += itemCost
    }

    /// The first end stands.
    mutating func finish(_ result: Result<Void, any Error>) {
      if end == nil { end = result }
    }

    /// Takes all there is; the end comes after the last item, except that an error does not wait for items to be taken
    /// that came before it: they have.
    mutating func take() -> Taken {
      if !items.isEmpty {
        defer {
          items.removeAll()
          cost = 0
        }
        return .items(items, wasFull: isFull)
      }
      return end.map { .end($0) } ?? .nothingYet
    }
  }

  private struct Guarded {
    var state: State
    var taker: CheckedContinuation<Taken, Never>?
  }

  private let guarded: Mutex<Guarded>

  init(limit: Int) { guarded = Mutex(Guarded(state: State(limit: limit))) }

  /// Whether no more should be received until something is taken.
  var isFull: Bool { guarded.withLock { $0.state.isFull } }

  /// Puts an item in, without waking anybody: `ready` does that for many at once.
  func add(_ item: Element, cost: Int) {
    guarded.withLock { $0.state.add(item, cost: cost) }
  }

  /// Nothing more comes.
  func finish(_ result: Result<Void, any Error>) {
    guarded.withLock { $0.state.finish(result) }
  }

  /// Whom to wake, with what, if somebody waits and there is something.
  func ready() -> (taker: CheckedContinuation<Taken, Never>, taken: Taken)? {
    guarded.withLock { guarded in
      guard let taker = guarded.taker else { return nil }
      let taken = guarded.state.take()
      if case .nothingYet = taken { return nil }
      guarded.taker = nil
      return (taker, taken)
    }
  }

  /// All there is, as soon as there is something.
  ///
  /// One task may wait at a time.
  func take() async -> Taken {
    let taken = guarded.withLock { $0.state.take() }
    guard case .nothingYet = taken else { return taken }
    return await withCheckedContinuation { continuation in
      let early: Taken? = guarded.withLock { guarded in
        let taken = guarded.state.take()
        guard case .nothingYet = taken else { return taken }
        guarded.taker = continuation
        return nil
      }
      if let early { continuation.resume(returning: early) }
    }
  }
}
