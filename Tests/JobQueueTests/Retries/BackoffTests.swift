import Testing

@testable import JobQueue

@Suite struct BackoffTests {
  @Test("twice as long each time, up to the ceiling, within half of it either way")
  func doubles() {
    let backoff = Backoff(base: .seconds(1), ceiling: .seconds(600))
    var chance = SeededChance(state: 7)
    var outside = 0
    var distinct: Set<Duration> = []
    for attempt in Int16(1)...40 {
      let plain = min(.seconds(600), Duration.seconds(1) * (1 << min(30, Int(attempt) - 1)))
      for _ in 0..<50 {
        let pause = backoff.pause(after: attempt, using: &chance)
        if pause < plain / 2 || pause > plain * 3 / 2 { outside += 1 }
        distinct.insert(pause)
      }
    }
    #expect(outside == 0)
    #expect(distinct.count > 500, "jobs that went wrong together come back together")
  }
}
