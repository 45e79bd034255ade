/// What a worker holds of a limit.
///
/// A value that decides only: when to ask for more, and when to give back.
struct LimitBlock: Hashable, Sendable {
  let isRate: Bool
  /// Held, and not used by a job.
  private(set) var free = 0
  /// Used by jobs in hand.
  private(set) var used = 0
  private(set) var isAsking = false
  private var refusals = 0
  private(set) var askAt: Duration = .zero

  init(isRate: Bool) { self.isRate = isRate }

  /// Whether to ask for a block now: nothing is free, and the last refusal is some time ago.
  mutating func wantsMore(at now: Duration) -> Bool {
    guard free == 0, !isAsking, now >= askAt else { return false }
    isAsking = true
    return true
  }

  /// Whether nothing can be had for a while: the last question was refused.
  func isRefused(at now: Duration) -> Bool { free == 0 && !isAsking && now < askAt }

  /// What was given; nothing makes the next question wait, up to a second.
  mutating func given(_ count: Int, at now: Duration) {
    isAsking = false
    free += count
    refusals = count > 0 ? 0 : Swift.min(refusals + 1, 6)
    askAt = count > 0 ? now : now + .milliseconds(Swift.min(1000, 20 << refusals))
  }

  /// Jobs are asked for against it.
  mutating func reserve(_ count: Int) {
    free -= count
    used += count
  }

  /// Jobs asked for that did not come, or that came and have ended.
  mutating func release(_ count: Int, hasRun: Bool) {
    used -= count
    // What begins in a minute is spent once it has begun.
    if !(isRate && hasRun) { free += count }
  }

  /// Gives back what is free, where nothing waits for it.
  mutating func surrender() -> Int {
    guard !isRate else { return 0 }
    defer { free = 0 }
    return free
  }
}
