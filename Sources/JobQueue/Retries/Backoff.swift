/// How long to wait before another attempt: twice as long each time, up to a ceiling, spread so that jobs that went wrong
/// together do not come back together.
public struct Backoff: Hashable, Sendable {
  /// Before the second attempt, on average.
  public var base: Duration
  /// Never longer, before spreading.
  public var ceiling: Duration

  /// A second, then two, four, …, ten minutes.
  public init(base: Duration = .seconds(1), ceiling: Duration = .seconds(600)) {
    self.base = base
    self.ceiling = ceiling
  }

  /// The pause after an attempt: min(ceiling, base · 2^(attempt - 1)), times a half to one and a half.
  ///
  /// - Parameters:
  ///   - attempt: The one that went wrong, from 1.
  ///   - generator: Spreads it.
  /// - Returns: How long to wait.
  public func pause(
    after attempt: Int16, using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let doublings = Swift.max(0, Swift.min(Int(attempt) - 1, 30))
    let pause = Swift.min(ceiling, base * (1 << doublings))
    return pause * Int.random(in: 500...1500, using: &generator) / 1000
  }
}
