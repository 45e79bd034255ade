/// How often an idle worker looks for work: soon after it had some, ever less often while there is none.
///
/// Polling is the truth; a notification only makes the next look come sooner.
struct PollPace: Hashable, Sendable {
  let shortest: Duration
  let longest: Duration
  private(set) var pause: Duration
  /// When to look next.
  private(set) var next: Duration = .zero

  init(shortest: Duration, longest: Duration) {
    self.shortest = shortest
    self.longest = longest
    pause = shortest
  }

  /// There was work: look again soon.
  mutating func reset(at now: Duration) {
    pause = shortest
    next = now + shortest
  }

  /// Somebody says that there is work.
  mutating func hurry(at now: Duration) {
    pause = shortest
    next = now
  }

  /// A look begins; the next one is put off until its answer counts.
  mutating func looked(at now: Duration, using generator: inout some RandomNumberGenerator) {
    // Spread by a quarter either way, so that idle workers do not look together.
    next = now + pause * Int.random(in: 750...1250, using: &generator) / 1000
    pause = Swift.min(longest, pause * 2)
  }
}
