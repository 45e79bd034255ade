import Testing

@testable import JobQueue

@Suite struct PollPaceTests {
  @Test("pauses double from the shortest to the longest, spread by a quarter")
  func doubling() {
    var chance = SeededChance(state: 1)
    var pace = PollPace(shortest: .milliseconds(25), longest: .seconds(5))
    pace.reset(at: .zero)
    var now = Duration.zero
    var pauses: [Duration] = []
    for _ in 0..<12 {
      pace.looked(at: now, using: &chance)
      pauses.append(pace.next - now)
      now = pace.next
    }
    for (index, pause) in pauses.enumerated() {
      let plain = min(.seconds(5), Duration.milliseconds(25) * (1 << index))
      #expect(pause >= plain * 3 / 4 && pause <= plain * 5 / 4)
    }
    #expect(pace.pause == .seconds(5))
    pace.hurry(at: now)
    #expect(pace.next == now && pace.pause == .milliseconds(25))
  }
}
