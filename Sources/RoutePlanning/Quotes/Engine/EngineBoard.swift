import Synchronization

/// Where the current engine is published: readers take it without waiting, a new version replaces it in one step.
///
/// A reader notices a new version by one number, and keeps the engine it has until it asks again: a quote is made by one
/// version from beginning to end, and names it.
public final class EngineBoard: Sendable {
  private let number: Atomic<UInt64>
  private let current: Mutex<QuoteEngine>

  /// Publishes a first engine.
  public init(_ engine: QuoteEngine) {
    number = Atomic(engine.version)
    current = Mutex(engine)
  }

  /// The engine in force.
  public var engine: QuoteEngine { current.withLock { $0 } }

  /// Version of the engine in force.
  public var version: UInt64 { number.load(ordering: .acquiring) }

  /// Replaces the engine by a later version; an earlier one is left out and false is returned.
  @discardableResult
  public func publish(_ engine: QuoteEngine) -> Bool {
    current.withLock { current in
      guard engine.version > current.version else { return false }
      current = engine
      number.store(engine.version, ordering: .releasing)
      return true
    }
  }

  /// Publishes a version that somebody made from an earlier one while others may have published theirs.
  ///
  /// Where the version in force is another by now, both are joined if they can be (see
  /// ``QuoteEngine/merging(_:since:)``).
  ///
  /// - Parameters:
  ///   - made: the version made.
  ///   - base: what it was made from: a version this board has had.
  /// - Returns: whether what was made is in force; false: it does not hold any more and is dropped.
  /// - Complexity: O(1), or O(segments) for each version that came between
  @discardableResult
  public func publish(_ made: QuoteEngine, madeFrom base: QuoteEngine) -> Bool {
    precondition(made.version > base.version, "what is made from a version comes after it")
    if replace(base, by: made) { return true }
    return update { $0.merging(made, since: base) } != nil
  }

  /// Replaces the version in force by one made from it, again from the next where that came between.
  ///
  /// For changes that must not be lost, such as a disruption that is told; they are to be quick.
  ///
  /// - Parameter change: makes the next version; nil: there is nothing to publish.
  /// - Returns: the version published.
  @discardableResult
  public func update(_ change: (QuoteEngine) -> QuoteEngine?) -> QuoteEngine? {
    while true {
      let before = engine
      guard let next = change(before) else { return nil }
      precondition(next.version > before.version, "what is made from a version comes after it")
      if replace(before, by: next) { return next }
    }
  }

  private func replace(_ before: QuoteEngine, by next: QuoteEngine) -> Bool {
    current.withLock { current in
      guard current === before else { return false }
      current = next
      number.store(next.version, ordering: .releasing)
      return true
    }
  }
}
