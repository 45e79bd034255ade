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
}
